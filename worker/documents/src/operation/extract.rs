//! Extract: the values that a JSON Schema asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::document::{Document, Page};
use crate::engine::Engine;
use crate::error::Error;
use crate::extract::{Draft, Extraction, Reading, Voted, passes, unsatisfied, vote};
use crate::limits::Limits;
use crate::options::ReadOptions;
use crate::schema::{Caps, Schema};

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
    /// Its words.
    pub word_count: u64,
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
    document: &Document,
    options: &ExtractOptions,
    engine: &Engine,
    _limits: &Limits,
) -> Result<Extracted, Error> {
    if document.pages.iter().all(Page::is_blank) {
        return Err(Error::NoText { media_type: document.media_type, pages: document.pages.len() });
    }
    let schema = Schema::compile(&options.schema, &Caps::default())?;
    let reading = Reading::of(document)?;
    let extraction = Extraction::new(&reading, &schema, engine.embedder());
    let passes = passes(options.n_consensus, reading.seed());
    let mut drafts: Vec<Draft> = passes.into_iter().map(|pass| extraction.answer(pass)).collect();
    let answer = |draft: &Draft, key_mapping| {
        let reasoning = draft.reasoning(&reading.view, &schema);
        Answer { value: draft.value.clone(), reasoning, key_mapping }
    };
    let mut extracted = Extracted {
        media_type: document.media_type.to_owned(),
        page_count: reading.view.pages,
        word_count: reading.view.lines.iter().map(|line| line.text.split_whitespace().count() as u64).sum(),
        answers: Vec::new(),
        likelihoods: Value::Null,
        sources: Value::Null,
        consensus_details: Value::Null,
        warnings: Vec::new(),
    };
    if let [_, _, ..] = drafts.as_slice() {
        let Voted { consolidated, sources } = vote(&drafts, &schema, &options.chunking_keys);
        let first = drafts.first().map(|draft| draft.reasoning(&reading.view, &schema)).unwrap_or_default();
        extracted.answers.push(Answer { value: consolidated.value, reasoning: first, key_mapping: None });
        let votes = drafts.iter().zip(consolidated.key_mappings).map(|(draft, mapping)| answer(draft, Some(mapping)));
        extracted.answers.extend(votes);
        extracted.likelihoods = consolidated.likelihoods;
        extracted.consensus_details = Value::Object(consolidated.details);
        extracted.sources = sources;
    } else if let Some(draft) = drafts.pop() {
        extracted.answers.push(answer(&draft, None));
        (extracted.likelihoods, extracted.sources) = (draft.likelihoods, draft.sources);
    }
    if let Some(answer) = extracted.answers.first() {
        extracted.warnings = warnings(&schema, &answer.value);
    }
    Ok(extracted)
}

/// What the schema demands and the document does not have.
fn warnings(schema: &Schema, value: &Value) -> Vec<Warning> {
    let mut paths = Vec::new();
    unsatisfied(&schema.root, value, "", &mut paths);
    if paths.is_empty() {
        return Vec::new();
    }
    vec![Warning {
        code: "schema_unsatisfied".to_owned(),
        message: format!("{} required values were not found in the document and are null", paths.len()),
        details: json!({ "paths": paths }),
    }]
}
