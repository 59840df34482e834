//! `/v1/schemas/generate` (contract B.5).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::request::{TargetRequest, default_dpi, default_model, no_stream, several, whole_number};
use super::{MimeData, Usage};

/// The request of `/v1/schemas/generate` (contract B.5). Unknown fields are ignored, `reasoning_effort` among them.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct GenerateSchemaRequest {
    /// Documents of the kind that a schema is wanted for.
    #[schema(min_items = 1, max_items = 32)]
    pub documents: Vec<MimeData>,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// What the schema is to cover.
    #[serde(default)]
    pub instructions: Option<String>,
    /// Resolution for pages that must be rendered.
    #[serde(default = "default_dpi", deserialize_with = "whole_number")]
    #[schema(default = 192, minimum = 96, maximum = 300)]
    pub image_resolution_dpi: u32,
    /// A job's answer is whole: it cannot be streamed.
    #[serde(default)]
    #[schema(schema_with = no_stream)]
    pub stream: bool,
}

impl TargetRequest for GenerateSchemaRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/schemas/generate"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        several(&self.documents).collect()
    }
}

/// The response of `/v1/schemas/generate` (contract B.5, F8).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GenerateSchemaResponse {
    /// Always `schema`.
    #[schema(pattern = "^schema$", example = "schema")]
    pub object: String,
    /// When it was made, as RFC 3339 has it.
    pub created_at: String,
    /// A JSON Schema that `/v1/documents/extract` takes.
    #[schema(value_type = Object)]
    pub json_schema: Value,
    /// Always true: what the schema does not name is not there.
    pub strict: bool,
    /// What it cost.
    pub usage: Usage,
}
