//! Code pages: how the formats of before Unicode write characters.

use encoding_rs::{Encoding, WINDOWS_1252};

/// The encoding of a code page by its number in Windows; windows-1252 for one that is not known, in which every byte
/// means something, and for UTF-16, which is no code page of single bytes.
pub(crate) fn encoding(number: u16) -> &'static Encoding {
    codepage::to_encoding(number).filter(|encoding| encoding.is_ascii_compatible()).unwrap_or(WINDOWS_1252)
}
