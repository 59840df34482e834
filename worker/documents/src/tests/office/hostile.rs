//! Files that were made or damaged to do harm: each ends with an error that has a name, none with a panic.

use std::panic::catch_unwind;

use super::{container, read_with, relations};
use crate::detect::Kind;
use crate::{Error, Limits};

/// Every tenth beginning of a file, and copies of it with some bytes changed by a seeded generator. Whatever is read
/// of them, reading ends with pages or with an error.
pub(super) fn survive(kind: Kind, bytes: &[u8]) {
    for end in (0..bytes.len()).step_by(10) {
        let _ended = attempt(kind, bytes[..end].to_vec());
    }
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random >> 33).unwrap()
    };
    for _ in 0..200 {
        let mut damaged = bytes.to_vec();
        for _ in 0..=next() % 8 {
            let at = next() % damaged.len();
            damaged[at] = u8::try_from(next() % 256).unwrap();
        }
        let _ended = attempt(kind, damaged);
    }
}

/// Reads and says by which code it was refused, if it was.
#[track_caller]
pub(super) fn attempt(kind: Kind, bytes: Vec<u8>) -> Option<&'static str> {
    let limits = Limits { max_pages: 500, max_text_bytes: 4 << 20, max_table_cells: 100_000, ..Limits::default() };
    let result = catch_unwind(move || read_with(kind, &bytes, &limits).map(|pages| assert!(!pages.is_empty())));
    let error = result.expect("reading must not panic").err()?;
    assert!(
        matches!(error.code(), "document_invalid" | "document_limit_exceeded" | "unsupported_document_type"),
        "{error}"
    );
    Some(error.code())
}

fn refused(kind: Kind, bytes: &[u8], limits: &Limits) -> String {
    read_with(kind, bytes, limits).unwrap_err().to_string()
}

fn document(body: &str) -> Vec<u8> {
    container(&[
        ("_rels/.rels", &relations(&[("rId1", "officeDocument", "word/document.xml")])),
        ("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>")),
    ])
}

#[test]
fn a_damaged_docx_never_panics() {
    survive(Kind::Docx, &document(&"<w:p><w:r><w:t>some text</w:t></w:r></w:p>".repeat(20)));
}

#[test]
fn a_part_that_inflates_too_far_is_refused() {
    let bomb = document(&" ".repeat(20 << 20));
    assert!(bomb.len() < 64 << 10, "{}", bomb.len());
    let message = refused(Kind::Docx, &bomb, &Limits::default());
    assert!(message.starts_with("document exceeds max_inflation_ratio: "), "{message}");
    let small = document(&" ".repeat(1 << 20));
    let limits = Limits { max_part_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(
        refused(Kind::Docx, &small, &limits),
        "document exceeds max_part_bytes: 1048618 bytes in a part, at most 1048576 are allowed"
    );
    let limits = Limits { max_container_bytes: 1 << 20, ..Limits::default() };
    assert!(refused(Kind::Docx, &small, &limits).starts_with("document exceeds max_container_bytes: "));
}

#[test]
fn a_container_of_many_entries_is_refused() {
    let names: Vec<String> = (0..300).map(|at| format!("word/{at}.xml")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let limits = Limits { max_container_entries: 299, ..Limits::default() };
    assert_eq!(
        refused(Kind::Docx, &container(&parts), &limits),
        "document exceeds max_container_entries: 300 entries of a container, at most 299 are allowed"
    );
}

#[test]
fn nesting_and_the_nodes_of_a_paragraph_have_caps() {
    let deep = format!("{}{}", "<w:sdt>".repeat(50_000), "</w:sdt>".repeat(50_000));
    assert_eq!(
        refused(Kind::Docx, &document(&deep), &Limits::default()),
        "document exceeds max_nesting: 257 nested elements, at most 256 are allowed"
    );
    let wide = format!("<w:p>{}</w:p>", "<w:r/>".repeat(1_000));
    let limits = Limits { max_xml_nodes: 500, ..Limits::default() };
    assert_eq!(
        refused(Kind::Docx, &document(&wide), &limits),
        "document exceeds max_xml_nodes: 501 nodes of XML, at most 500 are allowed"
    );
}

#[test]
fn tables_cannot_span_more_than_a_table_may_hold() {
    let cell = |span: u32| {
        format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"#)
    };
    let body = format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell(u32::MAX), cell(u32::MAX));
    let error = read_with(Kind::Docx, &document(&body), &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "document_limit_exceeded");
}

#[test]
fn entities_and_missing_ends_are_invalid() {
    let declared = container(&[("word/document.xml", r#"<!DOCTYPE a [<!ENTITY x "y">]><w:document/>"#)]);
    let invalid = |reason: &str| Error::Invalid { media_type: Kind::Docx.media_type(), reason: reason.to_owned() };
    let read = |bytes: &[u8]| read_with(Kind::Docx, bytes, &Limits::default()).unwrap_err();
    assert_eq!(read(&declared), invalid("its XML declares a document type"));
    let open = container(&[("word/document.xml", "<w:document><w:body><w:p>")]);
    assert_eq!(read(&open), invalid("its XML ends inside an element"));
    assert_eq!(read(&container(&[("a", "b")])), invalid("the part word/document.xml is missing"));
    assert_eq!(read(b"PK\x03\x04 and no more"), invalid("its zip container is damaged"));
}

#[test]
fn an_encrypted_office_file_is_named_as_such() {
    let mut compound = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let message = refused(Kind::Docx, &compound, &Limits::default());
    assert!(message.contains("an Office document that is encrypted with a password"), "{message}");
}
