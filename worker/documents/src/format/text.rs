//! Text files: one kind of line end, pages at form feeds.

use std::borrow::Cow;

use crate::document::{Block, Page};
use crate::error::Error;
use crate::limits::Limits;

/// A page of text as it is, with line feeds only and without the blank lines around it.
pub(crate) fn page(text: &str, limits: &Limits) -> Result<Page, Error> {
    limits.check_text_bytes(text.len())?;
    let text =
        if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text.into() };
    Ok(Page::of_blocks(vec![Block::verbatim(text.trim_start_matches('\n').trim_end())]))
}

/// Splits plain text into pages at form feeds. One at the very end closes the last page and starts no other.
pub(crate) fn pages(text: &str, limits: &Limits) -> Result<Vec<Page>, Error> {
    limits.check_text_bytes(text.len())?;
    let body = text.trim_end().trim_end_matches('\x0c');
    limits.check_pages(body.bytes().filter(|&byte| byte == b'\x0c').count() + 1)?;
    body.split('\x0c').map(|text| page(text, limits)).collect()
}
