use super::{check, check_refused, document};

const LETTER: &[u8] = include_bytes!("../../../../tests/fixtures/letter.txt");
const NOTES: &str = include_str!("../../../../tests/fixtures/notes.md");

fn utf_16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes_of).collect()
}

#[test]
fn utf_8_with_and_without_a_mark() {
    let letter = String::from_utf8(LETTER.to_vec()).unwrap();
    check(document("letter.txt", LETTER), "text/plain", &[letter.trim_end()]);
    check(document("a.txt", "\u{feff}naïve".as_bytes()), "text/plain", &["naïve"]);
}

#[test]
fn utf_16_by_its_mark_in_both_byte_orders() {
    check(document("a.txt", &utf_16("Zoë, 5 €", u16::to_le_bytes)), "text/plain", &["Zoë, 5 €"]);
    check(document("a.txt", &utf_16("Zoë, 5 €", u16::to_be_bytes)), "text/plain", &["Zoë, 5 €"]);
}

#[test]
fn utf_16_without_a_mark_by_its_letters_or_spaces() {
    for text in ["Zoë, 5 €", "Добрый день, Анна", "a"] {
        for bytes_of in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(bytes_of).collect();
            check(document("a.txt", &bytes), "text/plain", &[text]);
        }
    }
}

#[test]
fn legacy_encodings_are_declared_or_told_by_their_words() {
    check(document("a.txt", b"caf\xe9 \x80 5 \x96 \x93ok\x94"), "text/plain", &["café € 5 – “ok”"]);
    let greek = document("a.txt", b"\xe1\xe2\xe3").declared("text/plain; charset=\"ISO-8859-7\"");
    check(greek, "text/plain", &["αβγ"]);
    let mislabelled = document("a.txt", "café".as_bytes()).declared("text/plain; charset=iso-8859-1");
    check(mislabelled, "text/plain", &["café"]);
    for (encoding, text) in [
        (encoding_rs::WINDOWS_1251, "Счёт за поставку канатов и верёвок, оплата в течение тридцати дней"),
        (encoding_rs::WINDOWS_1253, "Τιμολόγιο για σχοινιά, πληρωτέο εντός τριάντα ημερών"),
        (encoding_rs::SHIFT_JIS, "請求書：ロープ二十四ミリ、お支払いは三十日以内にお願いします。"),
        (encoding_rs::WINDOWS_1250, "Faktura za dodávku lodních lan, splatná do třiceti dnů, děkujeme za příležitost"),
    ] {
        check(document("a.txt", &encoding.encode(text).0), "text/plain", &[text]);
    }
}

#[test]
fn line_ends_become_line_feeds_and_form_feeds_part_pages() {
    check(document("a.txt", b"one\r\ntwo\rthree\n"), "text/plain", &["one\ntwo\nthree"]);
    check(document("a.txt", b"one\n\x0c\x0cthree\n\x0c\n"), "text/plain", &["one", "", "three"]);
}

#[test]
fn markdown_is_kept_as_it_is() {
    check(document("notes.md", NOTES.as_bytes()), "text/markdown", &[NOTES.trim_end()]);
}

#[test]
fn pages_and_text_have_caps() {
    check_refused(
        document("a.txt", b"1\x0c2\x0c3").limits(|limits| limits.max_pages = 2),
        "document_limit_exceeded",
        "document exceeds max_pages: 3 pages, at most 2 are allowed",
    );
    check_refused(
        document("a.txt", b"12345").limits(|limits| limits.max_text_bytes = 4),
        "document_limit_exceeded",
        "document exceeds max_text_bytes: 5 bytes of text, at most 4 are allowed",
    );
}
