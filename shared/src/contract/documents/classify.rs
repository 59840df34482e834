//! `/v1/documents/classify` (contract B.4).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contract::MimeData;
use crate::contract::request::{
    TargetRequest, default_consensus, default_model, one, whole_number, whole_number_or_null,
};

/// The request of `/v1/documents/classify` (contract B.4). Unknown fields are ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ClassifyRequest {
    /// The document.
    pub document: MimeData,
    /// What it may be.
    #[schema(min_items = 1)]
    pub categories: Vec<Category>,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// Pages from the first that are looked at; all when null.
    #[serde(default, deserialize_with = "whole_number_or_null")]
    #[schema(minimum = 1)]
    pub first_n_pages: Option<u32>,
    /// What is known about the document.
    #[serde(default)]
    pub context: Option<String>,
    /// Answers that are asked for and voted on. Newer clients ask for up to 16 (contract F15).
    #[serde(default = "default_consensus", deserialize_with = "whole_number")]
    #[schema(default = 1, minimum = 1, maximum = 16)]
    pub n_consensus: u32,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

impl TargetRequest for ClassifyRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/documents/classify"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        one(Some(&self.document))
    }
}

/// Something that a document may be (contract B.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Category {
    /// Its name: the answer is always one of these.
    pub name: String,
    /// What tells it from the others.
    #[serde(default)]
    #[schema(default = "")]
    pub description: String,
}
