use std::io::{Cursor, Write as _};

use super::pages;
use crate::format::mail::msg::compressed;
use crate::tests::{check_refused, document};

/// A message in the making.
struct Msg {
    file: cfb::CompoundFile<Cursor<Vec<u8>>>,
}

impl Msg {
    fn new() -> Self {
        let mut msg = Self { file: cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap() };
        msg.fixed("/", 32, &[]);
        msg
    }

    fn storage(&mut self, path: &str) {
        self.file.create_storage(path).unwrap();
    }

    fn stream(&mut self, path: &str, bytes: &[u8]) {
        self.file.create_stream(path).unwrap().write_all(bytes).unwrap();
    }

    /// A property of text, in UTF-16.
    fn text(&mut self, path: &str, number: u16, text: &str) {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.stream(&format!("{}/__substg1.0_{number:04X}001F", path.trim_end_matches('/')), &bytes);
    }

    /// The properties of fixed size after a header: type, number, value.
    fn fixed(&mut self, path: &str, header: usize, values: &[(u16, u16, u64)]) {
        let mut bytes = vec![0; header];
        for (kind, number, value) in values {
            bytes.extend([kind.to_le_bytes(), number.to_le_bytes()].concat());
            bytes.extend([0; 4]);
            bytes.extend(value.to_le_bytes());
        }
        self.stream(&format!("{}/__properties_version1.0", path.trim_end_matches('/')), &bytes);
    }

    fn bytes(mut self) -> Vec<u8> {
        self.file.flush().unwrap();
        self.file.into_inner().into_inner()
    }
}

/// 23 November 2026, 06:05, in UTC.
const MORNING: u64 = (1_795_413_900 + 11_644_473_600) * 10_000_000;

#[test]
fn the_subject_the_people_the_time_and_the_text_are_a_page() {
    let mut msg = Msg::new();
    msg.fixed("/", 32, &[(0x0040, 0x0039, MORNING)]);
    for (number, text) in
        [(0x0037, "Rope für Zoë"), (0x0c1a, "Ada"), (0x5d01, "ada@example.com"), (0x1000, "Hello\r\n\r\nAda")]
    {
        msg.text("/", number, text);
    }
    for (number, name, mail, kind) in
        [(0, "Bo", "bo@example.com", 1), (1, "dee@example.com", "dee@example.com", 2), (2, "Eve", "/O=X", 3)]
    {
        let path = format!("/__recip_version1.0_#{number:08X}");
        msg.storage(&path);
        msg.fixed(&path, 8, &[(0x0003, 0x0c15, kind)]);
        msg.text(&path, 0x3001, name);
        msg.text(&path, 0x3003, mail);
    }
    let expected = "# Rope für Zoë\n\nFrom: Ada <ada@example.com>\nTo: Bo <bo@example.com>\nCc: dee@example.com\n\
                    Date: 2026-11-23 06:05 UTC\n\nHello\n\nAda";
    assert_eq!(pages("a", &msg.bytes()), [expected]);
}

#[test]
fn old_messages_are_in_a_code_page_and_rich_text_declares_its_own() {
    let mut msg = Msg::new();
    msg.fixed("/", 32, &[(0x0003, 0x3ffd, 1251), (0x0003, 0x3fde, 1253)]);
    msg.stream("/__substg1.0_0037001E", &encoding_rs::WINDOWS_1251.encode("Канат").0);
    msg.stream("/__substg1.0_10130102", &encoding_rs::WINDOWS_1253.encode("<ul><li>σχοινί</ul>").0);
    msg.text("/", 0x1000, "plain");
    assert_eq!(pages("a", &msg.bytes()), ["# Канат\n\n- σχοινί"]);
}

#[test]
fn attachments_are_documents_and_messages_in_messages_too() {
    let mut msg = Msg::new();
    msg.text("/", 0x0037, "outer");
    for (number, name, bytes) in [(0, "prices.csv", &b"item;price\nrope;5"[..]), (1, "all.zip", b"PK\x03\x04")] {
        let path = format!("/__attach_version1.0_#{number:08X}");
        msg.storage(&path);
        msg.fixed(&path, 8, &[(0x0003, 0x3705, 1)]);
        msg.text(&path, 0x3707, name);
        msg.stream(&format!("{path}/__substg1.0_37010102"), bytes);
    }
    // A picture in the text.
    msg.storage("/__attach_version1.0_#00000002");
    msg.fixed("/__attach_version1.0_#00000002", 8, &[(0x0003, 0x3714, 4)]);
    msg.text("/__attach_version1.0_#00000002", 0x370e, "image/png");
    msg.stream("/__attach_version1.0_#00000002/__substg1.0_37010102", b"\x89PNG\r\n\x1a\n");
    let inner = "/__attach_version1.0_#00000003/__substg1.0_3701000D";
    msg.storage("/__attach_version1.0_#00000003");
    msg.fixed("/__attach_version1.0_#00000003", 8, &[(0x0003, 0x3705, 5)]);
    msg.storage(inner);
    msg.fixed(inner, 24, &[]);
    msg.text(inner, 0x0037, "inner");
    msg.text(inner, 0x1000, "words");
    assert_eq!(
        pages("a", &msg.bytes()),
        [
            "# outer",
            "# prices.csv\n\n| item | price |\n| --- | --- |\n| rope | 5 |",
            "Attachment all.zip was not read: its type is not supported: it looks like application/zip",
            "# inner\n\nwords",
        ],
    );
}

/// The example of the specification (MS-OXRTFCP 4.1).
#[test]
fn text_that_is_kept_as_compressed_rtf_alone_is_read() {
    const SIMPLE: [u8; 49] = [
        0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0, 0x72, 0x63,
        0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77, 0x05,
        0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
    ];
    let limits = crate::Limits::default();
    let text = compressed::inflate(&SIMPLE, &limits).unwrap();
    assert_eq!(text, b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
}

#[test]
fn a_broken_message_names_what_is_broken() {
    let mut msg = Msg::new();
    msg.text("/", 0x0037, "a");
    let bytes = msg.bytes();
    check_refused(
        document("a.msg", &bytes[..700]),
        "document_invalid",
        "document is not valid application/vnd.ms-outlook: the directory of its streams cannot be read",
    );
}
