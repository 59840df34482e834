//! `/v1/documents/split` and `/v1/documents/split/generate_config` (contract B.3).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::contract::request::{TargetRequest, default_consensus, default_model, one, whole_number};
use crate::contract::{MimeData, Usage};

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

/// The response of `/v1/documents/split` (contract B.3, F7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SplitResponse {
    /// The parts in the order of their first pages, then kinds that no page belongs to.
    pub splits: Vec<SplitPart>,
    /// How the answers differ that were voted on; null if there was one.
    #[schema(required)]
    pub consensus: Option<SplitConsensus>,
    /// What it cost.
    pub usage: Usage,
}

/// A part of a document (contract B.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SplitPart {
    /// The name of its kind.
    pub name: String,
    /// Its pages, from 1; they need not follow one another.
    pub pages: Vec<u32>,
    /// The share of the answers that agree; null if there was one.
    #[schema(required)]
    pub likelihood: Option<f64>,
    /// The pages that each answer gave it; none if there was one.
    pub votes: Vec<SplitVote>,
    /// The documents in it, by the kind's partition key; none without one.
    pub partitions: Vec<SplitPartition>,
}

/// What one answer says of a part (contract B.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SplitVote {
    /// Its pages.
    pub pages: Vec<u32>,
}

/// One of several documents in a part (contract B.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SplitPartition {
    /// The value of the partition key.
    pub key: String,
    /// Its pages, from 1.
    pub pages: Vec<u32>,
    /// Where it begins on its first page, in heights of the page from its top.
    pub first_page_y_start: f64,
    /// Where it ends on its last page.
    pub last_page_y_end: f64,
}

/// The vote on the parts of a document, as newer clients read it (contract B.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SplitConsensus {
    /// How likely each part is right, by `splits.<name>`, or `splits.<name>#k` for the k-th of that name.
    pub likelihoods: BTreeMap<String, f64>,
    /// The consolidated answer, then each of those that were voted on.
    pub choices: Vec<SplitChoice>,
}

/// One answer (contract B.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SplitChoice {
    /// Its parts.
    pub splits: Vec<SplitChoicePart>,
}

/// A part as one answer has it (contract B.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SplitChoicePart {
    /// The name of its kind.
    pub name: String,
    /// Its pages, from 1.
    pub pages: Vec<u32>,
    /// The documents in it.
    pub partitions: Vec<SplitPartition>,
}

/// The request of `/v1/documents/split/generate_config` (contract B.3). Unknown fields are ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct GenerateSplitConfigRequest {
    /// A document with several parts.
    pub document: MimeData,
    /// A model's name.
    #[serde(default = "default_model")]
    #[schema(default = "retab-small", max_length = 256)]
    pub model: String,
    /// Accepted for compatibility; nothing is cached.
    #[serde(default)]
    #[schema(default = false)]
    pub bust_cache: bool,
}

impl TargetRequest for GenerateSplitConfigRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/documents/split/generate_config"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        one(Some(&self.document))
    }
}

/// The response of `/v1/documents/split/generate_config` (contract B.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GenerateSplitConfigResponse {
    /// The kinds of parts that the document has, each with a description: what `/v1/documents/split` takes.
    #[schema(min_items = 1)]
    pub subdocuments: Vec<Subdocument>,
    /// What it cost.
    pub usage: Usage,
}
