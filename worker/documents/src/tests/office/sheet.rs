use super::hostile::{attempt, survive};
use super::{check_pages, container, read, read_with, relations};
use crate::Limits;
use crate::detect::Kind::{Xls, Xlsb, Xlsx};
use crate::document::Content;

/// Written by xlwt 1.3: two sheets, the second hidden, with a merged cell, a formula without a saved value, and formats.
const OFFERS: &[u8] = include_bytes!("../fixtures/offers.xls");

/// A workbook of these sheets, each the XML below `worksheet`.
fn workbook(sheets: &[(&str, &str)], strings: &str, styles: &str) -> Vec<u8> {
    let listed: String = (1..)
        .zip(sheets)
        .map(|(at, (name, _))| format!(r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>"#))
        .collect();
    let ids: Vec<(String, String)> =
        (1..=sheets.len()).map(|at| (format!("rId{at}"), format!("worksheets/sheet{at}.xml"))).collect();
    let mut links: Vec<(&str, &str, &str)> =
        ids.iter().map(|(id, target)| (id.as_str(), "worksheet", target.as_str())).collect();
    links.extend([("s", "sharedStrings", "sharedStrings.xml"), ("t", "styles", "styles.xml")]);
    let mut parts = vec![
        ("_rels/.rels".to_owned(), relations(&[("a", "officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{listed}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(&links)),
        ("xl/sharedStrings.xml".to_owned(), format!(r#"<sst uniqueCount="99999999999999">{strings}</sst>"#)),
        ("xl/styles.xml".to_owned(), format!("<styleSheet>{styles}</styleSheet>")),
    ];
    for ((_, target), (_, content)) in ids.iter().zip(sheets) {
        parts.push((format!("xl/{target}"), format!("<worksheet>{content}</worksheet>")));
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    container(&parts)
}

fn data(cells: &str) -> String {
    format!("<dimension ref=\"A1:XFD1048576\"/><sheetData><row>{cells}</row></sheetData>")
}

fn text(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn sheets_are_pages_and_blank_rows_part_their_tables() {
    let cells = [
        text("A1", "Elswick Chandlery"),
        text("B3", "Item"),
        text("D3", "Price"),
        r#"<c r="B4" t="s"><v>0</v></c>"#.to_owned(),
        r#"<c r="D4"><f>1+1</f><v>816.50000000000011</v></c>"#.to_owned(),
        r#"<c r="B5" t="b"><v>1</v></c><c r="D5" t="e"><v>#N/A</v></c>"#.to_owned(),
    ];
    let strings = "<si><r><t>Mooring </t></r><r><t>rope</t></r><rPh><t>x</t></rPh></si>";
    let sheets = [("Offer", data(&cells.concat())), ("Empty", data(""))];
    let sheets = sheets.each_ref().map(|(name, content)| (*name, content.as_str()));
    check_pages(
        Xlsx,
        &workbook(&sheets, strings, ""),
        &[
            "# Offer\n\nElswick Chandlery\n\n| Item | Price |\n| --- | --- |\n| Mooring rope | 816.5 |\n| TRUE | #N/A |",
            "",
        ],
    );
}

#[test]
fn numbers_are_written_as_their_formats_have_them() {
    let codes = [
        ("14", "45730", "2025-03-14"),
        ("22", "45730.75", "2025-03-14 18:00"),
        ("20", "0.5", "12:00"),
        ("46", "1.5", "36:00:00"),
        ("14", "59", "1900-02-28"),
        ("9", "0.125", "13%"),
        ("164", "1234.5", "1234.50 €"),
        ("165", "-3", "-$3.00"),
        ("166", "45730", "2025-03-14"),
        ("167", "0.5", "50.0%"),
        ("168", "12.3456", "12.3456"),
        ("0", "0.30000000000000004", "0.3"),
        ("0", "1E+20", "1e20"),
    ];
    let styles = r##"<numFmts><numFmt numFmtId="164" formatCode="#,##0.00\ &quot;€&quot;"/>
        <numFmt numFmtId="165" formatCode="_(&quot;$&quot;* #,##0.00_);_(&quot;$&quot;* \(#,##0.00\)"/>
        <numFmt numFmtId="166" formatCode="[$-407]d\. mmmm yyyy;@"/><numFmt numFmtId="167" formatCode="0.0%"/>
        <numFmt numFmtId="168" formatCode="[Red]General"/></numFmts>"##;
    let formats: String = codes.iter().map(|(id, ..)| format!(r#"<xf numFmtId="{id}"/>"#)).collect();
    let cells: String =
        codes.iter().enumerate().map(|(at, (_, value, _))| format!(r#"<c s="{at}"><v>{value}</v></c>"#)).collect();
    let file = workbook(&[("n", &data(&cells))], "", &format!("{styles}<cellXfs>{formats}</cellXfs>"));
    let pages = read(Xlsx, &file);
    let written: Vec<&str> = pages[0].lines().skip(1).map(|line| line.text.as_str()).collect();
    assert_eq!(written, codes.map(|(.., expected)| expected));
}

#[test]
fn merged_cells_are_spans() {
    let cells = [text("A1", "a"), text("C1", "b"), text("B2", "c"), text("C2", "d"), text("C3", "e")].concat();
    let sheet = format!(r#"{}<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B2:B3"/></mergeCells>"#, data(&cells));
    let pages = read(Xlsx, &workbook(&[("s", &sheet)], "", ""));
    let Content::Table(table) = &pages[0].blocks[1].content else { panic!("{pages:?}") };
    let spans: Vec<_> = table.cells().iter().map(|cell| (cell.text(), cell.row_span, cell.column_span)).collect();
    let expected = [("a", 1, 2), ("b", 1, 1), ("c", 2, 1), ("d", 1, 1), ("e", 1, 1)];
    assert_eq!(spans, expected.map(|(text, rows, columns)| (text.to_owned(), rows, columns)));
}

#[test]
fn two_cells_in_opposite_corners_are_two_cells() {
    let cells = [text("A1", "first"), text("XFD1048576", "last")].concat();
    check_pages(Xlsx, &workbook(&[("s", &data(&cells))], "", ""), &["# s\n\nfirst\n\nlast"]);
    let outside = workbook(&[("s", &data(&text("XFE1", "beyond")))], "", "");
    assert_eq!(attempt(Xlsx, outside), Some("document_invalid"));
}

#[test]
fn a_string_that_many_cells_share_is_counted_for_each() {
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(1_000);
    let strings = format!("<si><t>{}</t></si>", "x".repeat(1_000));
    let limits = Limits { max_text_bytes: 10_000, ..Limits::default() };
    let error = read_with(Xlsx, &workbook(&[("s", &data(&cells))], &strings, ""), &limits).unwrap_err();
    assert_eq!(error.to_string(), "document exceeds max_text_bytes: 11000 bytes of text, at most 10000 are allowed");
    let limits = Limits { max_table_cells: 999, ..Limits::default() };
    let error = read_with(Xlsx, &workbook(&[("s", &data(&cells))], &strings, ""), &limits).unwrap_err();
    assert_eq!(error.to_string(), "document exceeds max_table_cells: 1000 cells in a table, at most 999 are allowed");
}

#[test]
fn cells_on_a_diagonal_make_no_giant_table() {
    let cells: String =
        (0..2_000).map(|at| format!(r#"<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>"#, at + 1, column(at))).collect();
    let sheet = format!("<sheetData>{cells}</sheetData>");
    assert_eq!(attempt(Xlsx, workbook(&[("s", &sheet)], "", "")), Some("document_limit_exceeded"));
}

fn column(mut at: u32) -> String {
    let mut name = String::new();
    loop {
        name.insert(0, char::from(b'A' + u8::try_from(at % 26).unwrap()));
        if at < 26 {
            return name;
        }
        at = at / 26 - 1;
    }
}

#[test]
fn an_xls_has_formats_merged_cells_and_hidden_sheets() {
    check_pages(
        Xls,
        OFFERS,
        &[
            "# Offers\n\nElswick Chandlery\n\n| Item | Price | Share | Day |\n| --- | --- | --- | --- |\n\
             | Rope Łódź | € 816.50 | 12.5% | 2025-03-14 |\n| Rope Łódź | 4 | TRUE | 2.5 |\n| Total |  | 7 |  |",
            "# Notes\n\nfar away",
        ],
    );
}

/// A record of the XLSB format.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let [low, high] = [kind % 128, kind / 128].map(|byte| u8::try_from(byte).unwrap());
    let mut record = if high == 0 { vec![low] } else { vec![low | 0x80, high] };
    record.push(u8::try_from(data.len()).unwrap());
    record.extend_from_slice(data);
    record
}

fn wide(text: &str) -> Vec<u8> {
    let mut bytes = u32::try_from(text.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    bytes
}

fn binary_workbook() -> Vec<u8> {
    use std::io::Write;
    let cell =
        |kind: u16, column: u32, value: &[u8]| record(kind, &[&column.to_le_bytes()[..], &[0; 4], value].concat());
    let row = |row: u32| record(0, &[&row.to_le_bytes()[..], &[0; 13]].concat());
    let sheet = [
        record(0x0081, &[]),
        record(0x0094, &[0xFF; 16]),
        record(0x0091, &[]),
        row(0),
        cell(6, 0, &wide("Item")),
        cell(6, 16_383, &wide("Price")),
        row(1),
        cell(6, 0, &wide("Rope")),
        cell(5, 16_383, &816.5_f64.to_le_bytes()),
        row(1_048_575),
        cell(6, 0, &wide("last")),
        record(0x0092, &[]),
    ];
    let listed = [&[0; 8][..], &wide("rId1"), &wide("Offer")].concat();
    let book = [record(0x008F, &[]), record(0x009C, &listed), record(0x0090, &[]), record(0x009D, &[])];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let links = relations(&[("rId1", "worksheet", "worksheets/sheet1.bin")]);
    for (name, content) in [
        ("xl/_rels/workbook.bin.rels", links.into_bytes()),
        ("xl/workbook.bin", book.concat()),
        ("xl/worksheets/sheet1.bin", sheet.concat()),
    ] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_xlsb_is_read_cell_by_cell() {
    check_pages(Xlsb, &binary_workbook(), &["# Offer\n\n| Item | Price |\n| --- | --- |\n| Rope | 816.5 |\n\nlast"]);
}

#[test]
fn damaged_workbooks_never_panic() {
    let cells: String = (1..60).map(|at| text(&format!("A{at}"), "some text")).collect();
    survive(Xlsx, &workbook(&[("s", &data(&cells))], "", ""));
    survive(Xls, OFFERS);
    survive(Xlsb, &binary_workbook());
}
