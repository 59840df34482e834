//! Extract: the values that a JSON Schema asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::later;
use crate::document::Document;
use crate::engine::Engine;
use crate::error::Error;
use crate::limits::Limits;
use crate::options::ReadOptions;

/// The options of [`Operation::Extract`](crate::Operation::Extract).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExtractOptions {
    /// How the document is read.
    pub read: ReadOptions,
    /// What is to be found, as a JSON Schema with the annotations `X-FieldPrompt` and `X-ReasoningPrompt`.
    pub schema: Value,
    /// Passes that are voted on; 1 is one pass.
    pub n_consensus: u32,
    /// The key that tells the items of an array apart, by the array's path.
    pub chunking_keys: BTreeMap<String, String>,
}

/// What was extracted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Extracted {
    /// What the document turned out to be.
    pub media_type: String,
    /// Its pages.
    pub page_count: u32,
    /// The answers: the consolidated one first; if several passes were voted on, each of them after it.
    pub answers: Vec<Answer>,
    /// How likely each leaf is right, from 0 to 1: shaped as the consolidated value.
    pub likelihoods: Value,
    /// Where each leaf was found, shaped as the consolidated value: a [`Found`], or null.
    pub sources: Value,
    /// How the passes differ, leaf by leaf; null if there was one.
    pub consensus_details: Value,
    /// What its reader should know.
    pub warnings: Vec<Warning>,
}

/// One answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The values, shaped by the schema; null where nothing was found.
    pub value: Value,
    /// The evidence of the fields that ask for reasoning, by the JSON pointer of the field in the value.
    pub reasoning: BTreeMap<String, String>,
    /// For each path of the consolidated answer, the path in this one: only where passes were voted on.
    pub key_mapping: Option<BTreeMap<String, Option<String>>>,
}

/// Where a leaf comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Found {
    /// It stands in the document.
    Text {
        /// The text as it is written there.
        content: String,
        /// The page, from 1.
        page: u32,
        /// The place on the page, in formats that have places.
        rect: Option<crate::document::Rect>,
        /// The cell of a table: its row and column from 1, and the number of the table on the page from 1.
        cell: Option<(u32, u32, u32)>,
    },
    /// It follows from other leaves.
    Derived {
        /// By which rule, for example `sum`.
        rule: String,
        /// The JSON pointers of those leaves.
        from: Vec<String>,
    },
}

/// What the reader of a result should know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// For programs, for example `schema_unsatisfied`.
    pub code: String,
    /// For people.
    pub message: String,
    /// The values behind the words.
    pub details: Value,
}

pub(crate) fn extract(
    _document: &Document,
    _options: &ExtractOptions,
    _engine: &Engine,
    _limits: &Limits,
) -> Result<Extracted, Error> {
    Err(later())
}
