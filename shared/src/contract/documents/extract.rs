//! `/v1/documents/extract` (contract B.1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::contract::request::{
    TargetRequest, default_consensus, default_dpi, default_model, no_stream, one, whole_number,
};
use crate::contract::{CompletionUsage, MimeData};

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
    /// The extraction's id, if the client wants to choose it: one that no other job of the organization has.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 256)]
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

/// The response of `/v1/documents/extract` (contract B.1): shaped as a chat completion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ParsedChatCompletion {
    /// `chatcmpl-` and letters.
    pub id: String,
    /// Always `chat.completion`.
    #[schema(pattern = "^chat\\.completion$", example = "chat.completion")]
    pub object: String,
    /// Seconds since 1970.
    pub created: i64,
    /// The model that was asked for.
    pub model: String,
    /// The answer; if several were voted on, the consolidated one first and each of them after it.
    #[schema(min_items = 1)]
    pub choices: Vec<Choice>,
    /// By this name the extraction is stored. Null where nothing is stored.
    #[schema(required)]
    pub extraction_id: Option<String>,
    /// How likely each value is right, from 0 to 1, in the place of the value.
    #[schema(value_type = Option<Object>, required)]
    pub likelihoods: Value,
    /// Where each value stands in the document, or which others it follows from, in the place of the value; null where there
    /// is none. More than the contract has.
    #[schema(value_type = Option<Object>, required)]
    pub sources: Value,
    /// What it cost.
    pub usage: CompletionUsage,
    /// When the work began, as RFC 3339 has it.
    #[schema(required)]
    pub request_at: Option<String>,
    /// When the answer was there.
    #[schema(required)]
    pub first_token_at: Option<String>,
    /// The same: an answer comes whole.
    #[schema(required)]
    pub last_token_at: Option<String>,
}

/// One answer (contract B.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Choice {
    /// From 0.
    pub index: u32,
    /// Always `stop`.
    #[schema(pattern = "^stop$", example = "stop")]
    pub finish_reason: String,
    /// Always null.
    #[schema(value_type = Option<Object>, required)]
    pub logprobs: (),
    /// The answer itself.
    pub message: ParsedMessage,
    /// For each path of the consolidated answer the path in this one, of an answer that was voted on.
    #[schema(required)]
    pub key_mapping: Option<BTreeMap<String, Option<String>>>,
}

/// What an answer says (contract B.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ParsedMessage {
    /// Always `assistant`.
    #[schema(pattern = "^assistant$", example = "assistant")]
    pub role: String,
    /// The values as a JSON text. Before a field that asks for reasoning stands `reasoning___` with the field's name: the
    /// evidence.
    pub content: String,
    /// Always null.
    #[schema(required)]
    pub refusal: Option<String>,
    /// Always null.
    #[schema(value_type = Option<Vec<Object>>, required)]
    pub tool_calls: (),
    /// The values, without reasoning.
    #[schema(value_type = Option<Object>, required)]
    pub parsed: Value,
}
