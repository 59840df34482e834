use super::{check, check_refused, document};
use crate::TableFormat::{Html, Json, Markdown};
use crate::document::{Block, Content, Item, Line};
use crate::{Engine, Limits, ReadOptions, Source};

const INVOICE: &[u8] = include_bytes!("../../../../tests/fixtures/invoice.html");

#[test]
fn scripts_styles_and_the_head_are_dropped() {
    check(
        document("invoice.html", INVOICE).tables(Markdown),
        "text/html",
        &["# Invoice 2025-0042\n\n\
           Elswick Chandlery & Sons\n3 Quay Street, Port Elswick\n\n\
           Bill to: Harbour Works, due on 14 March 2025.\n\n\
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
        &["[\n  {\"a\": \"1\", \"b\": \"2\"},\n  {\"a\": \"1\", \"b\": \"3\"}\n]"],
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

/// The blocks of a page: what they are and their text.
fn blocks(html: &str) -> Vec<(&'static str, String)> {
    let source = Source { bytes: html.as_bytes(), filename: "a.html", media_type: None };
    let document =
        Engine::without_models().read(&source, &ReadOptions::default(), &Limits::default(), &mut |_| ()).unwrap();
    let text = |lines: &[Line]| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("|");
    let block = |block: &Block| match &block.content {
        Content::Heading { level: 2, lines } => ("h2", text(lines)),
        Content::Heading { lines, .. } => ("heading", text(lines)),
        Content::Paragraph { lines } => ("p", text(lines)),
        Content::Figure { lines } => ("figure", text(lines)),
        Content::List { items } => {
            let item = |item: &Item| format!("{}{} {}", "-".repeat(item.level.into()), item.marker, text(&item.lines));
            ("list", items.iter().map(item).collect::<Vec<_>>().join(" / "))
        }
        Content::Table(table) => ("table", format!("{} {}x{}", table.header_rows, table.rows(), table.columns())),
        Content::Verbatim { text } => ("verbatim", text.clone()),
    };
    document.pages[0].blocks.iter().map(block).collect()
}

#[track_caller]
fn check_blocks(html: &str, expected: &[(&str, &str)]) {
    let blocks = blocks(html);
    let blocks: Vec<(&str, &str)> = blocks.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    assert_eq!(blocks, expected);
}

#[test]
fn headings_paragraphs_figures_and_preformatted_text_are_blocks() {
    check_blocks(
        "<h2>One <b>two</b></h2>text <i>in</i> a\n line<br>break<hr><blockquote>said <q>so</q></blockquote>\
         <figure><img alt='a chart'><figcaption>Sales</figcaption></figure><pre>\n  a\n    b &lt;\n</pre>soft\u{ad}hyphen",
        &[
            ("h2", "One two"),
            ("p", "text in a line|break"),
            ("p", "said “so”"),
            ("figure", "a chart"),
            ("figure", "Sales"),
            ("verbatim", "  a\n    b <"),
            ("p", "softhyphen"),
        ],
    );
}

#[test]
fn lists_keep_their_numbers_and_how_deep_they_lie() {
    check_blocks(
        "<ol start=3><li>three<ul><li>in<li><p>two</p><p>parts</p></ul>after<li value=9>nine<li>ten</ol>\
         <dl><dt>term<dd>what it is</dl><ul><li>a<pre>code</pre>b</ul>",
        &[
            ("list", "3. three / -• in / -• two|parts /  after / 9. nine / 10. ten"),
            ("list", " term / - what it is"),
            ("list", "• a"),
            ("verbatim", "code"),
            ("list", " b"),
        ],
    );
}

#[test]
fn links_out_of_the_page_keep_their_address() {
    check_blocks(
        "<p>See <a href='https://example.com/a b'> the site </a>, <a href='#x'>above</a>, \
         <a href='https://example.com'>https://example.com</a>, <a href='mailto:a@example.com'>a@example.com</a>, \
         <a href='javascript:x()'>run</a><a href='https://example.com'><img></a>\
         <h2><a href='https://example.com'>Block</a></h2><a href='https://example.com'>a<br>b</a>",
        &[
            ("p", "See [the site](https://example.com/ab) , above, https://example.com, a@example.com, run"),
            ("h2", "[Block](https://example.com)"),
            ("p", "a|b"),
        ],
    );
}

#[test]
fn what_is_hidden_is_dropped_and_fields_show_their_value() {
    check_blocks(
        "<div hidden>no</div><p style='Display : NONE'>no</p><p style='color:red'>yes</p><p aria-hidden=true>seen</p>\
         <noscript>no</noscript><table><tr><td>a<td>b<tr style='display:none'><td>no<td>no</table>\
         <form>Name <input value=Ada> <input type=hidden value=no><input type=checkbox checked> Rope \
         <input type=radio> Tar <select><option>Mr<option selected>Dr</select> <select><option>first<option>no</select>\
         <textarea>Two\nlines</textarea></form>",
        &[
            ("p", "yes"),
            ("p", "seen"),
            ("table", "0 1x2"),
            ("p", "Name Ada [x] Rope [ ] Tar Dr first"),
            ("verbatim", "Two\nlines"),
        ],
    );
}

#[test]
fn tables_have_header_rows_captions_and_spans() {
    check_blocks(
        "<table><caption>Sales</caption><thead><tr><td>a<td>b</thead><tr><th>c<th>d<tr><td colspan=2>e</table>\
         <table role=presentation><tr><td>left<td>right</table>\
         <table><tr><td rowspan=0>down<td>1<tr><td>2<tr><td>3</table>",
        &[("p", "Sales"), ("table", "2 3x2"), ("p", "left"), ("p", "right"), ("table", "0 3x2")],
    );
    check(
        document("a.html", b"<table><tr><td rowspan=0>down<td>1<tr><td>2<tr><td rowspan=9>3</table>").tables(Html),
        "text/html",
        &["<table>\n<tbody>\n<tr><td rowspan=\"3\">down</td><td>1</td></tr>\n<tr><td>2</td></tr>\n\
           <tr><td>3</td></tr>\n</tbody>\n</table>"],
    );
}

#[test]
fn the_page_declares_its_encoding() {
    let page = |declared: &str, text: &str, encoding: &'static encoding_rs::Encoding| {
        [format!("<html><head>{declared}</head><p>").into_bytes(), encoding.encode(text).0.into_owned()].concat()
    };
    let greek = page("<meta charset='iso-8859-7'>", "αβγ", encoding_rs::ISO_8859_7);
    check(document("a.html", &greek), "text/html", &["αβγ"]);
    let old = "<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">";
    check(document("a.html", &page(old, "Да", encoding_rs::WINDOWS_1251)), "text/html", &["Да"]);
    let sent = document("a.html", &greek).declared("text/html; charset=windows-1252");
    check(sent, "text/html", &["áâã"]);
}

#[test]
fn nesting_and_cells_have_caps() {
    let deep = format!("{}x{}", "<div>".repeat(5000), "</div>".repeat(5000));
    check_refused(
        document("a.html", deep.as_bytes()),
        "document_limit_exceeded",
        "document exceeds max_nesting: 5003 nested elements, at most 256 are allowed",
    );
    // The parser looks through all open elements for each: what is only refused behind it is too late.
    let endless = "<div>".repeat(100_000);
    assert_eq!(document("a.html", endless.as_bytes()).parse().unwrap_err().code(), "document_limit_exceeded");
    let wide = b"<table><tr><td colspan=1000>a</td><td colspan=1000>b</td></tr></table>";
    check_refused(
        document("a.html", wide).limits(|limits| limits.max_table_cells = 1500),
        "document_limit_exceeded",
        "document exceeds max_table_cells: 2000 cells in a table, at most 1500 are allowed",
    );
}
