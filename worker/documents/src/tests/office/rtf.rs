use super::hostile::{attempt, survive};
use super::{check_pages, read, read_with};
use crate::Limits;
use crate::detect::Kind::Rtf;
use crate::document::Content;

fn document(body: &str) -> Vec<u8> {
    let head = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}
        {\f2\fcharset2 Symbol;}{\f3\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}
        {\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\*\cs10 Default Paragraph Font;}{\s2\outlinelevel1 Chapter;}}
        {\info{\title Not text}{\author Nobody}}\pard\plain ";
    format!("{head}{body}}}").into_bytes()
}

#[test]
fn characters_come_from_code_pages_of_fonts_and_from_unicode() {
    check_pages(
        Rtf,
        &document(
            r"Caf\'e9 \u8364?5 {\f1 \'cf\'f0\'e8} {\f3 \'93\'fa} {\uc0\u-10179\u-8704}{\uc2\u233\'65\'65}\'97\emdash\~x\
y\{\}\_z",
        ),
        &["Café €5 При 日 😀é—— x\n\ny{}-z"],
    );
}

#[test]
fn pictures_field_codes_hidden_and_deleted_text_are_left_out() {
    check_pages(
        Rtf,
        &document(
            r"A{\pict\pngblip 89504e47}{\*\unknown nothing}{\field{\*\fldinst HYPERLINK x}{\fldrslt  link}}{\v hidden}
            {\deleted gone}\bin4 {}}{ after{\object{\*\objdata 0102}{\result  shown}}{\shp{\*\shpinst{\sp{\sn a}{\sv b}}
            {\shptxt\pard Boxed\par}}{\shprslt again}}\par B",
        ),
        &["A link after shown\n\nBoxed\n\nB"],
    );
}

#[test]
fn headings_lists_and_pages() {
    let body = r"\s1 One\par\pard\s2 Two\par\pard{\listtext\pard\plain\f2 \'b7\tab}\ilvl0 rope\par
        {\listtext\pard\plain 1.\tab}\ilvl1 first\par\pard Text\page Next\par\sect\sectd\sbknone Same\sect\sectd Third\par\pard\pagebb Last\par";
    let pages = read(Rtf, &document(body));
    let Content::List { items } = &pages[0].blocks[2].content else { panic!("{pages:?}") };
    let found: Vec<_> = items.iter().map(|item| (item.level, item.marker.as_str())).collect();
    assert_eq!(found, [(0, "•"), (1, "1.")]);
    check_pages(
        Rtf,
        &document(body),
        &["# One\n\n## Two\n\n- rope\n  1. first\n\nText", "Next\n\nSame", "Third", "Last"],
    );
}

#[test]
fn headers_footers_and_notes_are_read_once() {
    let section = r"{\header\pard Elswick Chandlery\par}{\footer VAT 12}";
    let body = format!(r"{section}One{{\footnote\pard Noted}}, two\par\sect\sectd{section}Three\par");
    check_pages(Rtf, &document(&body), &["Elswick Chandlery\n\nOne [1], two", "Three\n\n[1] Noted\n\nVAT 12"]);
}

#[test]
fn tables_keep_spans_and_header_rows() {
    let body = r"\trowd\trhdr\cellx2000\cellx6000\pard\intbl Item\cell Price\cell\row
        \trowd\clvmgf\cellx2000\cellx4000\cellx6010\pard\intbl Rope\cell 1\cell 2\par more\cell\row
        \trowd\clvmrg\cellx2000\cellx4000\cellx6000\pard\intbl\cell 3\cell 4\cell\row\pard After\par";
    let pages = read(Rtf, &document(body));
    let Content::Table(table) = &pages[0].blocks[0].content else { panic!("{pages:?}") };
    let cells: Vec<_> = table
        .cells()
        .iter()
        .map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span, cell.text()))
        .collect();
    let expected = [
        (0, 0, 1, 1, "Item"),
        (0, 1, 1, 2, "Price"),
        (1, 0, 2, 1, "Rope"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2\nmore"),
        (2, 1, 1, 1, "3"),
        (2, 2, 1, 1, "4"),
    ];
    assert_eq!(cells, expected.map(|(row, column, rows, columns, text)| (row, column, rows, columns, text.to_owned())));
    assert_eq!((table.header_rows, pages[0].blocks.len()), (1, 2));
}

#[test]
fn hostile_files_end_with_a_named_error() {
    survive(
        Rtf,
        &document(
            r"\trowd\cellx1\pard\intbl a\cell\row\pard{\header x}{\listtext 1.}b\u8364?\'e9\par".repeat(5).as_str(),
        ),
    );
    assert_eq!(attempt(Rtf, document(&"{".repeat(100_000))), Some("document_limit_exceeded"));
    assert_eq!(attempt(Rtf, b"{\\rtf1 open".to_vec()), Some("document_invalid"));
    assert_eq!(attempt(Rtf, b"no rtf".to_vec()), Some("document_invalid"));
    assert_eq!(attempt(Rtf, document(r"\bin2147483647 x")), Some("document_invalid"));
    let wide: String = (0..2_000)
        .map(|at| format!(r"\trowd\cellx{}\cellx{}\pard\intbl a\cell b\cell\row", at * 100, at * 100 + 50))
        .collect();
    assert_eq!(attempt(Rtf, document(&wide)), Some("document_limit_exceeded"));
    let limits = Limits { max_pages: 2, ..Limits::default() };
    let error = read_with(Rtf, &document(r"a\page b\page c"), &limits).unwrap_err();
    assert_eq!(error.to_string(), "document exceeds max_pages: 3 pages, at most 2 are allowed");
}
