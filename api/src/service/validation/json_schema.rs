//! A JSON Schema in a request: nothing that it asks for is found out to be impossible when the client is gone.

use jsonschema::{Draft, PatternOptions};
use serde_json::{Value, json};
use shared::contract::{SchemaPattern, check_json_schema};

use super::Violation;
use super::path::of_pointer;
use super::request::{MAX_VIOLATIONS, ROOT, collect};

/// Bytes that a compiled pattern may take, in each of the forms that the engine keeps it in. A pattern of a date takes
/// some 20 KiB, one of a hundred letters of any alphabet about 1 MiB.
const MAX_COMPILED_BYTES: usize = 2 << 20;
/// What pydantic writes in front of every pattern of a `Decimal`: it must not be of signs and points alone. Linear engines
/// have no look-ahead, but this one looks once.
const DECIMAL_SIGNS: &str = "(?!^[-+.]*$)";
/// What it writes before the digits of a `Decimal` that has a greatest number of them: up to the number, and after it.
const DECIMAL_DIGITS: (&str, &str) = (r"(?=[\d.]{1,", "}0*$)");

/// What is wrong with the schema that `pointer` leads to in the request.
pub(super) fn check(pointer: &str, schema: &Value) -> Vec<Violation> {
    let checked = check_json_schema(schema);
    let is_too_large = checked.mistakes.iter().any(|mistake| mistake.rule.starts_with("max"));
    let place = |inner: &str| of_pointer(ROOT, &format!("{pointer}{inner}"));
    let mut violations: Vec<Violation> = checked
        .mistakes
        .into_iter()
        .map(|mistake| Violation {
            size: mistake.size,
            ..Violation::new(place(&mistake.pointer), mistake.rule, mistake.message)
        })
        .collect();
    if is_too_large {
        return violations;
    }
    match dialect(schema) {
        Some(validator) => {
            for error in validator.iter_errors(schema).take(MAX_VIOLATIONS) {
                collect(&place(""), &error, &mut violations);
            }
        }
        None => {
            let message = "must be the URI of draft 7 or 2020-12 (or 6, or 2019-09) of JSON Schema";
            violations.push(Violation::new(place("/$schema"), "enum", message));
        }
    }
    violations.extend(checked.patterns.iter().filter(|pattern| !compiles(pattern)).map(|pattern| {
        let message = "must be a regular expression that can be matched in linear time: without look-around, \
                       references back, or repetitions that are large when written out";
        Violation::new(place(&pattern.pointer), "pattern", message).with_size(pattern.text.chars().count())
    }));
    // The parts of a dialect repeat one another's rules.
    let mut told: Vec<Violation> = Vec::with_capacity(violations.len());
    for violation in violations.into_iter().take(MAX_VIOLATIONS) {
        if !told.contains(&violation) {
            told.push(violation);
        }
    }
    told
}

/// What a schema is checked against: the newest draft, if it does not say.
fn dialect(schema: &Value) -> Option<jsonschema::meta::MetaValidator<'static>> {
    let draft = match schema.get("$schema") {
        Some(Value::String(uri)) => Draft::from_schema_uri(uri),
        Some(_) => return None,
        None => Draft::Draft202012,
    };
    match draft {
        Draft::Draft202012 => Some(jsonschema::draft202012::meta::validator()),
        Draft::Draft201909 => Some(jsonschema::draft201909::meta::validator()),
        Draft::Draft7 => Some(jsonschema::draft7::meta::validator()),
        Draft::Draft6 => Some(jsonschema::draft6::meta::validator()),
        _ => None,
    }
}

/// Whether a pattern compiles in an engine that never backtracks.
fn compiles(pattern: &SchemaPattern) -> bool {
    let text = without_look_ahead(&pattern.text);
    let options = PatternOptions::regex().size_limit(MAX_COMPILED_BYTES);
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_pattern_options(options)
        .build(&json!({ "pattern": text }))
        .is_ok()
}

/// The pattern of a `Decimal` without its look-ahead; any other as it is.
fn without_look_ahead(pattern: &str) -> String {
    let text = pattern.replace(DECIMAL_SIGNS, "");
    let Some((before, rest)) = text.split_once(DECIMAL_DIGITS.0) else { return text };
    match rest.split_once(DECIMAL_DIGITS.1) {
        Some((count, after)) if count.bytes().all(|byte| byte.is_ascii_digit()) => format!("{before}{after}"),
        _ => text,
    }
}
