//! The rules of the contract's requests, each broken once. Every endpoint is routed to a service, as an operator may.

use std::sync::Arc;

use serde_json::{Value, json};
use shared::domain::{Endpoint, Executor, Registry, Upstream, built_in};

use super::tests::{broken_in, pairs};
use crate::service::catalog::Catalog;

const PNG: &str = "iVBORw0KGgoAAAANSUhEUg==";

fn document() -> Value {
    json!({ "filename": "a.txt", "url": "data:text/plain;base64,aGk=" })
}

/// What clients send at the least.
fn least(path: &str) -> Value {
    match path {
        "/v1/documents/extract" => json!({ "document": document(), "json_schema": { "type": "object" } }),
        "/v1/documents/parse" | "/v1/documents/split/generate_config" | "/v1/edit/templates/generate" => {
            json!({ "document": document() })
        }
        "/v1/documents/split" => json!({ "document": document(), "subdocuments": [{ "name": "a" }] }),
        "/v1/documents/classify" => json!({ "document": document(), "categories": [{ "name": "a" }] }),
        "/v1/schemas/generate" => json!({ "documents": [document()] }),
        "/v1/edit/agent/fill" => json!({ "instructions": "Ada", "document": document() }),
        "/v1/edit/templates/fill" => json!({ "instructions": "Ada", "template_id": "edittplt_1" }),
        _ => json!({ "project_id": "project_1", "document": document() }),
    }
}

fn catalog() -> Catalog {
    let upstream = |path: &str| {
        let upstream = Upstream::new("http://sum.internal/".parse().unwrap());
        Endpoint::new(path, Some(Executor::Http(Arc::new(upstream))))
    };
    Catalog::new(Registry::new(built_in().iter().map(|endpoint| upstream(&endpoint.path)).collect())).unwrap()
}

/// The broken rules as `(path, rule)`, in order.
fn broken(path: &str, request: &Value) -> Vec<(String, String)> {
    let violations = broken_in(&json!({ "endpoint": path, "request": request }), &catalog());
    let mut told: Vec<_> = violations.into_iter().map(|violation| (violation.path, violation.rule)).collect();
    told.sort();
    told
}

/// The least request with this change.
fn changed(path: &str, change: &Value) -> Value {
    let mut request = least(path);
    for (name, value) in change.as_object().unwrap() {
        request[name] = value.clone();
    }
    request
}

#[test]
fn what_clients_send_at_the_least_is_taken_by_all_of_them() {
    for endpoint in built_in() {
        assert_eq!(broken(&endpoint.path, &least(&endpoint.path)), [], "{}", endpoint.path);
    }
}

#[test]
fn nulls_and_defaults_that_clients_write_out_are_taken() {
    for (path, change) in [
        (
            "/v1/documents/extract",
            json!({ "model": "gpt-4o", "image_resolution_dpi": 96, "n_consensus": 8, "stream": false, "chunking_keys": null,
                "metadata": {}, "extraction_id": null, "additional_messages": null, "bust_cache": false,
                "temperature": 0.0, "modality": "native", "reasoning_effort": "minimal", "browser_canvas": "A4" }),
        ),
        ("/v1/documents/extract", json!({ "chunking_keys": { "items": "id" }, "metadata": { "a": "b" } })),
        (
            "/v1/documents/extract",
            json!({ "additional_messages": [{ "role": "developer", "content": [{ "type": "text" }] }] }),
        ),
        ("/v1/documents/parse", json!({ "table_parsing_format": "yaml", "image_resolution_dpi": 300.0 })),
        (
            "/v1/documents/split",
            json!({ "context": null, "n_consensus": 1, "subdocuments": [{ "name": "a", "description": "", "partition_key": null }] }),
        ),
        ("/v1/documents/classify", json!({ "context": null, "first_n_pages": null, "n_consensus": 16 })),
        ("/v1/schemas/generate", json!({ "instructions": null, "reasoning_effort": "high", "stream": false })),
        ("/v1/edit/agent/fill", json!({ "template_id": null, "config": { "color": "#00f" } })),
        ("/v1/edit/agent/fill", json!({ "template_id": "edittplt_1", "document": null, "config": null })),
        ("/v1/edit/templates/fill", json!({ "config": { "color": "#000080" } })),
        (
            "/v1/projects/extract",
            json!({ "document": null, "documents": [document()], "iteration_id": null, "metadata": { "a": 1 } }),
        ),
        ("/v1/evals/classify/process", json!({ "n_consensus": 16, "model": null })),
    ] {
        assert_eq!(broken(path, &changed(path, &change)), [], "{path} {change}");
    }
}

#[test]
fn every_broken_rule_names_its_member() {
    let cases = [
        ("/v1/documents/extract", json!({ "image_resolution_dpi": 95 }), "$.request.image_resolution_dpi", "minimum"),
        ("/v1/documents/extract", json!({ "image_resolution_dpi": 301 }), "$.request.image_resolution_dpi", "maximum"),
        ("/v1/documents/extract", json!({ "n_consensus": 0 }), "$.request.n_consensus", "minimum"),
        ("/v1/documents/extract", json!({ "n_consensus": 9 }), "$.request.n_consensus", "maximum"),
        ("/v1/documents/extract", json!({ "n_consensus": 1.5 }), "$.request.n_consensus", "type"),
        ("/v1/documents/extract", json!({ "stream": true }), "$.request.stream", "enum"),
        ("/v1/documents/extract", json!({ "json_schema": [] }), "$.request.json_schema", "type"),
        ("/v1/documents/extract", json!({ "metadata": { "a": 1 } }), "$.request.metadata.a", "type"),
        (
            "/v1/documents/extract",
            json!({ "additional_messages": [{ "role": "robot" }] }),
            "$.request.additional_messages[0].role",
            "enum",
        ),
        (
            "/v1/documents/extract",
            json!({ "additional_messages": [{}] }),
            "$.request.additional_messages[0].role",
            "required",
        ),
        ("/v1/documents/parse", json!({ "table_parsing_format": "xml" }), "$.request.table_parsing_format", "enum"),
        ("/v1/documents/split", json!({ "subdocuments": [] }), "$.request.subdocuments", "minItems"),
        ("/v1/documents/split", json!({ "subdocuments": [{}] }), "$.request.subdocuments[0].name", "required"),
        ("/v1/documents/split", json!({ "n_consensus": 9 }), "$.request.n_consensus", "maximum"),
        ("/v1/documents/classify", json!({ "categories": [] }), "$.request.categories", "minItems"),
        ("/v1/documents/classify", json!({ "first_n_pages": 0 }), "$.request.first_n_pages", "minimum"),
        ("/v1/documents/classify", json!({ "n_consensus": 17 }), "$.request.n_consensus", "maximum"),
        ("/v1/schemas/generate", json!({ "documents": [] }), "$.request.documents", "minItems"),
        (
            "/v1/schemas/generate",
            json!({ "documents": [{ "filename": "a" }] }),
            "$.request.documents[0].url",
            "required",
        ),
        ("/v1/schemas/generate", json!({ "stream": true }), "$.request.stream", "enum"),
        ("/v1/edit/agent/fill", json!({ "template_id": "edittplt_1" }), "$.request", "oneOf"),
        ("/v1/edit/agent/fill", json!({ "document": null }), "$.request", "oneOf"),
        ("/v1/edit/agent/fill", json!({ "config": { "color": "blue" } }), "$.request.config.color", "pattern"),
        ("/v1/edit/agent/fill", json!({ "document": { "filename": "a" } }), "$.request.document.url", "required"),
        ("/v1/edit/templates/fill", json!({ "config": { "color": "#12" } }), "$.request.config.color", "pattern"),
        ("/v1/edit/templates/generate", json!({ "document": 1 }), "$.request.document", "type"),
        ("/v1/projects/extract", json!({ "documents": [document()] }), "$.request", "oneOf"),
        ("/v1/projects/extract", json!({ "project_id": "" }), "$.request.project_id", "minLength"),
        ("/v1/projects/extract", json!({ "project_id": "a\0" }), "$.request.project_id", "noNul"),
        ("/v1/evals/split/process", json!({ "n_consensus": 9 }), "$.request.n_consensus", "maximum"),
        ("/v1/evals/classify/process", json!({ "n_consensus": 17 }), "$.request.n_consensus", "maximum"),
    ];
    for (path, change, place, rule) in cases {
        assert_eq!(broken(path, &changed(path, &change)), pairs(&[(place, rule)]), "{path} {change}");
    }
}

#[test]
fn what_must_be_there_is_named() {
    for (path, members) in [
        ("/v1/documents/extract", &["document", "json_schema"][..]),
        ("/v1/documents/parse", &["document"]),
        ("/v1/documents/split", &["document", "subdocuments"]),
        ("/v1/documents/classify", &["categories", "document"]),
        ("/v1/schemas/generate", &["documents"]),
        ("/v1/edit/agent/fill", &["instructions"]),
        ("/v1/edit/templates/fill", &["instructions", "template_id"]),
        ("/v1/edit/templates/generate", &["document"]),
        ("/v1/projects/extract", &["project_id"]),
        ("/v1/evals/extract/process", &["project_id"]),
        ("/v1/evals/split/process", &["project_id"]),
        ("/v1/evals/classify/process", &["project_id"]),
        ("/v1/evals/extract/extract", &["project_id"]),
        ("/v1/evals/extract/split", &["project_id"]),
    ] {
        let expected: Vec<_> =
            members.iter().map(|member| (format!("$.request.{member}"), "required".to_owned())).collect();
        assert_eq!(broken(path, &json!({})), expected, "{path}");
    }
}

#[test]
fn a_file_that_is_not_what_its_url_says_is_refused_wherever_it_is() {
    let lie = json!({ "filename": "a.pdf", "url": format!("data:application/pdf;base64,{PNG}") });
    let told = pairs(&[("$.request.document.url", "mediaType")]);
    assert_eq!(broken("/v1/documents/parse", &changed("/v1/documents/parse", &json!({ "document": lie }))), told);
    let request = json!({ "documents": [document(), lie] });
    assert_eq!(broken("/v1/schemas/generate", &request), pairs(&[("$.request.documents[1].url", "mediaType")]));
    // Taken out of the text, its first bytes count all the same.
    let long = json!({ "filename": "a.pdf", "url": format!("data:application/pdf;base64,iVBORw0KGgoA{}", "AAAA".repeat(500)) });
    let body = json!({ "endpoint": "/v1/documents/parse", "request": { "document": long.clone() } });
    let violations = broken_in(&body, &catalog());
    assert_eq!((violations.len(), violations[0].path.as_str()), (1, "$.request.document.url"));
    assert!(violations[0].message.contains("application/pdf") && violations[0].message.contains("image/png"));
    // What is no document is not looked at.
    let other = json!({ "document": document(), "preview": long });
    assert_eq!(broken("/v1/documents/parse", &other), []);
}

#[test]
fn every_document_must_be_one_that_can_be_decoded() {
    for (url, rule) in [("https://example.com/a.pdf", "dataUrl"), ("data:text/plain;base64,a*b=", "base64")] {
        let request = json!({ "documents": [document(), { "filename": "a", "url": url }] });
        assert_eq!(broken("/v1/schemas/generate", &request), pairs(&[("$.request.documents[1].url", rule)]), "{url}");
    }
}

/// The broken rules of an extraction by this schema, with their sizes.
fn broken_schema(schema: &Value) -> Vec<(String, String, Option<usize>)> {
    let path = "/v1/documents/extract";
    let request = changed(path, &json!({ "json_schema": schema }));
    let violations = broken_in(&json!({ "endpoint": path, "request": request }), &catalog());
    violations.into_iter().map(|violation| (violation.path, violation.rule, violation.size)).collect()
}

#[test]
fn a_json_schema_breaks_the_rules_of_its_dialect_at_a_place() {
    let odd = json!({ "type": "object", "properties": { "x": { "type": "text" }, "y": { "required": true } } });
    let place = |place: &str, rule: &str| (format!("$.request.json_schema.properties.{place}"), rule.to_owned(), None);
    assert_eq!(broken_schema(&odd), [place("x.type", "anyOf"), place("y.required", "type")]);
    // A tuple was written so until draft 2019-09.
    let tuple = json!({ "properties": { "x": { "items": [{}] } } });
    assert_eq!(broken_schema(&tuple), [place("x.items", "type")]);
    for dialect in ["http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2019-09/schema"] {
        let mut tuple = tuple.clone();
        tuple["$schema"] = json!(dialect);
        assert_eq!(broken_schema(&tuple), [], "{dialect}");
    }
    let told = ("$.request.json_schema[\"$schema\"]".to_owned(), "enum".to_owned(), None);
    assert_eq!(broken_schema(&json!({ "$schema": "https://example.com/own" })), [told]);
}

#[test]
fn a_json_schema_that_refers_to_elsewhere_or_nowhere_is_refused_at_the_reference() {
    for reference in ["https://example.com/a.json", "file:///etc/passwd", "a.json", "#/$defs/none"] {
        let schema = json!({ "type": "object", "properties": { "x": { "$ref": reference } } });
        let told =
            ("$.request.json_schema.properties.x[\"$ref\"]".to_owned(), "$ref".to_owned(), Some(reference.len()));
        assert_eq!(broken_schema(&schema), [told], "{reference}");
    }
    assert_eq!(
        broken_schema(&json!({ "type": "string" })),
        [("$.request.json_schema".to_owned(), "type".to_owned(), None)]
    );
}

#[test]
fn the_patterns_of_a_json_schema_can_be_matched_in_linear_time() {
    let with =
        |pattern: &str| json!({ "type": "object", "properties": { "x": { "type": "string", "pattern": pattern } } });
    for pattern in [
        r"^\d{4}-\d{2}-\d{2}$",
        r"^(a|a)*$",
        r"^\w{1,35}$",
        r"^[^\/]+\/\u00e9$",
        // What pydantic writes for Decimal, for Decimal of two places, and for Decimal of ten digits, two of them places.
        r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d*$",
        r"^(?!^[-+.]*$)[+-]?0*\d*\.?\d{0,2}0*$",
        r"^(?!^[-+.]*$)[+-]?0*(?:\d{0,8}|(?=[\d.]{1,11}0*$)\d{0,8}\.\d{0,2}0*$)",
    ] {
        assert_eq!(broken_schema(&with(pattern)), [], "{pattern}");
    }
    let place = "$.request.json_schema.properties.x.pattern";
    for pattern in [r"(a)\1", "a(?=b)", "(?<!a)b", "((a{99}){99}){99}", "("] {
        let told = (place.to_owned(), "pattern".to_owned(), Some(pattern.len()));
        assert_eq!(broken_schema(&with(pattern)), [told], "{pattern}");
    }
    let told = (place.to_owned(), "pattern".to_owned(), Some(513));
    assert_eq!(broken_schema(&with(&"a".repeat(513))), [told]);
}

#[test]
fn a_json_schema_that_is_too_much_is_refused_by_its_size() {
    let long = json!({ "type": "object", "description": "a".repeat(256 << 10) });
    let [(path, rule, size)] = &broken_schema(&long)[..] else { panic!("one rule is broken") };
    assert_eq!((path.as_str(), rule.as_str()), ("$.request.json_schema", "maxBytes"));
    assert!(*size > Some(256 << 10));
    let twice = |next: usize| json!({ "allOf": vec![json!({ "$ref": format!("#/$defs/{next}") }); 2] });
    let mut definitions: serde_json::Map<_, _> = (0..20).map(|n| (n.to_string(), twice(n + 1))).collect();
    definitions.insert("20".to_owned(), json!({ "type": "object" }));
    let bomb = json!({ "$ref": "#/$defs/0", "$defs": definitions });
    let told = ("$.request.json_schema".to_owned(), "maxValues".to_owned(), Some(10_001));
    assert_eq!(broken_schema(&bomb), [told]);
}
