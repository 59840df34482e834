//! Schemas of what documents of a kind say.
//!
//! ```text
//! View ── table ──► lists of objects ──┐
//!      ├─ bare ───► values without one ┤
//!      └─ header ─► labels and values ─┴─► fields ── merge ──► fields of all ─┬─► trial ── wanted ──► JSON Schema
//! kind of paper ── usual ──► what such papers have, labelled or not ───────────┘
//! ```
//!
//! The trial puts the schema to the documents that it was made of: what is found in none of them is no field.
//!
//! A field is what a document labels: it has the name of the concept that the label means, in English, or failing that
//! the label's own words, and the type that its values have.

mod bare;
mod form;
mod header;
mod merge;
mod name;
mod table;
mod trial;
mod usual;
mod wanted;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use self::form::Form;
use crate::document::Document;
use crate::embed::Embedder;
use crate::error::Error;
use crate::extract::Reading;
use crate::lexicon::Concept;

/// Fields of a schema, those of its lists apart: more than any form has that is filled in by hand.
const MAX_FIELDS: usize = 150;

/// Something that documents label.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    name: String,
    /// What it is labelled as, each once, in the order that they were met.
    labels: Vec<String>,
    concept: Option<Concept>,
    shape: Shape,
    /// Whether nothing on the page speaks of it but the kind of paper that it is.
    is_usual: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    One(Form),
    /// A list of objects of these fields, each with whether all of them have it.
    Rows(Vec<(Seen, bool)>),
}

/// A JSON Schema of what these documents say, of that what the instructions ask for.
///
/// # Errors
///
/// [`Error::LanguageNotSupported`] as [`Reading::of`].
pub(crate) fn schema(
    documents: &[Document],
    instructions: Option<&str>,
    embedder: Option<&Embedder>,
) -> Result<Value, Error> {
    let readings = documents.iter().map(Reading::of).collect::<Result<Vec<_>, _>>()?;
    let mut fields = merge::merge(readings.iter().map(of_document).collect());
    let kinds =
        documents.iter().zip(&readings).filter_map(|(document, own)| usual::kind(document, &own.view, embedder));
    for kind in kinds.collect::<BTreeSet<_>>() {
        let usual = usual::fields(kind, &fields);
        fields.extend(usual.into_iter().map(|seen| (seen, false)));
    }
    fields.truncate(MAX_FIELDS);
    let mut fields = trial::kept(fields, &readings, embedder);
    wanted::keep(&mut fields, instructions.unwrap_or_default());
    Ok(object(&fields))
}

/// What one document labels, in reading order; lists come last.
fn of_document(reading: &Reading) -> Vec<Seen> {
    let Reading { view, locale, .. } = reading;
    let tables = table::tables(view, locale);
    let mut fields = header::fields(view, &tables.cells, locale);
    fields.extend(bare::fields(view, &tables.cells, locale, &fields));
    fields.extend(tables.lists);
    fields
}

fn object(fields: &[(Seen, bool)]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|(seen, is_always)| (seen.name.clone(), property(seen, *is_always))).collect();
    let required: Vec<&str> =
        fields.iter().filter(|(_, is_always)| *is_always).map(|(seen, _)| seen.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(seen: &Seen, is_always: bool) -> Value {
    let (mut schema, what) = match &seen.shape {
        Shape::One(form) => (form.schema(!is_always), "What the document labels"),
        Shape::Rows(fields) => (json!({ "type": "array", "items": object(fields) }), "The rows of the table under"),
    };
    schema["title"] = seen.labels.first().cloned().unwrap_or_else(|| name::title(&seen.name)).into();
    let labels: Vec<String> = seen.labels.iter().map(|label| format!("\"{label}\"")).collect();
    schema["description"] = match seen.shape {
        _ if !labels.is_empty() => format!("{what} {}.", labels.join(" or ")),
        Shape::One(_) => "Stands in the document without a label.".to_owned(),
        Shape::Rows(_) => "The rows of the table.".to_owned(),
    }
    .into();
    schema
}
