use crate::document::Document;
use crate::view::{Relation, View};
use crate::{Engine, Limits, ReadOptions, Source};

fn read(filename: &str, bytes: &[u8]) -> Document {
    let source = Source { bytes, filename, media_type: None };
    Engine::without_models().read(&source, &ReadOptions::default(), &Limits::default(), &mut |_| ()).unwrap()
}

fn pairs(view: &View) -> Vec<(&str, &str, Relation)> {
    view.pairs().into_iter().map(|pair| (view.text(pair.label), view.text(pair.value), pair.relation)).collect()
}

#[track_caller]
fn check_has(filename: &str, text: &str, wanted: &[(&str, &str, Relation)]) {
    let view = View::of(&read(filename, text.as_bytes()));
    let pairs = pairs(&view);
    for pair in wanted {
        assert!(pairs.contains(pair), "{pair:?} is not among {pairs:?}");
    }
}

#[test]
fn labels_stand_before_their_values_on_the_line() {
    check_has(
        "a.txt",
        "Invoice No.: INV-7   Date: 3 May 2024\nContact: Ann Lee | Phone: 555 123\nSee https://example.com:80/x",
        &[
            ("Invoice No.", "INV-7", Relation::Colon),
            ("Date", "3 May 2024", Relation::Colon),
            ("Contact", "Ann Lee", Relation::Colon),
            ("Phone", "555 123", Relation::Colon),
        ],
    );
}

#[test]
fn a_rate_and_what_it_is_of_are_no_values_before_the_tax() {
    check_has(
        "a.txt",
        "VAT 21 % (1,849.50 EUR): 388.40 EUR\nGST (10%): 870.09\nRope 2 19.00",
        &[("VAT 21 %", "388.40 EUR", Relation::Colon), ("GST (10%)", "870.09", Relation::Colon)],
    );
}

#[test]
fn labels_stand_left_of_their_values_and_above_them() {
    check_has(
        "a.txt",
        "Invoice number      Due date\nA-17                2024-05-03\n\nTotal               300.00\n",
        &[
            ("Invoice number", "A-17", Relation::Above),
            ("Due date", "2024-05-03", Relation::Above),
            ("Total", "300.00", Relation::Left),
        ],
    );
}

#[test]
fn cells_are_named_by_their_row_and_their_column() {
    check_has(
        "a.html",
        "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Rope</td><td>9.50</td></tr></table>\
         <table><tr><td>Total</td><td>19.00</td></tr></table>",
        &[
            ("Item", "Rope", Relation::ColumnHeader),
            ("Price", "9.50", Relation::ColumnHeader),
            ("Rope", "9.50", Relation::Left),
            ("Total", "19.00", Relation::Left),
        ],
    );
}

#[test]
fn without_places_the_line_before_names_a_line_and_headings_what_is_under_them() {
    let view = View::of(&read("a.html", b"<h2>Bill to</h2><p>Ann Lee<br>Main Street 5</p><p>Due date</p><p>May 3</p>"));
    assert!(pairs(&view).contains(&("Due date", "May 3", Relation::Previous)));
    let line = view.lines.iter().position(|line| line.text == "Main Street 5").unwrap();
    assert_eq!(view.heading_over(line).map(|label| view.text(label.span)), Some("Bill to"));
}

#[test]
fn a_page_with_all_its_lines_at_one_height_is_looked_at_in_bounds() {
    let text = "ab: 1   ".repeat(20_000);
    let view = View::of(&read("a.txt", text.as_bytes()));
    assert_eq!(view.lines.len(), 20_000);
    assert!(view.pairs().len() >= 20_000);
}
