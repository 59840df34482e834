//! References within a schema, as the engine reads them.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The keywords that refer.
pub(super) const REFERRING: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];

/// What a subschema refers to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    REFERRING.iter().find_map(|keyword| schema.get(*keyword)?.as_str())
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
    let definitions = ["$defs", "definitions"].iter().filter_map(|name| root.get(name)?.as_object());
    definitions.flat_map(|definitions| definitions.values()).find(|definition| {
        let names = |keyword: &str, name: &str| definition.get(keyword).and_then(Value::as_str) == Some(name);
        names("$anchor", fragment) || names("$dynamicAnchor", fragment) || names("$id", reference)
    })
}

/// The text of a fragment with `%20` and the like decoded; where that gives no text, as it is written.
fn decoded(fragment: &str) -> Cow<'_, str> {
    percent_decode_str(fragment).decode_utf8().unwrap_or(Cow::Borrowed(fragment))
}
