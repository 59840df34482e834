use super::{check, check_refused, document};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
const SUPPORTED: &str = "supported are PDF, HTML, Markdown, CSV, TSV and plain text";

#[test]
fn an_empty_file_is_invalid_whatever_it_is_called() {
    check_refused(
        document("a.pdf", b""),
        "document_invalid",
        "document is not valid application/pdf: the file is empty (0 bytes)",
    );
    check_refused(
        document("a.txt", b""),
        "document_invalid",
        "document is not valid text/plain: the file is empty (0 bytes)",
    );
}

#[test]
fn blank_text_is_an_error_not_an_empty_result() {
    check_refused(
        document("a.txt", b" \r\n\t\n"),
        "document_has_no_text",
        "text/plain document has no text on any of its 1 page(s); scanned pages need optical character recognition, which is not available",
    );
}

#[test]
fn content_outweighs_name_and_declared_type() {
    let message = format!("document type is not supported: it looks like image/png; {SUPPORTED}");
    check_refused(document("a.pdf", PNG).declared("application/pdf"), "unsupported_document_type", &message);
    check(document("a.txt", b"\n<!DOCTYPE html><p>Hello</p>").declared("text/plain"), "text/html", &["Hello"]);
}

#[test]
fn text_that_claims_to_be_a_pdf_is_an_invalid_pdf() {
    check_refused(
        document("a.bin", b"just words").declared("application/pdf"),
        "document_invalid",
        "document is not valid application/pdf: no %PDF- header in its first 1024 bytes",
    );
}

#[test]
fn the_declared_type_goes_before_the_extension_unless_it_is_generic() {
    check(document("a.txt", b"a,b").declared("text/markdown; charset=utf-8"), "text/markdown", &["a,b"]);
    check(document("NOTES.MD", b"# a").declared("application/octet-stream"), "text/markdown", &["# a"]);
    check(document("notes.md", b"# a").declared("text/plain"), "text/markdown", &["# a"]);
}

#[test]
fn readable_text_is_what_it_is_declared_as_or_plain_text() {
    check(document("BMW", b"BM and MZ start other formats"), "text/plain", &["BM and MZ start other formats"]);
    check(document("a.json", b"{\"a\": 1}").declared("application/json"), "application/json", &["{\"a\": 1}"]);
}

#[test]
fn formats_without_a_reader_are_named() {
    for (bytes, declared, looks_like) in [
        (&b"PK\x03\x04\x14\0\0\0"[..], "", "application/zip"),
        (br"{\rtf1\ansi words}", "text/plain", "application/rtf"),
        (b"From: a@example.com\n\nwords", "message/rfc822", "message/rfc822"),
        (b"\0\x01\x02\x03", "", "binary data of unknown type"),
    ] {
        let message = format!("document type is not supported: it looks like {looks_like}; {SUPPORTED}");
        check_refused(document("a", bytes).declared(declared), "unsupported_document_type", &message);
    }
}

#[test]
fn input_over_its_cap_is_refused_before_it_is_read() {
    check_refused(
        document("a.txt", b"0123456789").limits(|limits| limits.max_input_bytes = 9),
        "document_limit_exceeded",
        "document exceeds max_input_bytes: 10 bytes, at most 9 are allowed",
    );
}
