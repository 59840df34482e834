use serde_json::{Map, Value, json};

use super::*;

/// The broken rules as `pointer rule`.
fn broken(schema: &Value) -> Vec<String> {
    check_json_schema(schema).mistakes.iter().map(|mistake| format!("{} {}", mistake.pointer, mistake.rule)).collect()
}

fn with(property: &Value) -> Value {
    json!({ "type": "object", "properties": { "x": property } })
}

#[test]
fn a_schema_of_either_draft_is_taken_and_its_patterns_are_named() {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://example.com/invoice.json",
        "X-SystemPrompt": "Amounts are in euro.",
        "type": "object",
        "properties": {
            "pattern": { "type": "string", "pattern": "^a/b$", "X-FieldPrompt": "Look.", "nullable": true },
            "parties": { "items": { "$ref": "#/$defs/a~1party" }, "type": ["array", "null"] },
            "parent": { "anyOf": [{ "$ref": "#" }, { "type": "null" }] },
            "other": { "$ref": "#named" },
            "default": { "default": { "$ref": "https://example.com/" }, "enum": [{ "pattern": "(" }] },
        },
        "patternProperties": { "^x/": {} },
        "$defs": {
            "a/party": { "type": "object", "patternProperties": { "^y": { "type": "number" } } },
            "b": { "$anchor": "named" },
        },
    });
    let checked = check_json_schema(&schema);
    assert_eq!(checked.mistakes, []);
    let patterns: Vec<_> =
        checked.patterns.iter().map(|pattern| (pattern.pointer.as_str(), pattern.text.as_str())).collect();
    let expected = [
        ("/patternProperties/^x~1", "^x/"),
        ("/$defs/a~1party/patternProperties/^y", "^y"),
        ("/properties/pattern/pattern", "^a/b$"),
    ];
    assert_eq!(patterns, expected);
}

#[test]
fn references_that_lead_out_or_nowhere_are_named_where_they_stand() {
    for (reference, rule) in [
        (json!({ "$ref": "https://example.com/a.json" }), "$ref"),
        (json!({ "$ref": "a.json#/b" }), "$ref"),
        (json!({ "$ref": "" }), "$ref"),
        (json!({ "$ref": "#/$defs/none" }), "$ref"),
        (json!({ "$ref": "#none" }), "$ref"),
        (json!({ "$ref": format!("#/{}", "a".repeat(511)) }), "$ref"),
        (json!({ "$dynamicRef": "https://example.com/a#node" }), "$dynamicRef"),
        (json!({ "$dynamicRef": "#node" }), "$dynamicRef"),
        (json!({ "$recursiveRef": "b" }), "$recursiveRef"),
    ] {
        assert_eq!(broken(&with(&reference)), [format!("/properties/x/{rule} {rule}")], "{reference}");
        let deep = with(&json!({ "items": [{ "not": { "additionalProperties": reference } }] }));
        let place = format!("/properties/x/items/0/not/additionalProperties/{rule} {rule}");
        assert_eq!(broken(&deep), [place], "{reference}");
    }
    assert_eq!(broken(&with(&json!({ "$id": "https://example.com/b" }))), ["/properties/x/$id $id"]);
}

#[test]
fn what_is_too_much_is_named_with_its_size() {
    let long = with(&json!({ "description": "a".repeat(256 << 10) }));
    assert_eq!(broken(&long), [" maxBytes"]);
    assert!(check_json_schema(&long).mistakes[0].size > Some(256 << 10));
    let values: Vec<usize> = (0..1001).collect();
    assert_eq!(broken(&with(&json!({ "enum": values }))), ["/properties/x/enum maxItems"]);
    let pattern = check_json_schema(&with(&json!({ "pattern": "é".repeat(513) })));
    assert_eq!((pattern.mistakes[0].pointer.as_str(), pattern.mistakes[0].size), ("/properties/x/pattern", Some(513)));
    let patterns: Map<_, _> = (0..201).map(|n| (n.to_string(), json!({}))).collect();
    let many = check_json_schema(&json!({ "patternProperties": patterns }));
    assert_eq!((many.mistakes[0].rule, many.mistakes[0].size, many.patterns.len()), ("pattern", Some(201), 0));
    let subschemas: Vec<_> = vec![json!({}); 10_000];
    assert_eq!(broken(&json!({ "allOf": subschemas })), [" maxValues"]);
}

#[test]
fn what_unfolds_to_too_much_is_refused() {
    let object = |inner| json!({ "type": "object", "properties": { "x": inner } });
    let nested = |levels: usize| (0..levels).fold(json!({ "type": "string" }), |inner, _| object(inner));
    assert_eq!(broken(&nested(32)), [""; 0]);
    assert_eq!(broken(&nested(33)), [" maxDepth"]);
    let all = |steps: usize| (0..steps).fold(json!({ "type": "object" }), |inner, _| json!({ "allOf": [inner] }));
    assert_eq!(broken(&all(64)), [""; 0]);
    assert_eq!(broken(&all(65)), [" maxDepth"]);
    // Each definition refers to the next one twice.
    for keyword in ["allOf", "anyOf"] {
        let twice = |next: usize| {
            let reference = json!({ "$ref": format!("#/$defs/{next}") });
            json!({ keyword: [reference, reference] })
        };
        let mut definitions: Map<_, _> = (0..20).map(|n| (n.to_string(), twice(n + 1))).collect();
        definitions.insert("20".to_owned(), json!({ "type": "object" }));
        assert_eq!(broken(&json!({ "$ref": "#/$defs/0", "$defs": definitions })), [" maxValues"], "{keyword}");
    }
    let tree = json!({ "type": "object", "properties": { "a": { "$ref": "#" }, "b": { "items": { "$ref": "#" } } } });
    assert_eq!(broken(&tree), [""; 0]);
}

#[test]
fn a_schema_asks_for_an_object() {
    for schema in [
        json!({ "type": "string" }),
        json!({ "type": ["array", "null"] }),
        json!({ "enum": [{}] }),
        json!({ "$ref": "#/$defs/a", "$defs": { "a": { "type": "number" } } }),
        json!({ "anyOf": [{ "type": "string" }, { "const": {} }] }),
        json!({ "allOf": [{ "type": "object" }, { "type": "array" }] }),
    ] {
        assert_eq!(broken(&schema), [" type"], "{schema}");
    }
    for schema in [
        json!({}),
        json!(true),
        json!({ "$ref": "#" }),
        json!({ "type": ["array", "object"] }),
        json!({ "oneOf": [{ "type": "string" }, { "properties": {} }] }),
    ] {
        assert_eq!(broken(&schema), [""; 0], "{schema}");
    }
}

#[test]
fn keywords_of_the_wrong_type_are_for_the_dialect_to_refuse() {
    let odd = json!({ "type": 1, "properties": [1], "$ref": 2, "enum": {}, "pattern": [], "allOf": 3, "$defs": "a" });
    assert_eq!(check_json_schema(&with(&odd)), CheckedSchema::default());
}
