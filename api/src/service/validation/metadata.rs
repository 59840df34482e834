//! The client's own notes on a job (contract A.2).

use serde_json::{Map, Value};

use super::path::member;
use super::{Violation, nul_in};

/// Pairs, at most.
const MAX_PAIRS: usize = 16;
/// Characters of a key, at most.
const MAX_KEY_CHARS: usize = 64;
/// Characters of a value, at most.
const MAX_VALUE_CHARS: usize = 512;

const ROOT: &str = "$.metadata";

/// The metadata, or what is wrong with it. `null` is none.
pub(super) fn check(value: Value) -> Result<Option<Map<String, Value>>, Vec<Violation>> {
    let pairs = match value {
        Value::Null => return Ok(None),
        Value::Object(pairs) => pairs,
        _ => return Err(vec![Violation::new(ROOT, "type", "must be an object of strings, or null")]),
    };
    let mut violations = Vec::new();
    if pairs.len() > MAX_PAIRS {
        let message = format!("must have at most {MAX_PAIRS} pairs");
        violations.push(Violation::new(ROOT, "maxProperties", message).with_size(pairs.len()));
    }
    for (key, value) in &pairs {
        check_key(key, &mut violations);
        check_value(key, value, &mut violations);
    }
    if violations.is_empty() { Ok(Some(pairs)) } else { Err(violations) }
}

fn check_key(key: &str, violations: &mut Vec<Violation>) {
    let length = key.chars().count();
    if length > MAX_KEY_CHARS {
        let message = format!("a key must have at most {MAX_KEY_CHARS} characters");
        violations.push(Violation::new(member(ROOT, key), "maxLength", message).with_size(length));
    }
    violations.extend(nul_in(member(ROOT, key), key));
}

fn check_value(key: &str, value: &Value, violations: &mut Vec<Violation>) {
    let Value::String(value) = value else {
        violations.push(Violation::new(member(ROOT, key), "type", "must be a string"));
        return;
    };
    let length = value.chars().count();
    if length > MAX_VALUE_CHARS {
        let message = format!("must have at most {MAX_VALUE_CHARS} characters");
        violations.push(Violation::new(member(ROOT, key), "maxLength", message).with_size(length));
    }
    violations.extend(nul_in(member(ROOT, key), value));
}
