//! Generate a schema: what documents of a kind say, as a JSON Schema.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::later;
use crate::document::Document;
use crate::engine::Engine;
use crate::error::Error;
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
    _documents: &[Document],
    _options: &GenerateSchemaOptions,
    _engine: &Engine,
) -> Result<GeneratedSchema, Error> {
    Err(later())
}
