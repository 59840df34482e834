use crate::document::{Block, Cell, Content, Document, Item, Line, Origin, Page, Rect, Size, Table};
use crate::{Limits, TableFormat, render};

fn cell(row: u32, column: u32, row_span: u32, column_span: u32, text: &str) -> Cell {
    Cell { row_span, column_span, ..Cell::new(row, column, text.lines().map(Line::native).collect()) }
}

fn table(header_rows: u32, cells: Vec<Cell>) -> Table {
    let mut table = Table::default();
    table.header_rows = header_rows;
    for cell in cells {
        table.push(cell, &Limits::default()).unwrap();
    }
    table
}

/// A table of two header rows and cells that reach across and down.
fn quarters() -> Table {
    table(
        2,
        vec![
            cell(0, 0, 2, 1, "Place"),
            cell(0, 1, 1, 2, "Sales"),
            cell(1, 1, 1, 1, "Q1"),
            cell(1, 2, 1, 1, "Q2"),
            cell(2, 0, 2, 1, "Quay"),
            cell(2, 1, 1, 1, "<1>"),
            cell(2, 2, 1, 1, "2"),
            cell(3, 1, 1, 2, "3\nin all"),
        ],
    )
}

fn document_of(blocks: Vec<Block>) -> Document {
    Document { media_type: "text/plain", pages: vec![Page::of_blocks(blocks)], declared: Vec::new() }
}

fn item(level: u8, marker: &str, text: &str) -> Item {
    Item { level, marker: marker.to_owned(), lines: vec![Line::native(text)] }
}

fn heading(text: &str) -> Block {
    Block { rect: None, content: Content::Heading { level: 2, lines: vec![Line::native(text)] } }
}

fn list(items: Vec<Item>) -> Block {
    Block { rect: None, content: Content::List { items } }
}

/// One block of each kind, on two pages.
fn letter() -> Document {
    let figure = Block { rect: None, content: Content::Figure { lines: vec![Line::native("a chart")] } };
    let items = vec![item(0, "•", "rope"), item(1, "1.", "thick"), item(1, "2.", "thin"), item(0, "b)", "tar")];
    let first = vec![heading("Order & more"), Block::paragraph("one\ntwo"), list(items), figure];
    let second = vec![Block::table(quarters()), Block::verbatim("a  <b>\n  c")];
    let pages = vec![Page { title: Some("\"First\"".to_owned()), ..Page::of_blocks(first) }, Page::of_blocks(second)];
    Document { media_type: "text/html", pages, declared: Vec::new() }
}

#[track_caller]
fn check_table(table: &Table, format: TableFormat, expected: &str) {
    let document = document_of(vec![Block::table(table.clone())]);
    assert_eq!(render::markdown(&document, format, &Limits::default()).unwrap(), expected);
}

#[test]
fn spans_are_attributes_in_html() {
    check_table(
        &quarters(),
        TableFormat::Html,
        "<table>\n<thead>\n<tr><th rowspan=\"2\">Place</th><th colspan=\"2\">Sales</th></tr>\n\
         <tr><th>Q1</th><th>Q2</th></tr>\n</thead>\n<tbody>\n\
         <tr><td rowspan=\"2\">Quay</td><td>&lt;1&gt;</td><td>2</td></tr>\n\
         <tr><td colspan=\"2\">3<br>in all</td></tr>\n</tbody>\n</table>",
    );
}

#[test]
fn spans_in_a_header_join_its_rows_and_cells_that_reach_down_belong_to_each_record() {
    check_table(
        &quarters(),
        TableFormat::Markdown,
        "| Place | Sales / Q1 | Sales / Q2 |\n| --- | --- | --- |\n| Quay | <1> | 2 |\n|  | 3<br>in all |  |",
    );
    check_table(
        &quarters(),
        TableFormat::Json,
        r#"[
  {"Place": "Quay", "Sales / Q1": "<1>", "Sales / Q2": "2"},
  {"Place": "Quay", "Sales / Q1": "3\nin all", "Sales / Q2": ""}
]"#,
    );
    check_table(
        &quarters(),
        TableFormat::Yaml,
        r#"- "Place": "Quay"
  "Sales / Q1": "<1>"
  "Sales / Q2": "2"
- "Place": "Quay"
  "Sales / Q1": "3\nin all"
  "Sales / Q2": """#,
    );
}

#[test]
fn a_table_without_a_header_has_no_head_in_html_and_its_first_row_for_one_elsewhere() {
    let bare = table(0, vec![cell(0, 0, 1, 1, "a"), cell(0, 2, 1, 1, "c"), cell(1, 1, 1, 1, "e")]);
    check_table(
        &bare,
        TableFormat::Html,
        "<table>\n<tbody>\n<tr><td>a</td><td></td><td>c</td></tr>\n<tr><td></td><td>e</td></tr>\n</tbody>\n</table>",
    );
    check_table(&bare, TableFormat::Markdown, "| a |  | c |\n| --- | --- | --- |\n|  | e |  |");
    check_table(&bare, TableFormat::Json, "[\n  {\"a\": \"\", \"column_2\": \"e\", \"c\": \"\"}\n]");
}

#[test]
fn cells_over_each_other_cost_no_more_than_the_table() {
    let limits = Limits::default();
    let mut table = Table::default();
    for _ in 0..20_000 {
        table.push(cell(0, 0, 1_000, 1_000, ""), &limits).unwrap();
    }
    let document = document_of(vec![Block::table(table)]);
    // A visit of every place by every cell is 20 000 000 000: minutes.
    assert_eq!(render::text(&document, &limits).unwrap().trim(), "");
}

#[test]
fn a_header_over_many_columns_does_not_get_past_the_text_cap() {
    let limits = Limits { max_text_bytes: 10_000, ..Limits::default() };
    let wide = table(1, vec![cell(0, 0, 1, 1_000, &"h".repeat(1_000))]);
    let document = document_of(vec![Block::table(wide)]);
    let error = render::markdown(&document, TableFormat::Json, &limits).unwrap_err();
    assert_eq!(error.code(), "document_limit_exceeded");
}

#[test]
fn text_has_no_marks() {
    let expected = "Order & more\n\none\ntwo\n\nrope\n1. thick\n2. thin\nb) tar\n\na chart\n\n\
                    Place\tSales\t\n\tQ1\tQ2\nQuay\t<1>\t2\n\t3 in all\t\n\na  <b>\n  c";
    assert_eq!(render::text(&letter(), &Limits::default()).unwrap(), expected);
}

#[test]
fn markdown_marks_headings_lists_and_tables() {
    let text = render::markdown(&letter(), TableFormat::Markdown, &Limits::default()).unwrap();
    let start = "## Order & more\n\none\ntwo\n\n- rope\n  1. thick\n  2. thin\nb) tar\n\na chart\n\n| Place |";
    assert_eq!(text.get(..start.len()), Some(start));
}

#[test]
fn html_nests_lists_and_escapes_text() {
    let expected = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n</head>\n<body>\n\
        <section title=\"&quot;First&quot;\">\n<h2>Order &amp; more</h2>\n<p>one<br>\ntwo</p>\n\
        <ul>\n<li>rope\n<ol>\n<li value=\"1\">thick</li>\n<li value=\"2\">thin</li>\n</ol>\n</li>\n<li>b) tar</li>\n</ul>\n\
        <figure>a chart</figure>\n</section>\n<section>\n<table>\n";
    let html = render::html(&letter(), &Limits::default()).unwrap();
    assert_eq!(html.get(..expected.len()), Some(expected));
    assert_eq!(
        html.split_once("</table>\n").unwrap().1,
        "<pre>a  &lt;b&gt;\n  c</pre>\n</section>\n</body>\n</html>\n"
    );
}

/// A page of paper with one recognised line.
fn scan() -> Document {
    let words = [("Zoë", Rect::new(0.25, 0.5, 0.5, 0.75), 0.5), ("5 €", Rect::new(0.5, 0.5, 1.0, 0.75), 1.0)];
    let line = Line::of_words(words, Origin::Ocr);
    let block = Block::of_lines(vec![line], |lines| Content::Paragraph { lines });
    let size = Some(Size { width: 595.5, height: 842.0 });
    Document {
        media_type: "image/png",
        pages: vec![Page { size, ..Page::of_blocks(vec![block]) }],
        declared: Vec::new(),
    }
}

#[test]
fn json_holds_the_whole_model() {
    let json: serde_json::Value = serde_json::from_str(&render::json(&scan(), &Limits::default()).unwrap()).unwrap();
    let expected = serde_json::json!({"media_type": "image/png", "pages": [{
        "number": 1, "width": 595.5, "height": 842, "unreadable_glyphs": 0, "blocks": [{
            "kind": "paragraph", "rect": {"left": 0.25, "top": 0.5, "right": 1, "bottom": 0.75}, "lines": [{
                "text": "Zoë 5 €", "rect": {"left": 0.25, "top": 0.5, "right": 1, "bottom": 0.75},
                "origin": "ocr", "score": 0.75, "words": [
                    {"text": "Zoë", "rect": {"left": 0.25, "top": 0.5, "right": 0.5, "bottom": 0.75}, "score": 0.5},
                    {"text": "5 €", "rect": {"left": 0.5, "top": 0.5, "right": 1, "bottom": 0.75}, "score": 1},
                ],
            }],
        }],
    }]});
    assert_eq!(json, expected);

    let json: serde_json::Value = serde_json::from_str(&render::json(&letter(), &Limits::default()).unwrap()).unwrap();
    let kinds: Vec<&str> = (0..4).map(|at| json["pages"][0]["blocks"][at]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["heading", "paragraph", "list", "figure"]);
    assert_eq!(json["pages"][0]["title"], "\"First\"");
    assert_eq!(json["pages"][0]["blocks"][2]["items"][1]["marker"], "1.");
    let table = &json["pages"][1]["blocks"][0];
    assert_eq!((&table["rows"], &table["columns"], &table["header_rows"]), (&4.into(), &3.into(), &2.into()));
    assert_eq!((&table["cells"][0]["row_span"], &table["cells"][1]["column_span"]), (&2.into(), &2.into()));
    assert_eq!(json["pages"][1]["blocks"][1]["text"], "a  <b>\n  c");
}

#[test]
fn yaml_holds_what_json_holds() {
    let expected = r#"media_type: "image/png"
pages:
- number: 1
  width: 595.5
  height: 842
  unreadable_glyphs: 0
  blocks:
  - kind: "paragraph"
    rect: {"left": 0.25, "top": 0.5, "right": 1, "bottom": 0.75}
    lines:
    - text: "Zoë 5 €"
      rect: {"left": 0.25, "top": 0.5, "right": 1, "bottom": 0.75}
      origin: "ocr"
      score: 0.75
      words:
      - text: "Zoë"
        rect: {"left": 0.25, "top": 0.5, "right": 0.5, "bottom": 0.75}
        score: 0.5
      - text: "5 €"
        rect: {"left": 0.5, "top": 0.5, "right": 1, "bottom": 0.75}
        score: 1"#;
    assert_eq!(render::yaml(&scan(), &Limits::default()).unwrap(), expected);
    let blank = document_of(vec![Block::paragraph("")]);
    let expected = "media_type: \"text/plain\"\npages:\n- number: 1\n  unreadable_glyphs: 0\n  blocks:\n  \
                    - kind: \"paragraph\"\n    lines: []";
    assert_eq!(render::yaml(&blank, &Limits::default()).unwrap(), expected);
}

#[test]
fn every_rendering_stops_at_the_text_cap() {
    let limits = Limits { max_text_bytes: 20, ..Limits::default() };
    let document = letter();
    for rendering in [
        render::text(&document, &limits),
        render::markdown(&document, TableFormat::Html, &limits),
        render::html(&document, &limits),
        render::json(&document, &limits),
        render::yaml(&document, &limits),
    ] {
        assert_eq!(rendering.unwrap_err().code(), "document_limit_exceeded");
    }
}
