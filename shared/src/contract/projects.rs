//! `/v1/projects/extract`, and the evals that take the same: work by a stored configuration (contract B.9, B.10). What the
//! request leaves out is the configuration's to say.

use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::MimeData;
use super::request::{BrokenRule, TargetRequest, one, several, whole_number_or_null};

/// The request of `/v1/projects/extract` and of the evals that extract or split (contract B.9, B.10). Unknown fields are
/// ignored.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct ProjectRequest {
    /// The project or eval.
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
    /// Answers that are asked for and voted on, instead of the configuration's.
    #[serde(default, deserialize_with = "whole_number_or_null")]
    #[schema(minimum = 1, maximum = 8)]
    pub n_consensus: Option<u32>,
    /// Stored with the extraction.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub metadata: Option<Map<String, Value>>,
    /// The extraction's id, if the client wants to choose it.
    #[serde(default)]
    pub extraction_id: Option<String>,
}

impl TargetRequest for ProjectRequest {
    const ENDPOINTS: &'static [&'static str] = &[
        "/v1/projects/extract",
        "/v1/evals/extract/process",
        "/v1/evals/split/process",
        "/v1/evals/extract/extract",
        "/v1/evals/extract/split",
    ];

    fn documents(&self) -> Vec<(String, &MimeData)> {
        documents(self.document.as_ref(), self.documents.as_deref())
    }

    fn broken_rule(&self) -> Option<BrokenRule> {
        one_of_both(self.document.as_ref(), self.documents.as_deref())
    }
}

/// The documents of a request that has one or several.
pub(super) fn documents<'a>(
    document: Option<&'a MimeData>,
    documents: Option<&'a [MimeData]>,
) -> Vec<(String, &'a MimeData)> {
    one(document).into_iter().chain(several(documents.unwrap_or_default())).collect()
}

/// It must not have both, or none.
pub(super) fn one_of_both(document: Option<&MimeData>, documents: Option<&[MimeData]>) -> Option<BrokenRule> {
    let is_one = document.is_some() != documents.is_some();
    (!is_one).then_some(BrokenRule { rule: "oneOf", message: "must have exactly one of document and documents" })
}
