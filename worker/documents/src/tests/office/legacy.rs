//! DOC and PPT, made of their streams: no program here writes them.

use std::io::{Cursor, Write};

use super::hostile::{attempt, survive};
use super::{check_pages, read_with};
use crate::Limits;
use crate::detect::Kind::{Doc, Ppt};

fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, content) in streams {
        file.create_stream(name).unwrap().write_all(content).unwrap();
    }
    file.into_inner().into_inner()
}

/// A Word 97 file of one piece of text in windows-1252.
fn word(text: &[u8], change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    const TEXT_AT: u32 = 1024;
    let length = u32::try_from(text.len()).unwrap();
    let mut main = vec![0; 1024];
    let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
    put(0x00, &0xA5EC_u16.to_le_bytes());
    put(0x02, &0x00C1_u16.to_le_bytes());
    // The table stream is `1Table`; then the lengths of the arrays of the header.
    put(0x0A, &0x0200_u16.to_le_bytes());
    put(0x20, &14_u16.to_le_bytes());
    put(0x3E, &22_u16.to_le_bytes());
    put(0x4C, &length.to_le_bytes());
    put(0x98, &93_u16.to_le_bytes());
    // One piece: its kind, its size, the positions of its ends, and where it is, doubled, for one byte a character.
    let mut pieces = vec![2];
    pieces.extend(16_u32.to_le_bytes());
    pieces.extend([0_u32.to_le_bytes(), length.to_le_bytes()].concat());
    pieces.extend([0, 0]);
    pieces.extend((0x4000_0000 | (TEXT_AT * 2)).to_le_bytes());
    pieces.extend([0, 0]);
    put(0x9A + 33 * 8, &0_u32.to_le_bytes());
    put(0x9A + 33 * 8 + 4, &u32::try_from(pieces.len()).unwrap().to_le_bytes());
    main.extend_from_slice(text);
    change(&mut main);
    compound(&[("/WordDocument", &main), ("/1Table", &pieces)])
}

#[test]
fn a_doc_has_paragraphs_fields_and_pages() {
    let text = b"Caf\xe9 on the quay\r\x13 PAGE \x14link\x15 shown\r\x0cNext page\r";
    check_pages(Doc, &word(text, |_| ()), &["Café on the quay\n\nlink shown", "Next page"]);
}

#[test]
fn a_doc_that_says_too_much_of_itself_is_refused() {
    let huge = word(b"a\r", |main| main[0x4C..0x50].copy_from_slice(&u32::MAX.to_le_bytes()));
    let error = read_with(Doc, &huge, &Limits::default()).unwrap_err();
    assert!(error.to_string().ends_with(": it says that it has more characters than bytes"), "{error}");
    let encrypted = word(b"a\r", |main| main[0x0B] |= 0x01);
    let error = read_with(Doc, &encrypted, &Limits::default()).unwrap_err();
    assert!(error.to_string().contains("an Office document that is encrypted with a password"), "{error}");
    assert_eq!(attempt(Doc, compound(&[("/Other", b"x")])), Some("document_invalid"));
}

fn record(version: u16, kind: u16, data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len()).unwrap().to_le_bytes();
    [&version.to_le_bytes()[..], &kind.to_le_bytes(), &size, data].concat()
}

/// A presentation of one slide with these records in its drawing.
fn slides(drawing: &[u8]) -> Vec<u8> {
    let listed = [&2_u32.to_le_bytes()[..], &[0; 8], &256_u32.to_le_bytes(), &[0; 4]].concat();
    let title = [record(0, 0x0F9F, &0_u32.to_le_bytes()), record(0, 0x0FA8, b"Report")].concat();
    let list = record(0x0F, 0x0FF0, &[record(0, 0x03F3, &listed), title].concat());
    let document = record(0x0F, 0x03E8, &list);
    let slide = record(0x0F, 0x03EE, &[record(0, 0x03EF, &[0; 24]), drawing.to_vec()].concat());
    let place = |at: usize| u32::try_from(at).unwrap().to_le_bytes();
    let directory = [(1_u32 | 2 << 20).to_le_bytes(), place(0), place(document.len())].concat();
    let directory_at = document.len() + slide.len();
    let directory = record(0, 0x1772, &directory);
    let edit_at = directory_at + directory.len();
    let edit = [&[0; 8][..], &place(0), &place(directory_at), &1_u32.to_le_bytes(), &[0; 8]].concat();
    let stream = [document, slide, directory, record(0, 0x0FF5, &edit)].concat();
    let user = [&[0; 8][..], &20_u32.to_le_bytes(), &0xE391_C05F_u32.to_le_bytes(), &place(edit_at), &[0; 12]].concat();
    compound(&[("/Current User", &user), ("/PowerPoint Document", &stream)])
}

#[test]
fn a_ppt_has_slides_with_titles_and_text_boxes() {
    let text: Vec<u8> = "Łódź\rsecond".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let shape = record(0x0F, 0xF00D, &[record(0, 0x0F9F, &4_u32.to_le_bytes()), record(0, 0x0FA0, &text)].concat());
    let pages = super::texts(&super::read(Ppt, &slides(&shape)));
    assert_eq!(pages.len(), 1);
    let mut blocks: Vec<&str> = pages[0].split("\n\n").collect();
    blocks.sort_unstable();
    assert_eq!(blocks, ["# Report", "second", "Łódź"]);
}

#[test]
fn records_nested_without_end_are_refused_before_they_are_followed() {
    let deep = (0..20_000).fold(Vec::new(), |inner: Vec<u8>, _| record(0x0F, 0xF004, &inner));
    assert_eq!(attempt(Ppt, slides(&deep)), Some("document_limit_exceeded"));
}

#[test]
fn damaged_files_never_panic() {
    survive(Doc, &word(b"some text\rmore text\r\x07\x07", |_| ()));
    survive(Ppt, &slides(&record(0x0F, 0xF00D, &record(0, 0x0FA8, b"text"))));
}
