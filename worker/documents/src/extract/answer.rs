//! The answer: values, how likely they are and where they come from, in the shape of the schema.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::items::{Origin, Row};
use crate::operation::Found;
use crate::schema::{Field, Kind, Schema};
use crate::view::{Span, View};

/// Leaves of an object whose evidence is told together.
const MAX_EVIDENCE: usize = 3;

/// An answer that is put together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub(crate) value: Value,
    pub(crate) likelihoods: Value,
    pub(crate) sources: Value,
    /// What speaks for each leaf that was found, by its pointer.
    evidence: BTreeMap<String, Evidence>,
}

/// What speaks for a leaf.
#[derive(Debug, Clone, PartialEq)]
enum Evidence {
    /// The line that it stands on.
    Text(Span),
    /// The rule by which it follows from other leaves.
    Rule(String),
}

impl Draft {
    pub(crate) fn blank(schema: &Schema) -> Self {
        let value = schema.root.blank();
        Self { likelihoods: zeros(&value), sources: value.clone(), value, evidence: BTreeMap::new() }
    }

    /// Puts a value at a pointer.
    pub(crate) fn set(&mut self, view: &View, pointer: &str, value: Value, spans: &[Span], confidence: f32) {
        let Some(found) = view.found_across(spans) else { return };
        put(&mut self.value, pointer, value);
        put(&mut self.likelihoods, pointer, json!(rounded(confidence)));
        put(&mut self.sources, pointer, source(&found));
        if let Some(span) = spans.first() {
            self.evidence.insert(pointer.to_owned(), Evidence::Text(*span));
        }
    }

    /// Puts the items of a list at its pointer.
    pub(crate) fn set_items(&mut self, view: &View, list: &Field, rows: &[Row]) {
        let Some(item) = list.item() else { return };
        let blank = item.blank();
        for tree in [&mut self.value, &mut self.sources] {
            put(tree, &list.pointer, Value::Array(vec![blank.clone(); rows.len()]));
        }
        put(&mut self.likelihoods, &list.pointer, Value::Array(vec![zeros(&blank); rows.len()]));
        for (index, row) in rows.iter().enumerate() {
            for leaf in &row.leaves {
                let pointer = format!("{}/{index}{}", list.pointer, leaf.suffix);
                match &leaf.origin {
                    Origin::Text(spans) => self.set(view, &pointer, leaf.value.clone(), spans, leaf.confidence),
                    Origin::Derived { rule, from } => {
                        let from = from.iter().map(|suffix| format!("{}/{index}{suffix}", list.pointer)).collect();
                        self.derive(&pointer, leaf.value.clone(), rule, from, leaf.confidence);
                    }
                }
            }
        }
    }

    /// Puts a value that follows from others.
    pub(crate) fn derive(&mut self, pointer: &str, value: Value, rule: &str, from: Vec<String>, confidence: f32) {
        let evidence = Evidence::Rule(format!("It follows from {} by the rule “{rule}”.", from.join(", ")));
        self.evidence.insert(pointer.to_owned(), evidence);
        put(&mut self.value, pointer, value);
        put(&mut self.likelihoods, pointer, json!(rounded(confidence)));
        put(&mut self.sources, pointer, source(&Found::Derived { rule: rule.to_owned(), from }));
    }

    /// The evidence of the fields that ask for reasoning, by their pointers.
    pub(crate) fn reasoning(&self, view: &View, schema: &Schema) -> BTreeMap<String, String> {
        let mut reasoning = BTreeMap::new();
        self.push_reasoning(view, &schema.root, &schema.root.pointer, &mut reasoning);
        reasoning
    }

    fn push_reasoning(&self, view: &View, field: &Field, pointer: &str, reasoning: &mut BTreeMap<String, String>) {
        if field.reasoning.is_some() {
            reasoning.insert(pointer.to_owned(), self.evidence_under(view, pointer));
        }
        match &field.kind {
            Kind::Object(fields) => {
                for inner in fields {
                    self.push_reasoning(view, inner, &format!("{pointer}/{}", escaped(&inner.name)), reasoning);
                }
            }
            Kind::List(item) => {
                let count = self.value.pointer(pointer).and_then(Value::as_array).map_or(0, Vec::len);
                for index in 0..count {
                    self.push_reasoning(view, item, &format!("{pointer}/{index}"), reasoning);
                }
            }
            _ => {}
        }
    }

    fn evidence_under(&self, view: &View, pointer: &str) -> String {
        let inner = format!("{pointer}/");
        let own = self.evidence.get(pointer).into_iter();
        let under = self.evidence.range(inner.clone()..).take_while(|(at, _)| at.starts_with(&inner));
        let all: Vec<String> = own
            .chain(under.map(|(_, evidence)| evidence))
            .take(MAX_EVIDENCE)
            .map(|evidence| match evidence {
                Evidence::Text(span) => sentence(view, *span),
                Evidence::Rule(text) => text.clone(),
            })
            .collect();
        if all.is_empty() { "Nothing in the document names it.".to_owned() } else { all.join(" ") }
    }
}

/// The printed line that a value stands on, with the page.
fn sentence(view: &View, span: Span) -> String {
    let Some(line) = view.lines.get(span.line) else { return String::new() };
    let of_row = |index: &usize| view.lines.get(*index).is_some_and(|other| other.row == line.row);
    let mut row: Vec<usize> = (0..span.line).rev().take_while(of_row).collect();
    row.reverse();
    row.extend((span.line..).take_while(of_row));
    let text = row.into_iter().map(|index| view.text(view.whole(index))).collect::<Vec<_>>().join(" ");
    let before = view
        .labels(span)
        .into_iter()
        .find(|label| view.lines.get(label.span.line).is_some_and(|other| other.row != line.row));
    let label = before.map(|label| format!("“{}”: ", view.text(label.span))).unwrap_or_default();
    format!("Page {}: {label}“{text}”.", line.page)
}

/// The paths of leaves that must have a value and have none.
pub(crate) fn unsatisfied(field: &Field, value: &Value, pointer: &str, paths: &mut Vec<String>) {
    match (&field.kind, value) {
        (Kind::Object(fields), Value::Object(values)) => {
            for inner in fields {
                if let Some(value) = values.get(&inner.name) {
                    unsatisfied(inner, value, &format!("{pointer}/{}", escaped(&inner.name)), paths);
                }
            }
        }
        (Kind::List(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                unsatisfied(item, value, &format!("{pointer}/{index}"), paths);
            }
        }
        (_, Value::Null) if field.required && !field.nullable => paths.push(pointer.to_owned()),
        _ => {}
    }
}

pub(super) fn put(tree: &mut Value, pointer: &str, value: Value) {
    if let Some(slot) = tree.pointer_mut(pointer) {
        *slot = value;
    }
}

fn source(found: &Found) -> Value {
    serde_json::to_value(found).unwrap_or_default()
}

/// Three digits are more than is known.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

/// The same shape with null at each leaf.
pub(super) fn nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(nulls).collect()),
        _ => Value::Null,
    }
}

/// The same shape with 0 at each leaf.
fn zeros(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), zeros(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(zeros).collect()),
        _ => json!(0.0),
    }
}

pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
