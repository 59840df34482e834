//! Split: which pages of a document belong to which of its parts; and which parts it has.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::classify::{Kind, written_in};
use crate::classify::Leaf;
use crate::document::Document;
use crate::engine::Engine;
use crate::error::Error;
use crate::options::ReadOptions;
use crate::split::{self, Asked};
use crate::value::Locale;
use crate::view::View;

/// The options of [`Operation::Split`](crate::Operation::Split).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SplitOptions {
    /// How the document is read.
    pub read: ReadOptions,
    /// What its parts may be; at least one.
    pub kinds: Vec<Kind>,
    /// What is known about the document.
    pub context: Option<String>,
    /// Passes that are voted on.
    pub n_consensus: u32,
}

/// The parts of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Split {
    /// What the file turned out to be.
    pub media_type: String,
    /// Its pages.
    pub page_count: u32,
    /// The answer: parts with pages by their first page, then kinds that have none.
    pub sections: Vec<Section>,
    /// The passes that were voted on; none if there was one.
    pub votes: Vec<Vec<Section>>,
    /// How likely each part is right, by `splits.<name>`, or `splits.<name>#k` for the k-th of that name: of votes alone.
    pub likelihoods: BTreeMap<String, f32>,
}

/// A part of a document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The name of its kind, as it was given.
    pub name: String,
    /// Its pages, from 1, in order; they need not follow one another.
    pub pages: Vec<u32>,
    /// The share of the passes that agree; only if there were several.
    pub likelihood: Option<f32>,
    /// The pages that each pass gave it; none if there was one.
    pub votes: Vec<Vec<u32>>,
    /// The documents that it holds, by the kind's partition key; none without one.
    pub partitions: Vec<Partition>,
}

/// One of several documents within a section.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Partition {
    /// The value of the partition key.
    pub key: String,
    /// Its pages, from 1.
    pub pages: Vec<u32>,
    /// Where it begins on its first page, in heights of the page from its top.
    pub first_page_y_start: f32,
    /// Where it ends on its last page.
    pub last_page_y_end: f32,
}

/// The options of [`Operation::GenerateSplit`](crate::Operation::GenerateSplit).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GenerateSplitOptions {
    /// How the document is read.
    pub read: ReadOptions,
}

/// The kinds of parts that a document has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneratedSplit {
    /// Its pages.
    pub page_count: u32,
    /// At least one, each with a description.
    pub kinds: Vec<Kind>,
}

pub(crate) fn split(document: &Document, options: &SplitOptions, engine: &Engine) -> Result<Split, Error> {
    let view = View::of(document);
    let language = written_in(document, &view)?;
    let leaves = Leaf::all(document, &view);
    let locale = locale(&view);
    let (sections, votes) = split::sections(
        &Asked {
            view: &view,
            leaves: &leaves,
            kinds: &options.kinds,
            context: options.context.as_deref(),
            language,
            locale: &locale,
            embedder: engine.embedder(),
        },
        options.n_consensus,
    );
    let likelihoods = split::likelihoods(&sections);
    Ok(Split { media_type: document.media_type.to_owned(), page_count: view.pages, sections, votes, likelihoods })
}

pub(crate) fn generate(document: &Document, _engine: &Engine) -> Result<GeneratedSplit, Error> {
    let view = View::of(document);
    written_in(document, &view)?;
    let kinds = split::kinds(&view, &Leaf::all(document, &view), &locale(&view));
    Ok(GeneratedSplit { page_count: view.pages, kinds })
}

fn locale(view: &View) -> Locale {
    Locale::of(view.lines.iter().map(|line| line.text.as_str()))
}
