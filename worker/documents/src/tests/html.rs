use super::{check, check_refused, document};
use crate::TableFormat::{Json, Markdown};

const INVOICE: &[u8] = include_bytes!("../../../../tests/fixtures/invoice.html");

#[test]
fn scripts_styles_and_the_head_are_dropped() {
    check(
        document("invoice.html", INVOICE).tables(Markdown),
        "text/html",
        &["# Invoice 2025-0042\n\n\
           Elswick Chandlery & Sons  \n3 Quay Street, Port Elswick\n\n\
           Bill to: **Harbour Works**, due on 14 March 2025.\n\n\
           | Item | Quantity | Amount |\n| --- | --- | --- |\n\
           | Mooring rope, 24 mm | 120 m | € 816.00 |\n\
           | Fender <large> | 4 | € 372.00 |\n\
           | Total |  | € 1,188.00 |\n\n\
           Questions? Write to [accounts](mailto:accounts@chandlery.example)."],
    );
}

#[test]
fn cells_that_span_rows_keep_the_columns_in_line() {
    let html =
        b"<table><tr><th>a</th><th>b</th></tr><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr></table>";
    check(
        document("a.html", html).tables(Json),
        "text/html",
        &["[\n  {\"a\": \"1\", \"b\": \"2\"},\n  {\"a\": \"\", \"b\": \"3\"}\n]"],
    );
}

#[test]
fn tables_for_layout_flow_as_text() {
    let html =
        b"<table><tr><td><p>Left</p><table><tr><td>a</td><td>b</td></tr></table></td><td>Right</td></tr></table>";
    let parsed = document("a.html", html).tables(Markdown).parse().unwrap();
    let blocks: Vec<&str> = parsed.pages[0].split("\n\n").map(str::trim).filter(|block| !block.is_empty()).collect();
    assert_eq!(blocks, ["Left", "| a | b |\n| --- | --- |", "Right"]);
}

#[test]
fn pictures_leave_their_alternative_text() {
    let html = br#"<p>See <img src="data:image/png;base64,AAAA" alt="a chart">.</p>"#;
    check(document("a.html", html), "text/html", &["See a chart."]);
}

#[test]
fn nesting_and_cells_have_caps() {
    let deep = format!("{}x{}", "<div>".repeat(5000), "</div>".repeat(5000));
    check_refused(
        document("a.html", deep.as_bytes()),
        "document_limit_exceeded",
        "document exceeds max_nesting: 257 nested elements, at most 256 are allowed",
    );
    let wide = b"<table><tr><td colspan=1000>a</td><td colspan=1000>b</td></tr></table>";
    check_refused(
        document("a.html", wide).limits(|limits| limits.max_table_cells = 1500),
        "document_limit_exceeded",
        "document exceeds max_table_cells: 1501 cells in a table, at most 1500 are allowed",
    );
}
