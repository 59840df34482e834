//! `request_schema`: a file's name, or the schema itself.

use serde_json::{Map, Number, Value};
use toml::de::DeValue;

use super::limits::{SCHEMA_MAX_BYTES, SCHEMA_MAX_DEPTH};
use super::read::{Reading, text_of};
use super::section::{Item, Section};

const NAME: &str = "request_schema";
/// What `$schema` may be.
const DRAFTS: [&str; 2] = ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema"];

/// The schema, if there is one and it can be used.
pub(super) fn read(section: &Section<'_>, reading: &Reading<'_>) -> Option<Value> {
    let item = section.item(NAME)?;
    let schema = match item.get_ref() {
        DeValue::String(file) => of_file(file, reading),
        DeValue::Table(_) => json_of(item, 0),
        _ => Err("must be a file's name or a table".to_owned()),
    };
    match schema.and_then(|schema| check(&schema, reading).map(|()| schema)) {
        Ok(schema) => Some(schema),
        Err(rule) => section.refuse(item, NAME, rule),
    }
}

fn of_file(name: &str, reading: &Reading<'_>) -> Result<Value, String> {
    let text = text_of(&reading.folder.join(name), SCHEMA_MAX_BYTES).map_err(|rule| format!("the file {rule}"))?;
    serde_json::from_slice(&text).map_err(|error| {
        format!(
            "the file is not JSON from its line {}, column {} on ({} bytes)",
            error.line(),
            error.column(),
            text.len()
        )
    })
}

fn check(schema: &Value, reading: &Reading<'_>) -> Result<(), String> {
    if !schema.is_object() {
        return Err("must be a JSON Schema that is an object".to_owned());
    }
    let length = schema.to_string().len();
    if length as u64 > SCHEMA_MAX_BYTES {
        return Err(format!("may have {SCHEMA_MAX_BYTES} bytes ({length} bytes)"));
    }
    let mut rules = Vec::new();
    look(schema, 0, &mut rules);
    if let Some(rule) = rules.into_iter().next() {
        return Err(rule);
    }
    (reading.around.schema)(schema).map_err(|reason| format!("is not a JSON Schema: {reason}"))
}

/// Looks for what no schema of an endpoint may have, at any depth.
fn look(value: &Value, depth: usize, rules: &mut Vec<String>) {
    if depth > SCHEMA_MAX_DEPTH {
        rules.push(format!("may be {SCHEMA_MAX_DEPTH} objects and lists deep"));
        return;
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if let Some(rule) = value.as_str().and_then(|text| broken_by(name, text)) {
                    rules.push(rule);
                }
                look(value, depth + 1, rules);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| look(item, depth + 1, rules)),
        _ => {}
    }
}

fn broken_by(keyword: &str, text: &str) -> Option<String> {
    match keyword {
        "$ref" | "$dynamicRef" | "$recursiveRef" if !text.starts_with('#') => {
            Some(format!("has a {keyword} that does not begin with #: nothing is fetched"))
        }
        "$schema" if !DRAFTS.contains(&text.trim_end_matches('#')) => {
            Some("has a $schema that is neither draft 2020-12 nor draft-07".to_owned())
        }
        _ => None,
    }
}

/// A table as JSON.
fn json_of(item: &Item<'_>, depth: usize) -> Result<Value, String> {
    if depth > SCHEMA_MAX_DEPTH {
        return Err(format!("may be {SCHEMA_MAX_DEPTH} tables and lists deep"));
    }
    match item.get_ref() {
        DeValue::String(text) => Ok(text.as_ref().into()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(Value::from)
            .map_err(|_| "has a whole number that is too large".to_owned()),
        DeValue::Float(number) => {
            let number = number.as_str().parse().ok().and_then(Number::from_f64);
            number.map(Value::Number).ok_or_else(|| "has a number that JSON has not".to_owned())
        }
        DeValue::Boolean(is) => Ok((*is).into()),
        DeValue::Datetime(_) => Err("has a date without quotes: JSON has none".to_owned()),
        DeValue::Array(items) => {
            items.iter().map(|item| json_of(item, depth + 1)).collect::<Result<_, _>>().map(Value::Array)
        }
        DeValue::Table(members) => {
            let member = |(name, item): (_, _)| {
                let name: &toml::Spanned<std::borrow::Cow<'_, str>> = name;
                Ok((name.get_ref().as_ref().to_owned(), json_of(item, depth + 1)?))
            };
            members.iter().map(member).collect::<Result<Map<_, _>, String>>().map(Value::Object)
        }
    }
}
