//! `/v1/documents/split` (contract B.3).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contract::MimeData;
use crate::contract::request::{TargetRequest, default_consensus, default_model, one, whole_number};

/// The request of `/v1/documents/split` (contract B.3). Unknown fields are ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct SplitRequest {
    /// The document.
    pub document: MimeData,
    /// What its pages may belong to.
    #[schema(min_items = 1)]
    pub subdocuments: Vec<Subdocument>,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// What is known about the document.
    #[serde(default)]
    pub context: Option<String>,
    /// Answers that are asked for and voted on; 1 is one deterministic pass.
    #[serde(default = "default_consensus", deserialize_with = "whole_number")]
    #[schema(default = 1, minimum = 1, maximum = 8)]
    pub n_consensus: u32,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

impl TargetRequest for SplitRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/documents/split"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        one(Some(&self.document))
    }
}

/// A kind of document that pages may belong to (contract B.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Subdocument {
    /// Its name: a split's name is always one of these.
    pub name: String,
    /// What tells it from the others.
    #[serde(default)]
    #[schema(default = "")]
    pub description: String,
    /// What tells one document of this kind from the next, if there are several.
    #[serde(default)]
    pub partition_key: Option<String>,
}
