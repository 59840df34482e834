//! References within a schema.

use std::borrow::Cow;
use std::rc::Rc;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A subschema, and by which references it was reached.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) schema: &'a Value,
    trail: Option<Rc<Step<'a>>>,
}

#[derive(Debug)]
struct Step<'a> {
    reference: &'a str,
    before: Option<Rc<Step<'a>>>,
}

impl<'a> Node<'a> {
    pub(super) fn root(schema: &'a Value) -> Self {
        Self { schema, trail: None }
    }

    /// A part of it.
    pub(super) fn part(&self, schema: &'a Value) -> Self {
        Self { schema, trail: self.trail.clone() }
    }

    /// What a reference in it leads to.
    pub(super) fn follow(&self, reference: &'a str, target: &'a Value) -> Self {
        Self { schema: target, trail: Some(Rc::new(Step { reference, before: self.trail.clone() })) }
    }

    /// How often this reference was followed to come here.
    pub(super) fn unfolds(&self, reference: &str) -> usize {
        let mut count = 0;
        let mut step = self.trail.as_ref();
        while let Some(Step { reference: followed, before }) = step.map(Rc::as_ref) {
            count += usize::from(*followed == reference);
            step = before.as_ref();
        }
        count
    }
}

/// What a subschema refers to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    ["$ref", "$dynamicRef", "$recursiveRef"].iter().find_map(|keyword| schema.get(*keyword)?.as_str())
}

/// What a reference leads to, if that is in the schema: `#`, `#/$defs/address`, or the `$anchor` of a definition.
pub(super) fn target<'a>(root: &'a Value, reference: &str) -> Option<&'a Value> {
    let fragment = reference.strip_prefix('#')?;
    if fragment.is_empty() {
        return Some(root);
    }
    if fragment.starts_with('/') {
        return root.pointer(&decoded(fragment));
    }
    ["$defs", "definitions"]
        .iter()
        .filter_map(|name| root.get(name)?.as_object())
        .flat_map(|definitions| definitions.values())
        .find(|definition| {
            let names = |keyword: &str, name: &str| definition.get(keyword).and_then(Value::as_str) == Some(name);
            names("$anchor", fragment) || names("$dynamicAnchor", fragment) || names("$id", reference)
        })
}

/// The text of a fragment with `%20` and the like decoded; where that gives no text, as it is written.
fn decoded(fragment: &str) -> Cow<'_, str> {
    percent_decode_str(fragment).decode_utf8().unwrap_or(Cow::Borrowed(fragment))
}
