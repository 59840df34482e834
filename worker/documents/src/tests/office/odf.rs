use super::hostile::{attempt, survive};
use super::{check_pages, container, read};
use crate::detect::Kind::{Odp, Ods, Odt};
use crate::document::Content;

fn file(automatic: &str, body: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{automatic}</office:automatic-styles>\
         <office:body>{body}</office:body></office:document-content>"
    );
    container(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
        ("styles.xml", &format!("<office:document-styles>{styles}</office:document-styles>")),
    ])
}

fn text(automatic: &str, body: &str, styles: &str) -> Vec<u8> {
    file(automatic, &format!("<office:text>{body}</office:text>"), styles)
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

#[test]
fn an_odt_has_headings_pages_headers_and_no_deleted_text() {
    let automatic = r#"<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties
        fo:break-before="page"/></style:style><style:style style:name="T1" style:family="text"><style:text-properties
        text:display="none"/></style:style>"#;
    let styles = r#"<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>Elswick
        Chandlery</text:p></style:header><style:footer><text:p>VAT 12</text:p></style:footer><style:header-left
        style:display="false"><text:p>unused</text:p></style:header-left></style:master-page></office:master-styles>"#;
    let body = [
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion>\
         </text:changed-region></text:tracked-changes>",
        r#"<text:h text:outline-level="2">Offer</text:h>"#,
        r#"<text:p>One<text:s text:c="3"/>two<text:line-break/>three<text:span text:style-name="T1">hidden</text:span>
        <office:annotation><text:p>remark</text:p></office:annotation><text:a>link</text:a><text:note><text:note-citation>1
        </text:note-citation><text:note-body><text:p>Noted</text:p></text:note-body></text:note></text:p>"#,
        r#"<text:p text:style-name="P1">Next<draw:frame><draw:text-box><text:p>Boxed</text:p></draw:text-box></draw:frame></text:p>"#,
        "<text:p><draw:frame><draw:image/><svg:title>Harbour</svg:title></draw:frame></text:p>",
    ];
    check_pages(
        Odt,
        &text(automatic, &body.concat(), styles),
        &[
            "Elswick Chandlery\n\n## Offer\n\nOne two\nthree link [1]",
            "Next\n\nBoxed\n\nHarbour\n\n[1] Noted\n\nVAT 12",
        ],
    );
}

#[test]
fn lists_have_their_printed_markers() {
    let automatic = r#"<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-suffix="."
        style:num-format="1"/><text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"
        text:display-levels="2"/></text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet
        text:level="1" text:bullet-char="–"/></text:list-style>"#;
    let item = |inner: &str| format!("<text:list-item>{inner}</text:list-item>");
    let inner = format!("<text:list>{}{}</text:list>", item(&p("a")), item(&p("b")));
    let body = [
        format!(
            r#"<text:list text:style-name="L1">{}{}</text:list>"#,
            item(&format!("{}{inner}", p("one"))),
            item(&p("two"))
        ),
        p("between"),
        format!(r#"<text:list text:style-name="L1" text:continue-numbering="true">{}</text:list>"#, item(&p("three"))),
        format!(r#"<text:list text:style-name="L1">{}</text:list>"#, item(&p("afresh"))),
        format!(r#"<text:list text:style-name="L2">{}</text:list>"#, item(&p("dash"))),
    ];
    let pages = read(Odt, &text(automatic, &body.concat(), ""));
    let markers: Vec<&str> = pages[0]
        .blocks
        .iter()
        .flat_map(|block| match &block.content {
            Content::List { items } => items.iter().map(|item| item.marker.as_str()).collect(),
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(markers, ["1.", "1.a)", "1.b)", "2.", "3.", "1.", "–"]);
}

#[test]
fn tables_of_texts_keep_spans_and_header_rows() {
    let cell = |attributes: &str, text: &str| format!("<table:table-cell {attributes}>{}</table:table-cell>", p(text));
    let body = format!(
        "<table:table><table:table-header-rows><table:table-row>{}<table:covered-table-cell/></table:table-row>\
         </table:table-header-rows><table:table-row>{}{}</table:table-row></table:table>",
        cell(r#"table:number-columns-spanned="2""#, "Prices"),
        cell("", "Rope"),
        cell("", "816"),
    );
    let pages = read(Odt, &text("", &body, ""));
    let Content::Table(table) = &pages[0].blocks[0].content else { panic!("{pages:?}") };
    let cells: Vec<_> =
        table.cells().iter().map(|cell| (cell.text(), cell.row, cell.column, cell.column_span)).collect();
    let expected = [("Prices", 0, 0, 2), ("Rope", 1, 0, 1), ("816", 1, 1, 1)];
    assert_eq!(cells, expected.map(|(text, row, column, span)| (text.to_owned(), row, column, span)));
    assert_eq!(table.header_rows, 1);
}

#[test]
fn an_odp_has_slides_with_titles_and_notes() {
    let frame = |attributes: &str, text: &str| {
        format!("<draw:frame {attributes}><draw:text-box>{}</draw:text-box></draw:frame>", p(text))
    };
    let slide = [
        frame(r#"svg:y="10cm""#, "below"),
        frame(r#"svg:y="1in""#, "above"),
        frame(r#"presentation:class="title" svg:y="19cm""#, "Report"),
        format!("<presentation:notes>{}</presentation:notes>", frame(r#"presentation:class="notes""#, "Say hello")),
    ]
    .concat();
    let body = format!("<office:presentation><draw:page>{slide}</draw:page><draw:page/></office:presentation>");
    check_pages(Odp, &file("", &body, ""), &["# Report\n\nabove\n\nbelow\n\nSay hello", ""]);
}

fn sheet(rows: &str) -> Vec<u8> {
    file(
        "",
        &format!(r#"<office:spreadsheet><table:table table:name="Offer">{rows}</table:table></office:spreadsheet>"#),
        "",
    )
}

#[test]
fn an_ods_has_dates_spans_and_what_is_repeated_blank_costs_nothing() {
    let blank = r#"<table:table-cell table:number-columns-repeated="16384"/>"#;
    let rows = [
        format!(
            "<table:table-row>{}</table:table-row>",
            r#"<table:table-cell table:number-columns-spanned="2">
            <text:p>Elswick</text:p><office:annotation><text:p>remark</text:p></office:annotation></table:table-cell>"#
        ),
        format!(r#"<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>"#),
        format!(
            "<table:table-row>{blank}{}{}</table:table-row>",
            r#"<table:table-cell office:value-type="date" office:date-value="2025-03-14T18:30:00"><text:p>14.3.</text:p></table:table-cell>"#,
            r#"<table:table-cell office:value-type="float" office:value="816.5"><text:p>816,50</text:p></table:table-cell>"#
        ),
        r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2">
            <text:p>x</text:p></table:table-cell></table:table-row>"#
            .to_owned(),
    ];
    check_pages(
        Ods,
        &sheet(&rows.concat()),
        &[
            "# Offer\n\nElswick\n\n|  |  | 2025-03-14 18:30 | 816,50 |\n| --- | --- | --- | --- |\n| x | x |  |  |\n| x | x |  |  |",
        ],
    );
}

#[test]
fn repeated_cells_stop_at_a_cap() {
    let bomb = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell
        table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    assert_eq!(attempt(Ods, sheet(bomb)), Some("document_limit_exceeded"));
}

#[test]
fn an_encrypted_file_is_named_as_such() {
    let manifest =
        "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let file = container(&[("META-INF/manifest.xml", manifest), ("content.xml", "\u{1}\u{2}")]);
    let error = super::read_with(Odt, &file, &crate::Limits::default()).unwrap_err();
    assert!(error.to_string().contains("an Office document that is encrypted with a password"), "{error}");
}

#[test]
fn damaged_files_never_panic() {
    let body = [p("some text"), r#"<text:h text:outline-level="99">x</text:h>"#.to_owned()].concat().repeat(10);
    survive(Odt, &text("", &body, ""));
    survive(Odp, &file("", "<office:presentation><draw:page/></office:presentation>", ""));
    survive(Ods, &sheet("<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"));
}
