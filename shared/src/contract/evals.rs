//! `/v1/evals/classify/process` (contract B.10): a classification by a stored configuration. The other evals take what
//! projects do.

use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::MimeData;
use super::projects::{documents, one_of_both};
use super::request::{BrokenRule, TargetRequest, whole_number_or_null};

/// The request of `/v1/evals/classify/process` (contract B.10). Unknown fields are ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ClassifyEvalRequest {
    /// The eval.
    #[schema(min_length = 1)]
    pub project_id: String,
    /// The iteration whose configuration counts, instead of the published one.
    #[serde(default)]
    pub iteration_id: Option<String>,
    /// The document. Exactly one of `document` and `documents` is there.
    #[serde(default)]
    pub document: Option<MimeData>,
    /// Several documents that are one input.
    #[serde(default)]
    #[schema(min_items = 1)]
    pub documents: Option<Vec<MimeData>>,
    /// A model's name, instead of the configuration's.
    #[serde(default)]
    #[schema(max_length = 256)]
    pub model: Option<String>,
    /// Resolution for pages that must be rendered, instead of the configuration's.
    #[serde(default, deserialize_with = "whole_number_or_null")]
    #[schema(minimum = 96, maximum = 300)]
    pub image_resolution_dpi: Option<u32>,
    /// Answers that are asked for and voted on, instead of the configuration's: up to 16, as of any classification (F15).
    #[serde(default, deserialize_with = "whole_number_or_null")]
    #[schema(minimum = 1, maximum = 16)]
    pub n_consensus: Option<u32>,
    /// Stored with the classification.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub metadata: Option<Map<String, Value>>,
}

impl TargetRequest for ClassifyEvalRequest {
    const ENDPOINTS: &'static [&'static str] = &["/v1/evals/classify/process"];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        documents(self.document.as_ref(), self.documents.as_deref())
    }

    fn broken_rule(&self) -> Option<BrokenRule> {
        one_of_both(self.document.as_ref(), self.documents.as_deref())
    }
}
