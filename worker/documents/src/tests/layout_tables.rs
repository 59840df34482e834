use super::layout::{blocks, outline, text, text_to};
use crate::layout::{Fragment, Rule};

fn across(left: f32, right: f32, y: f32) -> Rule {
    Rule { left, top: y, right, bottom: y }
}

fn down(x: f32, top: f32, bottom: f32) -> Rule {
    Rule { left: x, top, right: x, bottom }
}

/// The four sides of a rectangle.
fn frame(left: f32, top: f32, right: f32, bottom: f32) -> [Rule; 4] {
    [across(left, right, top), across(left, right, bottom), down(left, top, bottom), down(right, top, bottom)]
}

#[track_caller]
fn check(fragments: Vec<Fragment>, rules: &[Rule], expected: &[&str]) {
    assert_eq!(outline(&blocks(fragments, rules)), expected);
}

/// Three rows of 20 points and three columns of 100 from (50, 100) on.
fn grid() -> Vec<Rule> {
    let rows = (0_u8..4).map(|row| across(50.0, 350.0, 100.0 + 20.0 * f32::from(row)));
    let columns = (0_u8..4).map(|column| down(50.0 + 100.0 * f32::from(column), 100.0, 160.0));
    rows.chain(columns).collect()
}

#[test]
fn cells_between_rules_hold_what_is_drawn_in_them() {
    let page = vec![
        text("Port", 55.0, 114.0, 10.0),
        text("Ships", 155.0, 114.0, 10.0),
        text("Share", 255.0, 114.0, 10.0),
        text("Elswick", 55.0, 129.0, 8.0),
        text("North", 55.0, 138.0, 8.0),
        text("212", 155.0, 134.0, 10.0),
        text("12 %", 255.0, 134.0, 10.0),
        text("All", 55.0, 154.0, 10.0),
        text("988", 255.0, 154.0, 10.0),
        text("After the table.", 50.0, 180.0, 10.0),
    ];
    check(
        page,
        &grid(),
        &[
            "table 3x3, header 1",
            "0,0 Port",
            "0,1 Ships",
            "0,2 Share",
            "1,0 Elswick / North",
            "1,1 212",
            "1,2 12 %",
            "2,0 All",
            "2,2 988",
            "p After the table.",
        ],
    );
}

#[test]
fn cells_span_where_a_border_is_not_drawn() {
    let rules = [
        across(50.0, 350.0, 100.0),
        across(150.0, 350.0, 120.0),
        across(50.0, 350.0, 140.0),
        across(50.0, 350.0, 160.0),
        down(50.0, 100.0, 160.0),
        down(150.0, 100.0, 160.0),
        down(250.0, 120.0, 160.0),
        down(350.0, 100.0, 160.0),
    ];
    let page = vec![
        text("Port", 55.0, 124.0, 10.0),
        text("Ships and tonnage", 200.0, 114.0, 10.0),
        text("Ships", 155.0, 134.0, 10.0),
        text("Tonnage", 255.0, 134.0, 10.0),
        text("Elswick", 55.0, 154.0, 10.0),
        text("212", 155.0, 154.0, 10.0),
        text("1,840", 255.0, 154.0, 10.0),
    ];
    check(
        page,
        &rules,
        &[
            "table 3x3, header 2",
            "0,0 2x1 Port",
            "0,1 1x2 Ships and tonnage",
            "1,1 Ships",
            "1,2 Tonnage",
            "2,0 Elswick",
            "2,1 212",
            "2,2 1,840",
        ],
    );
}

#[test]
fn words_drawn_in_one_go_over_a_border_are_in_two_cells() {
    let page = vec![
        text("a", 55.0, 114.0, 10.0),
        // Letters are 5 points wide: `over` ends at 145, `it` starts at 150.
        text("nine over it", 100.0, 134.0, 10.0),
    ];
    check(page, &grid(), &["table 3x3, header 1", "0,0 a", "1,0 nine over", "1,1 it"]);
}

#[test]
fn the_frame_of_a_page_and_a_box_of_one_row_are_no_tables() {
    let mut rules: Vec<Rule> = frame(20.0, 20.0, 575.0, 822.0).into();
    rules.extend(frame(50.0, 90.0, 400.0, 120.0));
    rules.push(down(200.0, 90.0, 120.0));
    let page =
        vec![text("Name", 55.0, 110.0, 10.0), text("Ada", 205.0, 110.0, 10.0), text("Below.", 50.0, 200.0, 10.0)];
    check(page, &rules, &["p Name Ada", "p Below."]);
}

fn row(cells: [&str; 4], y: f32) -> Vec<Fragment> {
    let [name, rest @ ..] = cells;
    let mut row = vec![text(name, 50.0, y, 10.0)];
    let ends = [300.0, 400.0, 500.0];
    row.extend(
        rest.iter().zip(ends).filter(|(cell, _)| !cell.is_empty()).map(|(cell, end)| text_to(cell, end, y, 10.0)),
    );
    row
}

#[test]
fn aligned_amounts_make_a_table_without_rules() {
    let page = [
        vec![text("Deliveries of the spring, by their order and in the currency of the order.", 50.0, 80.0, 10.0)],
        row(["Description", "Quantity", "Price", "Amount"], 110.0),
        row(["Mooring rope, 24 mm", "4", "120.00", "480.00"], 126.0),
        row(["Fender of rubber with chain", "12", "1,080.50", "12,966.00"], 142.0),
        row(["Delivery", "", "", "35.00"], 158.0),
        vec![text("Payable within thirty days of the date of this invoice, without any deduction.", 50.0, 190.0, 10.0)],
    ];
    check(
        page.into_iter().flatten().collect(),
        &[],
        &[
            "p Deliveries of the spring, by their order and in the currency of the order.",
            "table 4x4, header 1",
            "0,0 Description",
            "0,1 Quantity",
            "0,2 Price",
            "0,3 Amount",
            "1,0 Mooring rope, 24 mm",
            "1,1 4",
            "1,2 120.00",
            "1,3 480.00",
            "2,0 Fender of rubber with chain",
            "2,1 12",
            "2,2 1,080.50",
            "2,3 12,966.00",
            "3,0 Delivery",
            "3,3 35.00",
            "p Payable within thirty days of the date of this invoice, without any deduction.",
        ],
    );
}

#[test]
fn cells_of_several_lines_stay_one_cell_without_rules() {
    let page = [
        row(["Description", "Quantity", "Price", "Amount"], 110.0),
        row(["Mooring rope of hemp,", "4", "120.00", "480.00"], 130.0),
        vec![text("24 mm thick", 50.0, 141.0, 10.0)],
        row(["Fender", "12", "1,080.50", "12,966.00"], 161.0),
        row(["Delivery", "1", "35.00", "35.00"], 181.0),
    ];
    let found = outline(&blocks(page.into_iter().flatten().collect(), &[]));
    assert_eq!(found.first().map(String::as_str), Some("table 4x4, header 1"));
    assert!(found.contains(&"1,0 Mooring rope of hemp, / 24 mm thick".to_owned()), "{found:?}");
    assert!(found.contains(&"2,0 Fender".to_owned()), "{found:?}");
}

#[test]
fn two_columns_of_prose_are_no_table() {
    let line = |index: u8| {
        let y = 100.0 + 12.0 * f32::from(index);
        [
            text("of the harbour and its quays in", 50.0, y, 10.0),
            text("the year that has passed since we", 320.0, y, 10.0),
        ]
    };
    let found = outline(&blocks((0..12).flat_map(line).collect(), &[]));
    assert!(found.len() == 2 && found.iter().all(|block| block.starts_with("p ")), "{found:?}");
}

#[test]
fn rows_that_are_ruled_below_the_header_only_are_told_apart_by_their_amounts() {
    let mut rules: Vec<Rule> = frame(50.0, 100.0, 350.0, 200.0).into();
    rules.extend([across(50.0, 350.0, 120.0), down(250.0, 100.0, 200.0)]);
    let page = vec![
        text("Item", 55.0, 114.0, 10.0),
        text("Amount", 255.0, 114.0, 10.0),
        text("Rope", 55.0, 134.0, 10.0),
        text("480.00", 255.0, 134.0, 10.0),
        text("Fender of rubber", 55.0, 150.0, 10.0),
        text("with a chain", 55.0, 161.0, 10.0),
        text("35.50", 255.0, 150.0, 10.0),
        text("Delivery", 55.0, 177.0, 10.0),
        text("12.00", 255.0, 177.0, 10.0),
    ];
    check(
        page,
        &rules,
        &[
            "table 4x2, header 1",
            "0,0 Item",
            "0,1 Amount",
            "1,0 Rope",
            "1,1 480.00",
            "2,0 Fender of rubber / with a chain",
            "2,1 35.50",
            "3,0 Delivery",
            "3,1 12.00",
        ],
    );
}
