//! `/v1/documents/extract` (contract B.1).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::contract::MimeData;
use crate::contract::request::{
    TargetRequest, default_consensus, default_dpi, default_model, no_stream, one, whole_number,
};

/// The request of `/v1/documents/extract` (contract B.1). Unknown fields are ignored, those included that older clients
/// send: `temperature`, `modality`, `reasoning_effort`, `browser_canvas`.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ExtractRequest {
    /// The document.
    pub document: MimeData,
    /// What is to be found: a JSON Schema, with the annotations `X-SystemPrompt`, `X-FieldPrompt` and `X-ReasoningPrompt`.
    #[schema(value_type = Object)]
    pub json_schema: Map<String, Value>,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// Resolution for pages that must be rendered.
    #[serde(default = "default_dpi", deserialize_with = "whole_number")]
    #[schema(default = 192, minimum = 96, maximum = 300)]
    pub image_resolution_dpi: u32,
    /// Answers that are asked for and voted on.
    #[serde(default = "default_consensus", deserialize_with = "whole_number")]
    #[schema(default = 1, minimum = 1, maximum = 8)]
    pub n_consensus: u32,
    /// A job's answer is whole: it cannot be streamed.
    #[serde(default)]
    #[schema(schema_with = no_stream)]
    pub stream: bool,
    /// Path of an array, to the key that tells its items apart: long documents are read in chunks.
    #[serde(default)]
    pub chunking_keys: Option<BTreeMap<String, String>>,
    /// Stored with the extraction.
    #[serde(default)]
    pub metadata: Option<BTreeMap<String, String>>,
    /// The extraction's id, if the client wants to choose it.
    #[serde(default)]
    pub extraction_id: Option<String>,
    /// Messages of the client's own, after those about the document.
    #[serde(default)]
    pub additional_messages: Option<Vec<ChatMessage>>,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

impl TargetRequest for ExtractRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/documents/extract"];
    const JSON_SCHEMA: Option<&'static str> = Some("/json_schema");

    fn documents(&self) -> Vec<(String, &MimeData)> {
        one(Some(&self.document))
    }
}

/// A message of a chat (contract B.1).
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ChatMessage {
    /// Who says it.
    pub role: ChatRole,
    /// A text, or parts: `text`, `image_url` and others.
    #[serde(default)]
    #[schema(value_type = Value)]
    pub content: Value,
}

/// Who says a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChatRole {
    /// The client.
    User,
    /// Who set the model up.
    System,
    /// The model.
    Assistant,
    /// Who set the model up, in the newer word.
    Developer,
    /// A tool that the model called.
    Tool,
}
