//! The endpoints as the api needs them: each with its compiled schema.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::Value;
use shared::config::Env;
use shared::domain::{Current, Endpoint, Registry};
use shared::endpoints::{Mistake, Mistakes};
use shared::setup::{self, SetupError};

/// A compiled pattern, at most. Those that the linear engine does not know are refused: a request must not be able to
/// make one take forever.
const PATTERN_MAX_BYTES: usize = 1024 * 1024;
/// Letters of what is wrong with a schema that are told.
const REASON_MAX_CHARS: usize = 300;

/// Every endpoint, as of one reading of the operator's file.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    registry: Registry,
    validators: BTreeMap<Arc<str>, Validator>,
    description: OnceLock<Bytes>,
}

impl Catalog {
    /// The built-in endpoints, and those of the operator's file.
    pub(crate) fn read(env: &Env) -> Result<Self, SetupError> {
        Ok(Self::new(setup::registry(env, &check_schema)?)?)
    }

    pub(crate) fn new(registry: Registry) -> Result<Self, Mistakes> {
        let mut validators = BTreeMap::new();
        for endpoint in registry.iter() {
            let Some(schema) = &endpoint.request_schema else { continue };
            let validator = compile(schema).map_err(|rule| uncompiled(endpoint, rule))?;
            validators.insert(Arc::clone(&endpoint.path), validator);
        }
        Ok(Self { registry, validators, description: OnceLock::new() })
    }

    pub(crate) const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// What the operator wants the requests of an endpoint to be.
    pub(crate) fn validator(&self, endpoint: &Endpoint) -> Option<&Validator> {
        self.validators.get(&endpoint.path)
    }

    /// The description of the API with these endpoints, made when it is first asked for.
    pub(crate) fn description(&self, make: impl FnOnce(&Registry) -> String) -> Bytes {
        self.description.get_or_init(|| make(&self.registry).into()).clone()
    }
}

/// A reading whose schemas were looked at cannot come here; a registry made otherwise may.
fn uncompiled(endpoint: &Endpoint, rule: String) -> Mistakes {
    let field = format!("endpoint[{}].request_schema", endpoint.path);
    Mistakes { file: Path::new("endpoints").to_owned(), all: vec![Mistake { line: None, field, rule }] }
}

/// Why a schema cannot be used, if it cannot.
pub(crate) fn check_schema(schema: &Value) -> Result<(), String> {
    compile(schema).map(|_| ())
}

/// Nothing is fetched, and patterns take time in proportion to what they are matched with.
fn compile(schema: &Value) -> Result<Validator, String> {
    let patterns = PatternOptions::regex().size_limit(PATTERN_MAX_BYTES).dfa_size_limit(PATTERN_MAX_BYTES);
    jsonschema::options().offline().with_pattern_options(patterns).build(schema).map_err(|error| told(&error))
}

fn told(error: &ValidationError<'_>) -> String {
    let place = error.instance_path().to_string();
    let reason: String = error.to_string().chars().take(REASON_MAX_CHARS).collect();
    if place.is_empty() { reason } else { format!("{place}: {reason}") }
}

/// The catalog in force.
pub(crate) type Catalogs = Current<Catalog>;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_schema_that_cannot_be_used_is_told_by_its_place() {
        let told = |schema: Value| check_schema(&schema).unwrap_err();
        assert!(told(json!({ "properties": { "a": { "type": "text" } } })).starts_with("/properties/a/type: "));
        // Backtracking is the only way to match these.
        assert!(told(json!({ "pattern": "(?=a)b" })).contains("regex"));
        assert!(told(json!({ "pattern": "(a)\\1" })).contains("regex"));
        assert!(told(json!({ "pattern": "(a{1000}){1000}" })).contains("/pattern"));
        assert!(told(json!({ "$ref": "http://127.0.0.1:1/" })).contains("127.0.0.1"));
        assert!(check_schema(&json!({ "$ref": "#/$defs/a", "$defs": { "a": { "type": "string" } } })).is_ok());
        let draft_7 = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "definitions": {} });
        assert!(check_schema(&draft_7).is_ok());
    }

    #[test]
    fn a_schema_that_refers_to_itself_without_end_ends() {
        let around = json!({ "$ref": "#/$defs/a", "$defs": { "a": { "allOf": [{ "$ref": "#/$defs/a" }] } } });
        for schema in [around, json!({ "$ref": "#" }), json!({ "anyOf": [{ "not": { "$ref": "#" } }] })] {
            // Which of the two the library chooses is its own affair.
            let answered = compile(&schema).map(|validator| validator.iter_errors(&json!({ "a": 1 })).count());
            assert!(answered.is_err() || answered.is_ok_and(|errors| errors < 10));
        }
    }
}
