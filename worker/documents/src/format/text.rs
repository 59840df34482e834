//! Text files: characters from bytes, one kind of line end, pages at form feeds.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::document::{Block, Page};
use crate::error::Error;
use crate::limits::Limits;

/// Decodes text: by its byte order mark, else as UTF-8 if it is that, else by the declared `charset`, else as
/// windows-1252, in which every byte means something. UTF-8 goes before the declaration because text that is valid
/// UTF-8 by accident is far rarer than a wrong label.
pub(crate) fn decode<'a>(bytes: &'a [u8], media_type: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return text;
    }
    let encoding = media_type.and_then(charset).filter(|encoding| *encoding != UTF_8).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0
}

fn charset(media_type: &str) -> Option<&'static Encoding> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let label = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("charset").then(|| Encoding::for_label(label.as_bytes())).flatten()
    })
}

/// The text with line feeds only and without the blank lines around it.
pub(crate) fn normalize(text: &str, limits: &Limits) -> Result<String, Error> {
    limits.check_text_bytes(text.len())?;
    let text =
        if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text.into() };
    Ok(text.trim_start_matches('\n').trim_end().to_owned())
}

/// Splits plain text into pages at form feeds. One at the very end closes the last page and starts no other.
pub(crate) fn pages(text: &str, limits: &Limits) -> Result<Vec<Page>, Error> {
    limits.check_text_bytes(text.len())?;
    let body = text.trim_end().trim_end_matches('\x0c');
    limits.check_pages(body.bytes().filter(|&byte| byte == b'\x0c').count() + 1)?;
    body.split('\x0c').map(|page| Ok(Page::of_blocks(vec![Block::verbatim(normalize(page, limits)?)]))).collect()
}
