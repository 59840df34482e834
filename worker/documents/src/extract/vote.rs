//! The vote: the answers of several passes put together.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::{self, Draft};
use crate::consensus::{self, Consolidated};
use crate::schema::Schema;

/// What several passes come to.
pub(crate) struct Voted {
    pub(crate) consolidated: Consolidated,
    /// Where each leaf comes from: shaped as the value.
    pub(crate) sources: Value,
}

/// Puts the answers of passes together. Each leaf has the source that a pass with the same value has for it.
pub(crate) fn vote(drafts: &[Draft], schema: &Schema, keys: &BTreeMap<String, String>) -> Voted {
    let votes: Vec<Value> = drafts.iter().map(|draft| draft.value.clone()).collect();
    let mut consolidated = consensus::consolidate(&votes, schema, keys);
    let mut sources = answer::nulls(&consolidated.value);
    let mut pointers = Vec::new();
    push_leaves(&consolidated.value, String::new(), &mut pointers);
    for pointer in pointers {
        let path = dotted(&pointer);
        let given: Vec<(&Value, &Value)> = drafts
            .iter()
            .zip(&consolidated.key_mappings)
            .filter_map(|(draft, mapping)| {
                let own = pointed(mapping.get(&path)?.as_deref()?);
                Some((draft.value.pointer(&own)?, draft.sources.pointer(&own)?))
            })
            .filter(|(value, _)| !value.is_null())
            .collect();
        let Some(value) = consolidated.value.pointer(&pointer).filter(|value| !value.is_null()) else { continue };
        // The mean of readings stands nowhere; the reading next to it does.
        let chosen = given.iter().min_by(|a, b| distance(value, a.0).total_cmp(&distance(value, b.0)));
        let (value, source) =
            chosen.map_or((Value::Null, Value::Null), |(value, source)| ((*value).clone(), (*source).clone()));
        answer::put(&mut consolidated.value, &pointer, value);
        answer::put(&mut sources, &pointer, source);
    }
    Voted { consolidated, sources }
}

/// 0 for the same value, the difference of numbers, and for all else more than any of them.
fn distance(one: &Value, other: &Value) -> f64 {
    match (one.as_f64(), other.as_f64()) {
        _ if one == other => 0.0,
        (Some(one), Some(other)) => (one - other).abs(),
        _ => f64::INFINITY,
    }
}

fn push_leaves(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                push_leaves(value, format!("{pointer}/{}", answer::escaped(name)), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                push_leaves(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => pointers.push(pointer),
    }
}

/// A JSON pointer with dots for its slashes, as consensus writes paths.
fn dotted(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace('/', ".").replace("~1", "/").replace("~0", "~")
}

fn pointed(path: &str) -> String {
    path.split('.').map(|part| format!("/{}", answer::escaped(part))).collect()
}
