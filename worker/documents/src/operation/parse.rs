//! Parse: a document to the text of its pages.

use serde::{Deserialize, Serialize};

use crate::document::{Document, Page};
use crate::error::Error;
use crate::limits::Limits;
use crate::options::ParseOptions;
use crate::render;

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

pub(crate) fn parse(document: &Document, options: &ParseOptions, limits: &Limits) -> Result<Parsed, Error> {
    if document.pages.iter().all(Page::is_blank) {
        return Err(Error::NoText { media_type: document.media_type, pages: document.pages.len() });
    }
    let mut pages = Vec::with_capacity(document.pages.len());
    let mut text_bytes = 0;
    for page in &document.pages {
        let text = render::markdown::page(page, options.table_parsing_format, limits)?;
        text_bytes += text.len();
        limits.check_text_bytes(text_bytes)?;
        pages.push(text);
    }
    Ok(Parsed { media_type: document.media_type.to_owned(), pages })
}
