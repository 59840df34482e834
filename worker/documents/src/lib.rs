//! The document engine: the bytes of one document in, the text of its pages out.
//!
//! The crate does no input or output of its own and knows neither the database nor the broker. It reads hostile bytes,
//! so every amount it holds has a cap in [`Limits`]; what no cap of ours can bound (a content stream that the PDF
//! interpreter would follow for years, a stream that inflates to more than the machine has) is for the caller to bound
//! with a child process.
//!
//! | format | how it is recognised | pages |
//! |---|---|---|
//! | PDF with a text layer | `%PDF-` in the first KiB | its own |
//! | HTML | `<!doctype html>` or `<html>` at the start, else the declared type or the extension | one; rendered as Markdown |
//! | CSV, TSV | declared type or extension | one; one table |
//! | Markdown, plain text | declared type or extension; any other readable text | one; plain text breaks at form feeds |

mod delimited;
mod detect;
mod error;
mod html;
mod limits;
mod options;
mod pdf;
mod sink;
mod table;
mod text;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::detect::Kind;
pub use crate::error::Error;
pub use crate::limits::Limits;
pub use crate::options::{ParseOptions, TableFormat};

/// A document as its sender gave it.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The whole file.
    pub bytes: &'a [u8],
    /// The sender's name for the file. Only its extension is read, and only where the content leaves the type open.
    pub filename: &'a str,
    /// The declared media type, with or without parameters. The content outweighs it.
    pub media_type: Option<&'a str>,
}

/// The text of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed {
    /// What the document turned out to be, for example `application/pdf`.
    pub media_type: String,
    /// The text of each page, in order. Never empty; single pages may be blank, never all of them.
    pub pages: Vec<String>,
}

impl Parsed {
    /// All pages, joined by a blank line.
    #[must_use]
    pub fn text(&self) -> String {
        self.pages.join("\n\n")
    }
}

/// Reads the text of a document.
///
/// # Errors
///
/// Every [`Error`] is final: the same bytes, options and limits give the same error again.
pub fn parse(source: &Source<'_>, options: &ParseOptions, limits: &Limits) -> Result<Parsed, Error> {
    limits.check_input_bytes(source.bytes.len())?;
    let kind = detect::detect(source)?;
    let pages = match kind {
        Kind::Pdf => pdf::parse(source.bytes, limits)?,
        Kind::Html => vec![html::parse(&decode(source), options.table_parsing_format, limits)?],
        Kind::Csv => vec![delimited::parse(&decode(source), None, options.table_parsing_format, limits)?],
        Kind::Tsv => vec![delimited::parse(&decode(source), Some(b'\t'), options.table_parsing_format, limits)?],
        Kind::Markdown => vec![text::normalize(&decode(source), limits)?],
        Kind::Text => text::pages(&decode(source), limits)?,
    };
    if pages.iter().all(|page| page.trim().is_empty()) {
        return Err(Error::NoText { media_type: kind.media_type(), pages: pages.len() });
    }
    Ok(Parsed { media_type: kind.media_type().to_owned(), pages })
}

fn decode<'a>(source: &Source<'a>) -> Cow<'a, str> {
    text::decode(source.bytes, source.media_type)
}
