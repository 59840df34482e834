//! `/v1/documents/classify` (contract B.4).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contract::request::{
    TargetRequest, default_consensus, default_model, one, whole_number, whole_number_or_null,
};
use crate::contract::{MimeData, Usage};

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

/// The response of `/v1/documents/classify` (contract B.4): the members of every client's time at once (contract F7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClassifyResponse {
    /// The answer.
    pub result: ClassifyResult,
    /// The same, as newer clients read it.
    pub classification: Classification,
    /// How likely it is right: the share of the answers that agree, or the confidence of the only one.
    #[schema(required)]
    pub likelihood: Option<f64>,
    /// The answers that were voted on; none if there was one.
    pub votes: Vec<ClassifyResult>,
    /// The vote, as newer clients read it.
    pub consensus: ClassifyConsensus,
    /// What it cost.
    pub usage: Usage,
}

/// One answer (contract B.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClassifyResult {
    /// What speaks for it.
    pub reasoning: String,
    /// The name of the category.
    pub classification: String,
    /// The same.
    pub category: String,
}

/// One answer, as newer clients read it (contract B.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Classification {
    /// What speaks for it.
    pub reasoning: String,
    /// The name of the category.
    pub category: String,
}

/// The vote on a category, as newer clients read it (contract B.4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClassifyConsensus {
    /// The consolidated answer, then each of those that were voted on.
    pub choices: Vec<ClassifyChoice>,
    /// As beside it.
    #[schema(required)]
    pub likelihood: Option<f64>,
}

/// One of them (contract B.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClassifyChoice {
    /// The answer.
    pub classification: Classification,
}
