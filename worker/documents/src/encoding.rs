//! The characters of text files.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of the content decides whether it is readable text.
const WINDOW: usize = 64 * 1024;
/// Where the HTML standard says that the declaration of the encoding has to be.
const MARKUP_WINDOW: usize = 1024;

/// Decodes text: by its byte order mark, else as UTF-16 if it looks like that, else as UTF-8 if it is that, else by the
/// declared `charset`, else by the encoding that its bytes are most likely in. UTF-8 goes before the declaration because
/// text that is valid UTF-8 by accident is far rarer than a wrong label.
pub(crate) fn decode<'a>(bytes: &'a [u8], media_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = utf_16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return text;
    }
    let declared = media_type.and_then(charset).filter(|encoding| *encoding != UTF_8);
    declared.unwrap_or_else(|| guess(bytes)).decode_without_bom_handling(bytes).0
}

/// Decodes markup, which may declare its encoding itself; what the sender declares goes before that.
pub(crate) fn decode_markup<'a>(bytes: &'a [u8], media_type: Option<&str>) -> Cow<'a, str> {
    let own = || declared_in_markup(bytes).map(|encoding| format!("text/html; charset={}", encoding.name()));
    match media_type.and_then(charset) {
        Some(_) => decode(bytes, media_type),
        None => decode(bytes, own().as_deref()),
    }
}

/// What `charset=` of an HTML page or `encoding=` of an XML file says near the start. One that is not readable as ASCII
/// cannot be true.
fn declared_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(MARKUP_WINDOW)]).to_ascii_lowercase();
    let (_, after) = start.split_once("charset").or_else(|| start.split_once("encoding"))?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = value.split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_:.".contains(letter))).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// Readable means: a byte order mark, UTF-16, or no control characters beyond those that text files hold. All known
/// binary formats have such bytes in their headers.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(WINDOW)];
    let is_control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x1b');
    Encoding::for_bom(window).is_some()
        || !window.iter().any(|&byte| is_control(byte))
        || infer::get(bytes).is_none() && utf_16_without_mark(window).is_some()
}

/// Which UTF-16 the bytes are, by their mark or without one.
pub(crate) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding != UTF_8).then_some(encoding),
        None => utf_16_without_mark(&bytes[..bytes.len().min(WINDOW)]),
    }
}

/// UTF-16 without a mark shows by its Latin letters, spaces and line feeds, of which one byte is zero. Text without any
/// of these is not told apart from other bytes.
fn utf_16_without_mark(window: &[u8]) -> Option<&'static Encoding> {
    if !window.len().is_multiple_of(2) && window.len() < WINDOW || !window.contains(&0) {
        return None;
    }
    let little = latin_units(window, u16::from_le_bytes);
    let big = latin_units(window, u16::from_be_bytes);
    // In Greek or Russian these are the spaces: one unit in seven.
    let enough = |latin: &usize| latin * 20 >= window.len() && *latin > 0;
    match (little.filter(enough), big.filter(enough)) {
        (Some(little), Some(big)) => Some(if little >= big { UTF_16LE } else { UTF_16BE }),
        (Some(_), None) => Some(UTF_16LE),
        (None, Some(_)) => Some(UTF_16BE),
        (None, None) => None,
    }
}

/// How many units are Latin letters, spaces or line feeds; None if some are no text at all.
fn latin_units(window: &[u8], unit_of: fn([u8; 2]) -> u16) -> Option<usize> {
    let (pairs, _) = window.as_chunks::<2>();
    let mut latin = 0;
    for unit in pairs.iter().map(|pair| unit_of(*pair)) {
        let is_control = unit < 0x20 && !matches!(unit, 0x09 | 0x0a | 0x0c | 0x0d);
        if is_control || unit == 0xfffe || unit == 0xffff {
            return None;
        }
        latin += usize::from(unit < 0x80);
    }
    let unpaired = char::decode_utf16(pairs.iter().map(|pair| unit_of(*pair))).filter(Result::is_err).count();
    // The end of the window may part a pair.
    (unpaired <= 1).then_some(latin)
}

fn charset(media_type: &str) -> Option<&'static Encoding> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let label = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset").then(|| Encoding::for_label(label.as_bytes())).flatten()
    })
}

/// The legacy encoding whose letters make the likeliest words. It knows no short text for sure: a windows encoding
/// comes out then, in which every byte means something.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}
