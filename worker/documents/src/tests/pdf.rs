use super::{check, check_refused, document};
use crate::{Engine, Limits, Progress, ReadOptions, Source};

const REPORT: &[u8] = include_bytes!("../../../../tests/fixtures/report.pdf");
const REPORT_TEXT: &str = include_str!("../../../../tests/fixtures/report.txt");
const SCAN: &[u8] = include_bytes!("../../../../tests/fixtures/scan.pdf");

/// A page of 200 by 100 points with the given content, font `F` and further entries.
fn page(content: &str, entries: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R {entries} \
             /Resources << /Font << /F 5 0 R >> >> >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    file(&objects.map(String::into_bytes), 0)
}

/// Text in Courier, whose glyphs are all 0.6 em wide.
fn show(text: &str, x: u32, y: u32, size: u32) -> String {
    format!("BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n")
}

#[track_caller]
fn check_page(content: &str, expected: &str) {
    check(document("a.pdf", &page(content, "")), "application/pdf", &[expected]);
}

#[test]
fn pages_lines_paragraphs_and_table_rows_in_order() {
    let parsed = document("report", REPORT).parse().unwrap();
    assert_eq!(parsed.pages.len(), 3);
    assert_eq!(parsed.text(), REPORT_TEXT.trim_end());
}

#[test]
fn a_rotated_page_reads_upright() {
    // The page is shown a quarter turn clockwise: text that runs up the sheet is upright for the reader and comes
    // first, text that runs across the sheet is sideways.
    let up = "BT /F 10 Tf 0 1 -1 0 40 10 Tm (first) Tj ET BT /F 10 Tf 0 1 -1 0 52 10 Tm (second) Tj ET ";
    let content = show("third", 100, 50, 10) + up;
    check(document("a.pdf", &page(&content, "/Rotate 90")), "application/pdf", &["first\nsecond\n\nthird"]);
}

#[test]
fn text_across_the_page_follows_the_upright_text() {
    let content = "BT /F 8 Tf 0 1 -1 0 20 10 Tm (margin) Tj ET ".to_owned() + &show("body", 50, 50, 10);
    check_page(&content, "body\n\nmargin");
}

#[test]
fn drawing_order_does_not_matter_and_gaps_part_words() {
    let content =
        show("below", 10, 20, 10) + &show("cell", 90, 50, 10) + &show("two", 36, 50, 10) + &show("one", 10, 50, 10);
    check_page(&content, "one two cell\n\nbelow");
    check_page("BT /F 10 Tf 10 50 Td [(k) -80 (ern) -300 (gap)] TJ ET", "kern gap");
}

#[test]
fn text_over_a_rule_of_underscores_is_not_shuffled_into_it() {
    check_page(&(show("Name: ______", 10, 50, 10) + &show("Ada", 52, 50, 9)), "Name: ______ Ada");
}

#[test]
fn overprinted_text_is_read_once() {
    check_page(&(show("bold", 10, 50, 10) + &show("bold", 10, 50, 10).replace("10 50", "10.4 50")), "bold");
    check_page(&format!("2 Tr {}", show("outlined", 10, 50, 10)), "outlined");
}

#[test]
fn hidden_text_is_read_unless_visible_text_covers_it() {
    let hidden = format!("3 Tr {}{}0 Tr ", show("Hello", 10, 50, 10), show("World", 46, 50, 10));
    check_page(&hidden, "Hello World");
    check_page(&(hidden + &show("Hello World", 10, 50, 10)), "Hello World");
}

#[test]
fn text_outside_the_page_and_control_characters_are_dropped() {
    check_page(&(show("in", 10, 50, 10) + &show("out", 10, 500, 10)), "in");
    check_page(&show("a\\001\\n", 10, 50, 10), "a");
}

#[test]
fn a_pdf_without_a_text_layer_needs_recognition() {
    check_refused(
        document("scan.pdf", SCAN),
        "ocr_model_missing",
        "document needs character recognition, and its model PP-OCRv6_det_small.onnx is missing: fetch the models with \
         `make models` and name their directory in QUIRE_MODELS_DIR",
    );
}

#[test]
fn a_truncated_pdf_is_invalid() {
    check_refused(
        document("report.pdf", &REPORT[..60]),
        "document_invalid",
        "document is not valid application/pdf: its objects or its page tree cannot be read",
    );
}

#[test]
fn a_pdf_that_lost_its_end_is_repaired() {
    let parsed = document("report.pdf", &REPORT[..REPORT.len() - 200]).parse().unwrap();
    assert_eq!(parsed.text(), REPORT_TEXT.trim_end());
}

#[test]
fn pages_and_glyphs_have_caps() {
    check_refused(
        document("report.pdf", REPORT).limits(|limits| limits.max_pages = 2),
        "document_limit_exceeded",
        "document exceeds max_pages: 3 pages, at most 2 are allowed",
    );
    check_refused(
        document("a.pdf", &page(&show("too many", 10, 50, 10), "")).limits(|limits| limits.max_page_glyphs = 7),
        "document_limit_exceeded",
        "document exceeds max_page_glyphs: 8 glyphs on a page, at most 7 are allowed",
    );
}

/// Made by `qpdf --static-id --encrypt harbour owner BITS` from a page that reads `Sealed letter`; the last one with an
/// empty user password.
const SEALED: [(&str, &[u8]); 4] = [
    ("RC4, 40 bits", include_bytes!("fixtures/rc4_40.pdf")),
    ("RC4, 128 bits", include_bytes!("fixtures/rc4_128.pdf")),
    ("AES, 128 bits", include_bytes!("fixtures/aes_128.pdf")),
    ("AES, 256 bits", include_bytes!("fixtures/aes_256.pdf")),
];
const SEALED_FOR_CHANGES: &[u8] = include_bytes!("fixtures/aes_256_empty.pdf");

#[test]
fn a_password_opens_each_kind_of_encryption() {
    for (kind, bytes) in SEALED {
        let parsed = document("a.pdf", bytes).password("harbour").parse();
        assert_eq!(parsed.unwrap().pages, ["Sealed letter"], "{kind}");
    }
}

#[test]
fn a_missing_and_a_wrong_password_are_told_apart_and_not_repeated() {
    for (_, bytes) in SEALED {
        check_refused(
            document("a.pdf", bytes),
            "document_password_required",
            "document is protected by a password: give it as document.password",
        );
        check_refused(
            document("a.pdf", bytes).password("seaside"),
            "document_password_wrong",
            "document is protected by another password than document.password",
        );
    }
}

#[test]
fn an_empty_password_is_tried_first_and_a_needless_one_does_no_harm() {
    check(document("a.pdf", SEALED_FOR_CHANGES), "application/pdf", &["Sealed letter"]);
    let parsed = document("report.pdf", REPORT).password("harbour").parse().unwrap();
    assert_eq!(parsed.text(), REPORT_TEXT.trim_end());
}

/// A file of these objects, the first one its catalog; `listed` more objects are in its cross-reference only.
pub(super) fn file(objects: &[Vec<u8>], listed: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let size = objects.len() + listed + 1;
    let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    for _ in 0..listed {
        table += "0000000009 00000 n \n";
    }
    let start = file.len();
    file.extend(table.bytes());
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

fn two_pages(second_contents: &str) -> Vec<Vec<u8>> {
    let page = |contents: &str| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents {contents} \
             /Resources << /Font << /F 6 0 R >> >> >>"
        )
        .into_bytes()
    };
    let content = show("here", 10, 50, 10);
    vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_vec(),
        page("5 0 R"),
        page(second_contents),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_vec(),
    ]
}

#[test]
fn a_page_whose_content_is_listed_and_not_there_is_refused() {
    check_refused(
        document("a.pdf", &file(&two_pages("7 0 R"), 1)),
        "document_invalid",
        "document is not valid application/pdf: 1 of the 7 objects that its cross-reference lists cannot be read, 1 of them needed by its pages",
    );
}

#[test]
fn an_object_that_is_listed_and_needed_by_no_page_may_be_missing() {
    check(document("a.pdf", &file(&two_pages("5 0 R"), 2)), "application/pdf", &["here", "here"]);
}

#[test]
fn a_page_whose_content_does_not_inflate_is_refused() {
    let mut objects = two_pages("7 0 R");
    objects.push(b"<< /Length 26 /Filter /FlateDecode >>\nstream\nthis was never deflated at all\nendstream".to_vec());
    check_refused(
        document("a.pdf", &file(&objects, 0)),
        "document_invalid",
        "document is not valid application/pdf: the content of page 2 cannot be decoded",
    );
}

#[test]
fn a_stream_in_ascii_that_ends_in_a_lone_digit_is_read_to_there() {
    // BT /F 10 Tf 10 50 Td (here) Tj ET
    let content = "6<#'\\7NaE>+B2qq0ea_-0Ha>*+=Lo7Eb-[B<,*OE<$3;+";
    let mut objects = two_pages("7 0 R");
    objects.push(
        format!("<< /Length {} /Filter [ /ASCII85Decode ] >>\nstream\n{content}5~>\nendstream", content.len() + 3)
            .into_bytes(),
    );
    check(document("a.pdf", &file(&objects, 0)), "application/pdf", &["here", "here"]);
}

#[test]
fn text_is_counted_while_pages_are_read() {
    let bytes = file(&two_pages("5 0 R"), 0);
    let source = Source { bytes: &bytes, filename: "a.pdf", media_type: None };
    let limits = Limits { max_text_bytes: 7, ..Limits::default() };
    let mut pages = 0;
    let mut told = |progress: Progress| pages = progress.done;
    let error = Engine::without_models().read(&source, &ReadOptions::default(), &limits, &mut told).unwrap_err();
    assert_eq!(error.to_string(), "document exceeds max_text_bytes: 8 bytes of text, at most 7 are allowed");
    assert_eq!(pages, 1);
}

#[test]
fn rules_and_pictures_have_caps() {
    let lines = "10 10 m 100 10 l S\n".repeat(3);
    check_refused(
        document("a.pdf", &page(&lines, "")).limits(|limits| limits.max_page_rules = 2),
        "document_limit_exceeded",
        "document exceeds max_page_rules: 3 rules on a page, at most 2 are allowed",
    );
    let picture = "q 50 0 0 50 10 10 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q\n".repeat(2);
    check_refused(
        document("a.pdf", &page(&picture, "")).limits(|limits| limits.max_page_images = 1),
        "document_limit_exceeded",
        "document exceeds max_page_images: 2 pictures on a page, at most 1 are allowed",
    );
}

#[test]
fn a_table_drawn_on_its_side_is_a_table() {
    // Turned a quarter to the left on an upright page: x of the table runs up the page, its y runs to the right.
    let cell = |text: &str, x: u32, y: u32| format!("BT /F 5 Tf 0 1 -1 0 {y} {x} Tm ({text}) Tj ET\n");
    let mut content = String::new();
    for y in [20, 40, 60] {
        content += &format!("{y} 10 m {y} 90 l S\n");
    }
    for x in [10, 50, 90] {
        content += &format!("20 {x} m 60 {x} l S\n");
    }
    content += &(cell("Port", 15, 34) + &cell("Ships", 55, 34) + &cell("Elswick", 15, 54) + &cell("212", 55, 54));
    let parsed = document("a.pdf", &page(&content, "")).tables(crate::TableFormat::Markdown).parse().unwrap();
    assert_eq!(parsed.pages, ["| Port | Ships |\n| --- | --- |\n| Elswick | 212 |"]);
}
