//! Generate a schema: what documents of a kind say, as a JSON Schema.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::{Document, Page};
use crate::engine::Engine;
use crate::error::Error;
use crate::generate;
use crate::options::ReadOptions;

/// The options of [`Operation::GenerateSchema`](crate::Operation::GenerateSchema).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GenerateSchemaOptions {
    /// How the documents are read.
    pub read: Vec<ReadOptions>,
    /// What the schema is to cover.
    pub instructions: Option<String>,
}

/// A schema.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GeneratedSchema {
    /// The pages of all documents.
    pub page_count: u32,
    /// The schema, which [`Operation::Extract`](crate::Operation::Extract) takes.
    pub json_schema: Value,
}

pub(crate) fn generate(
    documents: &[Document],
    options: &GenerateSchemaOptions,
    engine: &Engine,
) -> Result<GeneratedSchema, Error> {
    if let Some(document) = documents.iter().find(|document| document.pages.iter().all(Page::is_blank)) {
        return Err(Error::NoText { media_type: document.media_type, pages: document.pages.len() });
    }
    let pages = documents.iter().map(|document| document.pages.len()).sum::<usize>();
    let page_count = u32::try_from(pages).unwrap_or(u32::MAX);
    let json_schema = generate::schema(documents, options.instructions.as_deref(), engine.embedder())?;
    Ok(GeneratedSchema { page_count, json_schema })
}
