//! The parameters that a query gives, each under its own name.

use std::collections::BTreeMap;

use crate::service::ServiceError;
use crate::service::validation::{Violation, nul_in};

/// The names, and what later SDKs call the same.
const NAMES: [(&str, &str); 22] = [
    ("after", "after"),
    ("before", "before"),
    ("limit", "limit"),
    ("order", "order"),
    ("id", "id"),
    ("job_id", "id"),
    ("status", "status"),
    ("endpoint", "endpoint"),
    ("source", "source"),
    ("project_id", "project_id"),
    ("workflow_id", "workflow_id"),
    ("workflow_node_id", "workflow_node_id"),
    ("workflow_block_id", "workflow_node_id"),
    ("model", "model"),
    ("filename_regex", "filename_regex"),
    ("filename_contains", "filename_contains"),
    ("document_type", DOCUMENT_TYPE),
    ("from_date", "from_date"),
    ("to_date", "to_date"),
    ("metadata", "metadata"),
    ("include_request", "include_request"),
    ("include_response", "include_response"),
];
/// The one parameter that may be given several times.
const DOCUMENT_TYPE: &str = "document_type";

/// What is given, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Given {
    texts: BTreeMap<&'static str, String>,
    pub(super) document_types: Vec<String>,
    pub(super) violations: Vec<Violation>,
}

impl Given {
    /// Reads a query. Names that are not known are ignored.
    pub(super) fn read(query: &str) -> Self {
        let mut given = Self::default();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let Some((spelled, meant)) = NAMES.iter().find(|(spelled, _)| *spelled == name) else { continue };
            if value.is_empty() {
                given.refuse(spelled, "minLength", "must not be empty");
            } else if let Some(nul) = nul_in(format!("query.{spelled}"), &value) {
                given.violations.push(nul);
            } else if *meant == DOCUMENT_TYPE {
                given.document_types.push(value.into_owned());
            } else if given.texts.insert(meant, value.into_owned()).is_some() {
                given.refuse(spelled, "maxItems", "must be given once");
            }
        }
        given
    }

    /// A parameter's text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.texts.get(name).cloned()
    }

    /// A parameter whose text is one of these.
    pub(super) fn word(&mut self, name: &'static str, words: &[&'static str]) -> Option<&'static str> {
        let text = self.texts.get(name)?;
        let word = words.iter().find(|word| **word == text.as_str()).copied();
        if word.is_none() {
            self.refuse(name, "enum", format!("must be one of {}", words.join(", ")));
        }
        word
    }

    /// A parameter that is true or false; false when it is not given.
    pub(super) fn flag(&mut self, name: &'static str) -> bool {
        matches!(self.word(name, &["true", "false", "1", "0"]), Some("true" | "1"))
    }

    /// Notes a broken rule.
    pub(super) fn refuse(&mut self, name: &str, rule: &str, message: impl Into<String>) {
        self.violations.push(Violation::new(format!("query.{name}"), rule, message));
    }

    /// An error when a rule is broken.
    pub(super) fn into_violations(self) -> Result<(), ServiceError> {
        if self.violations.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(self.violations)) }
    }
}
