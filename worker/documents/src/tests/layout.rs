use std::time::{Duration, Instant};

use crate::Limits;
use crate::document::{Block, Content, Origin, Size};
use crate::layout::{self, ASCENT, DESCENT, Fragment, Placed, Rule};

const A4: Size = Size { width: 595.0, height: 842.0 };

/// Text whose letters are all half an em wide, drawn in one go.
pub(super) fn text(text: &str, x: f32, y: f32, size: f32) -> Fragment {
    let mut left = x;
    let words = text.split(' ').map(|word| {
        #[expect(clippy::cast_precision_loss, reason = "words are short")]
        let right = left + 0.5 * size * word.chars().count() as f32;
        let (top, bottom) = (y - ASCENT * size, y + DESCENT * size);
        let word = Placed { text: word.into(), left, top, right, bottom, score: 1.0 };
        left = right + 0.5 * size;
        word
    });
    Fragment { words: words.collect(), baseline: y, size, origin: Origin::Native }
}

/// Text that ends at a place.
pub(super) fn text_to(string: &str, right: f32, y: f32, size: f32) -> Fragment {
    #[expect(clippy::cast_precision_loss, reason = "cells are short")]
    let width = 0.5 * size * string.chars().count() as f32;
    text(string, right - width, y, size)
}

pub(super) fn blocks(fragments: Vec<Fragment>, rules: &[Rule]) -> Vec<Block> {
    layout::blocks(fragments, rules, A4, &Limits::default()).unwrap()
}

/// A block in one line: `h1 text`, `p text`, `- item`, `table 2x3`; lines are parted by slashes.
pub(super) fn outline(blocks: &[Block]) -> Vec<String> {
    let joined =
        |lines: &[crate::document::Line]| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" / ");
    let outline = |block: &Block| match &block.content {
        Content::Heading { level, lines } => vec![format!("h{level} {}", joined(lines))],
        Content::Paragraph { lines } => vec![format!("p {}", joined(lines))],
        Content::List { items } => {
            items.iter().map(|item| format!("{} {} {}", item.level, item.marker, joined(&item.lines))).collect()
        }
        Content::Table(table) => {
            let cells = table.cells().iter().map(|cell| {
                let span = if (cell.row_span, cell.column_span) == (1, 1) {
                    String::new()
                } else {
                    format!("{}x{} ", cell.row_span, cell.column_span)
                };
                format!("{},{} {span}{}", cell.row, cell.column, joined(&cell.lines))
            });
            std::iter::once(format!("table {}x{}, header {}", table.rows(), table.columns(), table.header_rows))
                .chain(cells.filter(|cell| !cell.ends_with(' ')))
                .collect()
        }
        Content::Figure { .. } | Content::Verbatim { .. } => vec!["other".to_owned()],
    };
    blocks.iter().flat_map(outline).collect()
}

#[track_caller]
fn check(fragments: Vec<Fragment>, expected: &[&str]) {
    assert_eq!(outline(&blocks(fragments, &[])), expected);
}

const LEFT: [&str; 4] = [
    "The harbour saw more ships than it",
    "had in any year before, and the new",
    "basin took most of those that could",
    "not have berthed in the old one.",
];
const RIGHT: [&str; 4] = [
    "Costs stayed within what the board",
    "had granted in spring, though the",
    "cranes came late and were dearer",
    "than the tender had led to expect.",
];

#[test]
fn columns_are_read_one_after_the_other_between_what_is_as_wide_as_the_page() {
    let mut page =
        vec![text("Annual report of the harbour works for the year that has passed, in two columns", 50.0, 60.0, 12.0)];
    for (index, (left, right)) in (0_u8..).zip(LEFT.iter().zip(RIGHT)) {
        let y = 100.0 + 12.0 * f32::from(index);
        // Level with one another, as in most such pages.
        page.push(text(right, 310.0, y, 10.0));
        page.push(text(left, 50.0, y, 10.0));
    }
    page.push(text(
        "The board has approved this report and thanks all who work at the quays by day and night.",
        50.0,
        190.0,
        12.0,
    ));
    let expected = [
        "p Annual report of the harbour works for the year that has passed, in two columns".to_owned(),
        format!("p {}", LEFT.join(" / ")),
        format!("p {}", RIGHT.join(" / ")),
        "p The board has approved this report and thanks all who work at the quays by day and night.".to_owned(),
    ];
    let found = outline(&blocks(page, &[]));
    let found: Vec<String> = found.iter().map(|line| line.replacen("h3 ", "p ", 1)).collect();
    assert_eq!(found, expected);
}

#[test]
fn labels_beside_their_values_are_read_row_by_row() {
    check(
        vec![
            text("Invoice:", 50.0, 100.0, 10.0),
            text("2025-0117", 150.0, 100.0, 10.0),
            text("Date:", 50.0, 114.0, 10.0),
            text("5 May 2025", 150.0, 114.0, 10.0),
            text("Due:", 50.0, 128.0, 10.0),
            text("4 June 2025", 150.0, 128.0, 10.0),
            text("Customer:", 50.0, 142.0, 10.0),
            text("1204", 150.0, 142.0, 10.0),
        ],
        &["p Invoice: 2025-0117 / Date: 5 May 2025 / Due: 4 June 2025 / Customer: 1204"],
    );
}

#[test]
fn headings_stand_out_by_their_size() {
    let mut page =
        vec![text("Report", 50.0, 60.0, 20.0), text("Traffic", 50.0, 90.0, 14.0), text("Quarters", 50.0, 115.0, 11.5)];
    page.extend((0_u8..).zip(LEFT).map(|(index, line)| text(line, 50.0, 140.0 + 12.0 * f32::from(index), 10.0)));
    page.extend((0_u8..).zip(RIGHT).map(|(index, line)| text(line, 50.0, 188.0 + 12.0 * f32::from(index), 10.0)));
    let body = format!("p {} / {}", LEFT.join(" / "), RIGHT.join(" / "));
    check(page, &["h1 Report", "h2 Traffic", "h3 Quarters", &body]);
}

#[test]
fn recognised_lines_are_headings_only_if_they_are_much_larger() {
    let mut page = vec![text("Receipt", 50.0, 60.0, 22.0), text("Thank you", 50.0, 90.0, 12.5)];
    page.extend((0_u8..).zip(LEFT).map(|(index, line)| text(line, 50.0, 110.0 + 12.0 * f32::from(index), 10.0)));
    for fragment in &mut page {
        fragment.origin = Origin::Ocr;
    }
    let found = outline(&blocks(page, &[]));
    assert_eq!(found.first().map(String::as_str), Some("h1 Receipt"));
    assert!(found.iter().all(|line| !line.starts_with("h3")), "{found:?}");
}

#[test]
fn lists_keep_their_markers_and_their_depth() {
    check(
        vec![
            text("\u{2022}", 50.0, 100.0, 10.0),
            text("Quay cranes were replaced without", 70.0, 100.0, 10.0),
            text("closing a berth", 70.0, 112.0, 10.0),
            text("\u{2013} one in May", 80.0, 124.0, 10.0),
            text("\u{2013} one in June", 80.0, 136.0, 10.0),
            text("\u{2022}", 50.0, 148.0, 10.0),
            text("The basin was dredged", 70.0, 148.0, 10.0),
        ],
        &[
            "0 \u{2022} Quay cranes were replaced without / closing a berth",
            "1 \u{2013} one in May",
            "1 \u{2013} one in June",
            "0 \u{2022} The basin was dredged",
        ],
    );
    check(
        vec![
            text("1. First of the two", 50.0, 100.0, 10.0),
            text("2. Second of the two", 50.0, 112.0, 10.0),
            text("a) letters too", 50.0, 160.0, 10.0),
            text("b) in their order", 50.0, 172.0, 10.0),
        ],
        &["0 1. First of the two", "0 2. Second of the two", "0 a) letters too", "0 b) in their order"],
    );
}

#[test]
fn numbers_that_stand_apart_need_no_point() {
    check(
        vec![
            text("1", 50.0, 100.0, 10.0),
            text("First of the two", 68.0, 100.0, 10.0),
            text("2", 50.0, 118.0, 10.0),
            text("Second of the two", 68.0, 118.0, 10.0),
        ],
        &["0 1 First of the two", "0 2 Second of the two"],
    );
    check(
        vec![text("1 First of the two", 50.0, 100.0, 10.0), text("2 Second", 50.0, 112.0, 10.0)],
        &["p 1 First of the two / 2 Second"],
    );
}

#[test]
fn one_number_at_the_start_of_a_line_makes_no_list() {
    check(vec![text("3. May was the day of the launch", 50.0, 100.0, 10.0)], &["p 3. May was the day of the launch"]);
}

#[test]
fn paragraphs_part_at_space_and_at_indents() {
    check(
        vec![
            text("The first paragraph has a line", 50.0, 100.0, 10.0),
            text("and another one.", 50.0, 112.0, 10.0),
            text("The second is set in by more", 65.0, 124.0, 10.0),
            text("than one letter.", 50.0, 136.0, 10.0),
            text("The third stands apart.", 50.0, 160.0, 10.0),
        ],
        &[
            "p The first paragraph has a line / and another one.",
            "p The second is set in by more / than one letter.",
            "p The third stands apart.",
        ],
    );
}

#[test]
fn words_have_places_in_fractions_of_the_page() {
    let found = blocks(vec![text("one two", 59.5, 84.2, 10.0)], &[]);
    let Some(Content::Paragraph { lines }) = found.first().map(|block| &block.content) else { panic!("{found:?}") };
    let line = &lines[0];
    let places: Vec<(&str, f32, f32)> = line
        .words
        .iter()
        .map(|word| (line.word(word), word.rect.left * A4.width, word.rect.bottom * A4.height))
        .collect();
    let near = |a: f32, b: f32| (a - b).abs() < 0.01;
    assert!(
        matches!(places.as_slice(), [("one", a, b), ("two", c, d)]
            if near(*a, 59.5) && near(*b, 86.2) && near(*c, 79.5) && near(*d, 86.2)),
        "{places:?}"
    );
}

/// Ten times what the page takes on a quiet machine, unoptimised; comparing all with all would take hours.
const BOUND: Duration = Duration::from_secs(40);

#[track_caller]
fn check_time(fragments: Vec<Fragment>, rules: &[Rule]) {
    let start = Instant::now();
    let found = blocks(fragments, rules);
    assert!(!found.is_empty());
    assert!(start.elapsed() < BOUND, "{:?}", start.elapsed());
}

#[test]
fn half_a_million_words_at_one_point_are_read_in_time() {
    check_time((0..500_000).map(|index| text(&index.to_string(), 100.0, 100.0, 10.0)).collect(), &[]);
}

#[test]
fn hundred_thousand_lines_in_two_columns_are_read_in_time() {
    #[expect(clippy::cast_precision_loss, reason = "places on a page")]
    let place = |index: usize| 0.008 * index as f32;
    let row = |index| [text("1", 50.0, place(index), 0.01), text("2", 300.0, place(index), 0.01)];
    check_time((0..100_000).flat_map(row).collect(), &[]);
}

#[test]
fn hundred_thousand_rules_are_read_in_time() {
    #[expect(clippy::cast_precision_loss, reason = "places on a page")]
    let at = |index: usize| 0.005 * index as f32;
    let across = |index| Rule { left: 0.0, top: at(index), right: 500.0, bottom: at(index) };
    let down = |index| Rule { left: at(index), top: 0.0, right: at(index), bottom: 500.0 };
    let hatched = |index| Rule {
        left: at(index),
        top: 3.0 * at(index % 100),
        right: at(index) + 4.0,
        bottom: 3.0 * at(index % 100),
    };
    let rules: Vec<Rule> = (0..100_000).flat_map(|index| [across(index), down(index), hatched(index)]).collect();
    check_time(vec![text("words", 50.0, 50.0, 10.0)], &rules);
}
