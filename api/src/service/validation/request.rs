//! The `request` of a create against the schema of its endpoint.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};
use shared::contract::{DataUrl, DataUrlError, ParseRequest};
use shared::domain::{Endpoint, Executor};
use utoipa::ToSchema;

use super::path::{located, member};
use super::{Violation, nul_in};
use crate::service::catalog::Catalog;

const ROOT: &str = "$.request";

/// The endpoint whose requests the contract describes and we know.
const PARSE_PATH: &str = "/v1/documents/parse";
/// Broken rules of one request that are told. A list may break one with each of its items.
const MAX_VIOLATIONS: usize = 100;
/// Letters of a rule in words: the names of members that are too many come from the client.
const MAX_MESSAGE_CHARS: usize = 500;

static PARSE: LazyLock<Validator> = LazyLock::new(validator_of::<ParseRequest>);

/// Compiles the schemas now: at the start of the process, not in the first request.
pub(crate) fn compile_schemas() {
    LazyLock::force(&PARSE);
}

/// Everything that is wrong with a request. Its files have been taken out: of a `data:` URL that ends behind its comma the
/// rest is good base64.
///
/// The operator's own schema takes the place of the contract's where the request goes elsewhere; the engine here cannot do
/// without the contract's.
pub(super) fn check(endpoint: &Endpoint, executor: &Executor, catalog: &Catalog, request: Value) -> Vec<Violation> {
    let own = catalog.validator(endpoint);
    let mut violations = own.map_or_else(Vec::new, |validator| broken_rules(validator, &request));
    let is_of_contract = match executor {
        Executor::Documents => true,
        Executor::Http(_) => own.is_none() && &*endpoint.path == PARSE_PATH,
    };
    if is_of_contract {
        violations.extend(check_parse(request));
    }
    violations
}

fn check_parse(request: Value) -> Vec<Violation> {
    let mut violations = broken_rules(&PARSE, &request);
    violations.extend(["filename", "url"].into_iter().filter_map(|name| {
        let text = request.get("document")?.get(name)?.as_str()?;
        nul_in(format!("{ROOT}.document.{name}"), text)
    }));
    violations.extend(request.get("model").and_then(Value::as_str).and_then(|m| nul_in(format!("{ROOT}.model"), m)));
    if !violations.is_empty() {
        return violations;
    }
    // The worker reads the stored request into this type, so what it would refuse is refused here.
    match serde_json::from_value::<ParseRequest>(request) {
        Ok(request) => check_data_url(&request.document.url).into_iter().collect(),
        Err(error) => vec![Violation::new(ROOT, "type", format!("cannot be read: {error}"))],
    }
}

/// The document must be one that a worker can decode.
fn check_data_url(url: &str) -> Option<Violation> {
    let error = DataUrl::parse(url).and_then(|parsed| parsed.check()).err()?;
    let rule = match error {
        DataUrlError::Scheme | DataUrlError::Encoding => "dataUrl",
        DataUrlError::Base64 { .. } => "base64",
    };
    Some(Violation::new(format!("{ROOT}.document.url"), rule, error.to_string()).with_size(url.len()))
}

/// The schema of a type as its OpenAPI document shows it. It refers to nothing outside itself, and nothing is fetched.
fn validator_of<T: ToSchema>() -> Validator {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    parts.push((T::name().into_owned(), T::schema()));
    let schema = json!({
        "$ref": format!("#/components/schemas/{}", T::name()),
        "components": { "schemas": parts.into_iter().collect::<std::collections::BTreeMap<_, _>>() },
    });
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&schema)
        .unwrap_or_else(|error| unreachable!("the schema of {} is our own: {error}", T::name()))
}

fn broken_rules(validator: &Validator, request: &Value) -> Vec<Violation> {
    let mut violations = Vec::new();
    for error in validator.iter_errors(request).take(MAX_VIOLATIONS) {
        collect(&error, &mut violations);
    }
    violations.truncate(MAX_VIOLATIONS);
    violations
}

/// One violation an error; the only branch of a choice speaks for itself.
fn collect(error: &ValidationError<'_>, violations: &mut Vec<Violation>) {
    match error.kind() {
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context }
            if context.len() == 1 =>
        {
            for inner in &context[0] {
                collect(inner, violations);
            }
        }
        _ => violations.push(violation(error)),
    }
}

fn violation(error: &ValidationError<'_>) -> Violation {
    let place = located(ROOT, error.instance_path());
    let (path, message) = match error.kind() {
        ValidationErrorKind::Required { property } => {
            (member(&place, property.as_str().unwrap_or_default()), "is required".to_owned())
        }
        ValidationErrorKind::Enum { options } => (place, format!("must be one of {}", choices(options))),
        // Masked: a value may be the whole document.
        _ => (place, error.masked_with("the value").to_string().chars().take(MAX_MESSAGE_CHARS).collect()),
    };
    let violation = Violation::new(path, error.kind().keyword(), message);
    match error.kind() {
        ValidationErrorKind::MaxLength { .. } | ValidationErrorKind::MinLength { .. } => {
            let size = error.instance().as_str().map_or(0, |text| text.chars().count());
            violation.with_size(size)
        }
        _ => violation,
    }
}

/// The values of an `enum`, all of them: the validator's own words list two.
fn choices(options: &Value) -> String {
    let options = options.as_array().map_or(&[][..], Vec::as_slice);
    options.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}
