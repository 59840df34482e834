//! The content of an answer: its values as JSON, each field's evidence just before the field.

use std::collections::BTreeMap;

use serde::ser::{Error as _, SerializeMap as _};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// What the member begins with that holds a field's evidence: clients take such members out before they read the values
/// (contract B.1).
const PREFIX: &str = "reasoning___";
/// Objects and arrays in one another, at most. A schema allows fewer.
const DEPTH_MAX: usize = 128;

/// A value's JSON with this evidence, by the JSON pointer of the field. That of the whole is its first member
/// `reasoning___root`, that of an item of an array the item's first member `reasoning___item`.
pub(super) fn content(value: &Value, reasoning: &BTreeMap<String, String>) -> Result<String, serde_json::Error> {
    serde_json::to_string(&Told { value, reasoning, pointer: String::new(), itself: "root", depth: 0 })
}

struct Told<'a> {
    value: &'a Value,
    reasoning: &'a BTreeMap<String, String>,
    pointer: String,
    /// What its own evidence is called, where it is not a member's.
    itself: &'static str,
    depth: usize,
}

impl Told<'_> {
    fn within<'v>(&'v self, name: &str, value: &'v Value, itself: &'static str) -> Told<'v> {
        let name = name.replace('~', "~0").replace('/', "~1");
        let pointer = format!("{}/{name}", self.pointer);
        Told { value, reasoning: self.reasoning, pointer, itself, depth: self.depth + 1 }
    }
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.depth > DEPTH_MAX {
            return Err(S::Error::custom(format!("values nest more than {DEPTH_MAX} times")));
        }
        match self.value {
            Value::Object(members) => {
                let mut map = serializer.serialize_map(None)?;
                let own = self.reasoning.get(&self.pointer).filter(|_| !self.itself.is_empty());
                if let Some(evidence) = own {
                    map.serialize_entry(&format!("{PREFIX}{}", self.itself), evidence)?;
                }
                for (name, value) in members {
                    let told = self.within(name, value, "");
                    if let Some(evidence) = self.reasoning.get(&told.pointer) {
                        map.serialize_entry(&format!("{PREFIX}{name}"), evidence)?;
                    }
                    map.serialize_entry(name, &told)?;
                }
                map.end()
            }
            Value::Array(items) => {
                let told = items.iter().enumerate().map(|(index, item)| self.within(&index.to_string(), item, "item"));
                serializer.collect_seq(told)
            }
            leaf => leaf.serialize(serializer),
        }
    }
}
