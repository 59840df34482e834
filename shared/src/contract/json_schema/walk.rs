//! Every subschema as it is written, once.

use serde_json::{Map, Value};

use super::caps::{MAX_CHOICES, MAX_MISTAKES, MAX_PATTERN_CHARS, MAX_PATTERNS, MAX_REFERENCE_CHARS, MAX_SUBSCHEMAS};
use super::reference::{REFERRING, target};
use super::{CheckedSchema, SchemaMistake, SchemaPattern};

/// Keywords whose value is a subschema, or a list of them.
const SUBSCHEMAS: [&str; 16] = [
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "oneOf",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords whose value has a subschema under each name.
const NAMED_SUBSCHEMAS: [&str; 6] =
    ["$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"];

pub(super) fn walk(schema: &Value) -> CheckedSchema {
    let mut walk = Walk { root: schema, subschemas: 0, found: CheckedSchema::default() };
    walk.subschema(schema, "");
    let Walk { subschemas, mut found, .. } = walk;
    let mut count = |rule, size: usize, most: usize, what: &str| {
        if size > most {
            let message = format!("must not have more than {most} {what}");
            found.mistakes.push(SchemaMistake::new("", rule, message).with_size(size));
        }
    };
    count("maxValues", subschemas, MAX_SUBSCHEMAS, "subschemas");
    count("pattern", found.patterns.len(), MAX_PATTERNS, "patterns");
    if !found.mistakes.is_empty() {
        found.patterns.clear();
    }
    found.mistakes.truncate(MAX_MISTAKES);
    found
}

struct Walk<'a> {
    root: &'a Value,
    subschemas: usize,
    found: CheckedSchema,
}

impl Walk<'_> {
    /// Recurses as deep as the text is nested, which its parser has limited.
    fn subschema(&mut self, schema: &Value, pointer: &str) {
        self.subschemas += 1;
        let Value::Object(keywords) = schema else { return };
        self.check_references(keywords, pointer);
        self.check_sizes(keywords, pointer);
        for keyword in SUBSCHEMAS {
            match keywords.get(keyword) {
                Some(Value::Array(parts)) => {
                    for (index, part) in parts.iter().enumerate() {
                        self.subschema(part, &format!("{pointer}/{keyword}/{index}"));
                    }
                }
                Some(part) => self.subschema(part, &below(pointer, keyword)),
                None => {}
            }
        }
        for keyword in NAMED_SUBSCHEMAS {
            for (name, part) in keywords.get(keyword).and_then(Value::as_object).into_iter().flatten() {
                self.subschema(part, &below(&below(pointer, keyword), name));
            }
        }
    }

    fn check_references(&mut self, keywords: &Map<String, Value>, pointer: &str) {
        for keyword in REFERRING {
            let Some(Value::String(reference)) = keywords.get(keyword) else { continue };
            let message = if !reference.starts_with('#') {
                "must point into the schema itself, as #/$defs/... does: nothing is fetched"
            } else if reference.chars().count() > MAX_REFERENCE_CHARS {
                "must be shorter"
            } else if target(self.root, reference).is_none() {
                "must lead to something in the schema"
            } else {
                continue;
            };
            let mistake = SchemaMistake::new(below(pointer, keyword), keyword, message);
            self.found.mistakes.push(mistake.with_size(reference.chars().count()));
        }
        let id = keywords.get("$id").and_then(Value::as_str).unwrap_or("#");
        if !pointer.is_empty() && !id.starts_with('#') {
            let message = "must stand at the root only: references are read from there";
            self.found.mistakes.push(SchemaMistake::new(below(pointer, "$id"), "$id", message));
        }
    }

    fn check_sizes(&mut self, keywords: &Map<String, Value>, pointer: &str) {
        let choices = keywords.get("enum").and_then(Value::as_array).map_or(0, Vec::len);
        if choices > MAX_CHOICES {
            let message = format!("must not have more than {MAX_CHOICES} values");
            self.found
                .mistakes
                .push(SchemaMistake::new(below(pointer, "enum"), "maxItems", message).with_size(choices));
        }
        if let Some(Value::String(text)) = keywords.get("pattern") {
            self.pattern(text, below(pointer, "pattern"));
        }
        for name in keywords.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            self.pattern(name, below(&below(pointer, "patternProperties"), name));
        }
    }

    fn pattern(&mut self, text: &str, pointer: String) {
        let size = text.chars().count();
        if size > MAX_PATTERN_CHARS {
            let message = format!("must not be longer than {MAX_PATTERN_CHARS} characters");
            self.found.mistakes.push(SchemaMistake::new(pointer, "pattern", message).with_size(size));
        } else {
            self.found.patterns.push(SchemaPattern { pointer, text: text.to_owned() });
        }
    }
}

/// The pointer of a member of what `pointer` leads to.
fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}
