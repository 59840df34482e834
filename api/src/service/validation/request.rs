//! The `request` of a create against the schema of its endpoint.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::types::JsonType;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};
use shared::domain::{Endpoint, Executor};
use shared::payload::Lifted;
use utoipa::ToSchema;

use super::path::{located, member};
use super::{Violation, contract};
use crate::service::catalog::Catalog;

pub(super) const ROOT: &str = "$.request";

/// Broken rules of one request that are told. A list may break one with each of its items.
pub(super) const MAX_VIOLATIONS: usize = 100;
/// Letters of a rule in words: the names of members that are too many come from the client.
const MAX_MESSAGE_CHARS: usize = 500;

/// Everything that is wrong with a request. Its files have been taken out: of a `data:` URL that ends behind its comma the
/// rest is good base64.
///
/// The operator's own schema takes the place of the contract's where the request goes elsewhere; the engine here cannot do
/// without the contract's.
pub(super) fn check(
    endpoint: &Endpoint,
    executor: &Executor,
    catalog: &Catalog,
    request: Value,
    lifted: &Lifted,
) -> Vec<Violation> {
    let own = catalog.validator(endpoint);
    let mut violations = own.map_or_else(Vec::new, |validator| broken_rules(validator, &request));
    let is_of_contract = match executor {
        Executor::Documents => true,
        Executor::Http(_) => own.is_none(),
    };
    if let Some(contract) = contract::of(&endpoint.path).filter(|_| is_of_contract) {
        violations.extend(contract.check(request, lifted));
    }
    violations
}

/// The schema of a type as its OpenAPI document shows it. It refers to nothing outside itself, and nothing is fetched.
pub(super) fn validator_of<T: ToSchema>() -> Validator {
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

pub(super) fn broken_rules(validator: &Validator, request: &Value) -> Vec<Violation> {
    let mut violations = Vec::new();
    for error in validator.iter_errors(request).take(MAX_VIOLATIONS) {
        collect(ROOT, &error, &mut violations);
    }
    violations.truncate(MAX_VIOLATIONS);
    violations
}

/// One violation an error. The only branch of a choice that could have been meant speaks for itself: of a member that may be
/// null, the one that says what else it may be.
pub(super) fn collect(root: &str, error: &ValidationError<'_>, violations: &mut Vec<Violation>) {
    let branches = match error.kind() {
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => context.as_slice(),
        _ => &[],
    };
    let mut meant = branches.iter().filter(|branch| !branch.iter().all(is_no_null));
    match (meant.next(), meant.next()) {
        (Some(branch), None) => branch.iter().for_each(|inner| collect(root, inner, violations)),
        _ => violations.push(violation(root, error)),
    }
}

/// Whether the error is that a value is not null.
fn is_no_null(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), ValidationErrorKind::Type { kind: TypeKind::Single(JsonType::Null) })
}

fn violation(root: &str, error: &ValidationError<'_>) -> Violation {
    let place = located(root, error.instance_path());
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
