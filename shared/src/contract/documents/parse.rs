//! `/v1/documents/parse` (contract B.2).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contract::request::{TargetRequest, default_dpi, default_model, one, whole_number};
use crate::contract::{DocumentRef, MimeData, Usage};

/// How tables are written into the text of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TableParsingFormat {
    /// Pipe tables.
    Markdown,
    /// A list of rows.
    Yaml,
    /// A `table` element.
    #[default]
    Html,
    /// A list of rows.
    Json,
}

/// The request of `/v1/documents/parse` (contract B.2). Unknown fields are ignored, as the hosted service does.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ParseRequest {
    /// The document.
    pub document: MimeData,
    /// A model's name. The built-in engine reads documents without one and accepts any.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// How tables are written.
    #[serde(default)]
    #[schema(default = "html")]
    pub table_parsing_format: TableParsingFormat,
    /// Resolution for pages that must be rendered.
    #[serde(default = "default_dpi", deserialize_with = "whole_number")]
    #[schema(default = 192, minimum = 96, maximum = 300)]
    pub image_resolution_dpi: u32,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

impl TargetRequest for ParseRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/documents/parse"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        one(Some(&self.document))
    }
}

/// The response of `/v1/documents/parse` (contract B.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ParseResponse {
    /// The document.
    pub document: DocumentRef,
    /// What it cost.
    pub usage: Usage,
    /// The text of each page.
    pub pages: Vec<String>,
    /// The pages, joined by a blank line.
    pub text: String,
}
