//! JSON Schemas in, fields or the broken rule out.

use serde_json::{Value, json};

use crate::schema::{Caps, Field, Kind, Pattern, Schema};

fn compile(schema: &Value) -> Schema {
    Schema::compile(schema, &Caps::default()).unwrap()
}

fn text() -> Kind {
    Kind::Text { format: None, pattern: None }
}

fn number(integer: bool) -> Kind {
    Kind::Number { integer, minimum: None, maximum: None }
}

/// The only field of a schema with this property.
#[track_caller]
fn field(property: &Value) -> Field {
    let schema = compile(&json!({ "type": "object", "properties": { "x": property } }));
    let [field] = schema.root.fields() else { panic!("{property} gives {:?}", schema.root) };
    field.clone()
}

#[track_caller]
fn refused(schema: &Value, reason: &str) {
    let error = Schema::compile(schema, &Caps::default()).unwrap_err();
    assert_eq!((error.code(), error.to_string().as_str()), ("request_invalid", reason));
}

#[test]
fn a_schema_becomes_a_tree_of_fields() {
    let schema = compile(&json!({
        "X-SystemPrompt": "Amounts are in euro.",
        "type": "object",
        "required": ["lines"],
        "properties": {
            "lines": { "type": "array", "items": {
                "type": "object",
                "required": ["a/b"],
                "properties": { "a/b": { "type": "integer", "minimum": 1, "exclusiveMaximum": 10 } },
            } },
            "total": {
                "type": "number", "title": "Total", "description": " All of it. ",
                "X-FieldPrompt": "Look at the end.", "X-ReasoningPrompt": "Say where.",
            },
        },
    }));
    assert_eq!((schema.prompt.as_deref(), schema.root.pointer.as_str()), (Some("Amounts are in euro."), ""));
    let total = schema.root.field("total").unwrap();
    assert_eq!((total.title.as_deref(), total.description.as_deref()), (Some("Total"), Some("All of it.")));
    assert_eq!((total.prompt.as_deref(), total.reasoning.as_deref()), (Some("Look at the end."), Some("Say where.")));
    assert_eq!((total.pointer.as_str(), &total.kind, total.required), ("/total", &number(false), false));
    let lines = schema.root.field("lines").unwrap();
    let inner = lines.item().unwrap().field("a/b").unwrap();
    assert!(lines.required && inner.required && !lines.nullable && !inner.nullable);
    assert_eq!((inner.name.as_str(), inner.pointer.as_str()), ("a/b", "/lines/*/a~1b"));
    assert_eq!(inner.kind, Kind::Number { integer: true, minimum: Some(1.0), maximum: Some(10.0) });
    assert_eq!(schema.root.blank(), json!({ "lines": [], "total": null }));
}

#[test]
fn every_way_to_say_that_a_value_may_be_null_is_understood() {
    for property in [
        json!({ "type": ["string", "null"] }),
        json!({ "type": "string", "nullable": true }),
        json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] }),
        json!({ "oneOf": [{ "const": null }, { "type": "string" }] }),
        json!({ "anyOf": [{ "enum": [null] }, { "allOf": [{ "type": "string" }] }] }),
    ] {
        let field = field(&property);
        assert_eq!((field.kind, field.nullable), (text(), true), "{property}");
    }
    let field = field(&json!({ "enum": ["a", null, "b"] }));
    assert_eq!((field.kind, field.nullable), (Kind::Choice(vec![json!("a"), json!("b")]), true));
}

#[test]
fn what_a_type_is_may_be_said_by_other_keywords() {
    for (property, kind) in [
        (json!({ "format": "date" }), Kind::Text { format: Some("date".to_owned()), pattern: None }),
        (json!({ "pattern": "^a" }), Kind::Text { format: None, pattern: Some(Pattern::of("^a")) }),
        (json!({ "minimum": 0 }), Kind::Number { integer: false, minimum: Some(0.0), maximum: None }),
        (json!({ "const": "a" }), Kind::Choice(vec![json!("a")])),
        (json!({ "type": "boolean", "enum": [true, false] }), Kind::Boolean),
        (json!({ "properties": {} }), Kind::Object(Vec::new())),
        (json!({}), Kind::Any),
        (json!(true), Kind::Any),
        (json!({ "type": ["integer", "string"] }), number(true)),
        (json!({ "anyOf": [{ "type": "number" }, { "type": "string", "pattern": "." }] }), number(false)),
        (json!({ "anyOf": [{ "const": "a" }, { "enum": ["b", "a"] }] }), Kind::Choice(vec![json!("a"), json!("b")])),
    ] {
        assert_eq!(field(&property).kind, kind, "{property}");
    }
    assert!(matches!(field(&json!({ "items": { "type": "string" } })).kind, Kind::List(item) if item.kind == text()));
}

#[test]
fn references_lead_to_definitions_of_both_drafts_and_what_stands_beside_them_counts_first() {
    let schema = compile(&json!({
        "$ref": "#/$defs/Invoice",
        "$defs": {
            "Invoice": { "type": "object", "properties": {
                "from": { "$ref": "#/definitions/a%20party", "title": "Sender" },
                "to": { "$ref": "#party" },
                "paid": { "allOf": [{ "$ref": "#/$defs/flag" }], "description": "By now." },
            } },
            "flag": { "type": "boolean", "title": "Flag" },
            "named": { "$anchor": "party", "type": "string" },
        },
        "definitions": { "a party": { "type": "string", "title": "Party", "description": "Who." } },
    }));
    let from = schema.root.field("from").unwrap();
    assert_eq!((from.title.as_deref(), from.description.as_deref()), (Some("Sender"), Some("Who.")));
    assert_eq!((&from.kind, &schema.root.field("to").unwrap().kind), (&text(), &text()));
    let paid = schema.root.field("paid").unwrap();
    assert_eq!((paid.title.as_deref(), paid.description.as_deref()), (Some("Flag"), Some("By now.")));
    assert_eq!(paid.kind, Kind::Boolean);
}

#[test]
fn parts_and_alternatives_of_objects_are_put_together() {
    let merged = field(&json!({ "allOf": [
        { "type": "object", "required": ["a"], "properties": { "a": { "type": "number" }, "b": { "type": "string" } } },
        { "required": ["b"], "properties": { "a": { "type": "integer", "minimum": 1 } } },
    ] }));
    let a = merged.field("a").unwrap();
    assert_eq!(a.kind, Kind::Number { integer: true, minimum: Some(1.0), maximum: None });
    assert!(a.required && merged.field("b").unwrap().required);
    let either = field(&json!({ "oneOf": [
        { "type": "object", "required": ["a", "b"], "properties": { "a": { "type": "string" }, "b": { "type": "string" } } },
        { "type": "object", "required": ["a"], "properties": { "a": { "type": "string" }, "c": { "type": "string" } } },
    ] }));
    let names: Vec<_> = either.fields().iter().map(|field| (field.name.as_str(), field.required)).collect();
    assert_eq!(names, [("a", true), ("b", false), ("c", false)]);
}

#[test]
fn a_tree_of_its_own_kind_is_unfolded_twice() {
    let schema = compile(&json!({
        "$ref": "#/$defs/node",
        "$defs": { "node": { "type": "object", "properties": {
            "name": { "type": "string" },
            "next": { "anyOf": [{ "$ref": "#/$defs/node" }, { "type": "null" }] },
            "children": { "type": "array", "items": { "$ref": "#/$defs/node" } },
        } } },
    }));
    assert_eq!(schema.root.blank(), json!({ "name": null, "next": { "name": null }, "children": [] }));
    let child = schema.root.field("children").unwrap().item().unwrap();
    assert_eq!(child.fields().iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["name"]);
    let endless = json!({ "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#/properties/a" } } });
    assert_eq!(compile(&endless).root.field("a").unwrap().kind, Kind::Any);
    assert_eq!(compile(&json!({ "$ref": "#" })).root.kind, Kind::Object(Vec::new()));
}

#[test]
fn what_is_too_much_is_refused_by_its_rule() {
    let nested =
        |levels: usize, wrap: fn(Value) -> Value| (0..levels).fold(json!({ "type": "string" }), |x, _| wrap(x));
    let list = |x| json!({ "type": "object", "properties": { "x": { "type": "array", "items": x } } });
    assert!(Schema::compile(&nested(16, list), &Caps::default()).is_ok());
    let pointer = "/x/*".repeat(16);
    refused(&nested(17, list), &format!("json_schema{pointer}/x is nested deeper than 32 levels"));
    let all = |x| json!({ "allOf": [x] });
    refused(&nested(65, all), "json_schema is described in more than 64 steps");
    let values: Vec<_> = (0..1001).collect();
    let choice = json!({ "type": "object", "properties": { "x": { "enum": values } } });
    refused(&choice, "json_schema/x has more than 1000 values to choose");
    // Each definition refers to the next one twice.
    let twice = |n: usize| json!({ "allOf": [{ "$ref": format!("#/$defs/{n}") }, { "$ref": format!("#/$defs/{n}") }] });
    let definitions: serde_json::Map<_, _> = (0..40).map(|n| (n.to_string(), twice(n + 1))).collect();
    let bomb = json!({ "$ref": "#/$defs/0", "$defs": definitions });
    assert!(Schema::compile(&bomb, &Caps::default()).is_err());
}

#[test]
fn what_cannot_be_extracted_by_is_refused() {
    refused(&json!({ "type": "string" }), "json_schema must ask for an object");
    refused(&json!({ "type": "array", "items": {} }), "json_schema must ask for an object");
    for reference in ["#/$defs/none", "#none", "https://example.com/a.json", "#/%"] {
        let schema = json!({ "type": "object", "properties": { "x": { "$ref": reference } } });
        refused(&schema, "json_schema/x refers to what is not in the schema");
    }
}

#[test]
fn keywords_of_the_wrong_type_are_as_if_they_were_not_there() {
    let odd = json!({
        "type": 3, "title": 1, "properties": { "a": 7, "b": { "type": ["x", 1], "enum": 5, "items": 2, "allOf": {} } },
        "required": "a", "anyOf": 1, "$ref": [], "X-SystemPrompt": {},
    });
    let schema = compile(&odd);
    assert_eq!(schema.root.fields().len(), 2);
    assert_eq!(compile(&json!(null)).root.kind, Kind::Object(Vec::new()));
}
