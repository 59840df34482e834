//! Checking a create before anything is stored: every broken rule is named at once, by its JSON path.

mod contract;
mod create;
mod json_schema;
mod limits;
mod metadata;
mod passwords;
mod path;
mod request;
mod run_at;
mod top_level;

#[cfg(test)]
mod contract_tests;
#[cfg(test)]
mod tests;

pub(crate) use contract::{compile_schemas, contract_type};
pub(crate) use create::{MAX_INDEXED_CHARS, ValidCreate, check_create};
pub use limits::JsonLimits;
pub(crate) use path::of_pointer;
pub(crate) use run_at::Schedule;

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

/// One broken rule. It says where and which, and how large the value is, but never repeats the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Violation {
    /// Where, as a JSON path: `$.request.document.url`, or `query.include_request`.
    #[schema(example = "$.request.document.url")]
    pub(crate) path: String,
    /// The rule: a keyword of JSON Schema, or one of `noNul`, `maxDepth`, `maxValues`, `maxBytes`, `json`, `dataUrl`,
    /// `base64`, `mediaType`, `secretsKey`. Of a `json_schema`, `maxDepth` and `maxValues` are about what it asks for.
    #[schema(example = "required")]
    pub(crate) rule: String,
    /// The rule in words.
    pub(crate) message: String,
    /// The size of the value, where the rule is about a size: characters, or members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) size: Option<usize>,
}

impl Violation {
    pub(crate) fn new(path: impl Into<String>, rule: &str, message: impl Into<String>) -> Self {
        Self { path: path.into(), rule: rule.to_owned(), message: message.into(), size: None }
    }

    pub(crate) fn with_size(mut self, size: usize) -> Self {
        self.size = Some(size);
        self
    }
}

/// A text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the body is not JSON: {reason}")]
pub(crate) struct Malformed {
    /// What the parser says.
    pub(crate) reason: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1; 0 at the start of a line.
    pub(crate) column: usize,
}

/// Why a create is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    Malformed(Malformed),
    Invalid(Vec<Violation>),
    EndpointNotAvailable(Arc<str>),
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        Self::Invalid(vec![violation])
    }
}

/// PostgreSQL cannot hold U+0000 in a text, and where a grouped insert holds one, the neighbours fail with it.
const NUL: char = '\0';

/// The violation of a text that holds U+0000, if it does.
pub(crate) fn nul_in(path: String, text: &str) -> Option<Violation> {
    text.contains(NUL).then(|| Violation::new(path, "noNul", "must not contain U+0000"))
}
