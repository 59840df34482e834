//! Classify: which of several kinds a document is.

use serde::{Deserialize, Serialize};

use super::later;
use crate::document::Document;
use crate::engine::Engine;
use crate::error::Error;
use crate::options::ReadOptions;

/// The options of [`Operation::Classify`](crate::Operation::Classify).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClassifyOptions {
    /// How the document is read.
    pub read: ReadOptions,
    /// What it may be; at least one.
    pub categories: Vec<Kind>,
    /// Pages from the first that count; all if there is no number.
    pub first_n_pages: Option<u32>,
    /// What is known about the document.
    pub context: Option<String>,
    /// Passes that are voted on.
    pub n_consensus: u32,
}

/// Something that a document, or a part of one, may be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// What tells it from the others.
    pub description: String,
    /// What tells one document of this kind from the next; of parts alone.
    pub partition_key: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classified {
    /// What the file turned out to be.
    pub media_type: String,
    /// Its pages.
    pub page_count: u32,
    /// The answer.
    pub answer: Classification,
    /// The passes that were voted on; none if there was one.
    pub votes: Vec<Classification>,
    /// How likely the answer is right: the share of the passes that agree, or the confidence of the only one.
    pub likelihood: f32,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// The name of the category, as it was given.
    pub category: String,
    /// What speaks for it, in a sentence or two with words of the document.
    pub reasoning: String,
}

pub(crate) fn classify(
    _document: &Document,
    _options: &ClassifyOptions,
    _engine: &Engine,
) -> Result<Classified, Error> {
    Err(later())
}
