//! Generate a schema: what documents of a kind say, as a JSON Schema.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::{Document, Page};
use crate::error::Error;
use crate::generate;
use crate::language;
use crate::options::ReadOptions;
use crate::view::View;

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

pub(crate) fn generate(documents: &[Document], options: &GenerateSchemaOptions) -> Result<GeneratedSchema, Error> {
    if let Some(document) = documents.iter().find(|document| document.pages.iter().all(Page::is_blank)) {
        return Err(Error::NoText { media_type: document.media_type, pages: document.pages.len() });
    }
    let views: Vec<View> = documents.iter().map(View::of).collect();
    for view in &views {
        language::known(view.lines.iter().map(|line| line.text.as_str()))?;
    }
    let page_count = views.iter().fold(0_u32, |sum, view| sum.saturating_add(view.pages));
    Ok(GeneratedSchema { page_count, json_schema: generate::schema(&views, options.instructions.as_deref()) })
}
