//! Renderings of the document model. What a rendering may grow to is capped by [`Limits::max_text_bytes`].
//!
//! | rendering | of | what it keeps |
//! |---|---|---|
//! | [`text`] | people and search | the characters: no marks but the numbers of lists, cells parted by tabs |
//! | [`markdown`] | models | headings, lists and tables are marked, text is not escaped |
//! | [`html`] | browsers | all that is written, cells with their spans |
//! | [`json`], [`yaml`] | programs | the whole model: places, words, where they were read from and how sure they are |

mod grid;
mod html;
pub(crate) mod markdown;
mod model;
mod sink;
pub(crate) mod table;
mod text;
mod tree;

use std::fmt::Write as _;

pub(crate) use sink::TextSink;

use crate::document::Document;
use crate::error::Error;
use crate::limits::Limits;
use crate::options::TableFormat;

/// The characters of a document, pages and blocks parted by blank lines.
///
/// # Errors
///
/// [`Error::LimitExceeded`] if the rendering is longer than text may be.
pub fn text(document: &Document, limits: &Limits) -> Result<String, Error> {
    TextSink::collect(limits, |out| {
        document.pages.iter().enumerate().try_for_each(|(index, page)| {
            out.write_str(if index == 0 { "" } else { "\n\n" })?;
            text::write(out, page)
        })
    })
}

/// A document as Markdown, pages parted by blank lines.
///
/// # Errors
///
/// As [`text`].
pub fn markdown(document: &Document, tables: TableFormat, limits: &Limits) -> Result<String, Error> {
    TextSink::collect(limits, |out| {
        document.pages.iter().enumerate().try_for_each(|(index, page)| {
            out.write_str(if index == 0 { "" } else { "\n\n" })?;
            markdown::write(out, page, tables)
        })
    })
}

/// A document as an HTML page, one `section` for each of its pages.
///
/// # Errors
///
/// As [`text`].
pub fn html(document: &Document, limits: &Limits) -> Result<String, Error> {
    TextSink::collect(limits, |out| html::write(out, document))
}

/// The document model as JSON.
///
/// # Errors
///
/// As [`text`].
pub fn json(document: &Document, limits: &Limits) -> Result<String, Error> {
    TextSink::collect(limits, |out| model::write(&mut tree::Writer::new(out, tree::Style::Json), document))
}

/// The document model as YAML: the names and values of [`json`].
///
/// # Errors
///
/// As [`text`].
pub fn yaml(document: &Document, limits: &Limits) -> Result<String, Error> {
    TextSink::collect(limits, |out| model::write(&mut tree::Writer::new(out, tree::Style::Yaml), document))
}
