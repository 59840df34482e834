use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use shared::contract::ErrorCode;
use shared::domain::{Endpoint, Executor, Registry, Upstream};

use super::complete::{codes_of, is_envelope};
use super::document;

fn parsed() -> Value {
    serde_json::from_str(&document(&Registry::default())).unwrap()
}

/// The operations as `(name, operation)`.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let all = paths.flat_map(|(path, operations)| {
        operations.as_object().unwrap().iter().map(move |(method, each)| (format!("{method} {path}"), each.clone()))
    });
    all.collect()
}

fn validator(document: &Value, schema: &Value) -> Validator {
    let mut schema = schema.clone();
    schema["components"] = document["components"].clone();
    jsonschema::options().with_draft(Draft::Draft202012).build(&schema).unwrap()
}

#[test]
fn every_example_obeys_its_schema() {
    let document = parsed();
    let mut shown = 0;
    let mut wrong = Vec::new();
    let mut hold = |place: &str, schema: &Value, example: &Value| {
        shown += 1;
        let errors = validator(&document, schema).iter_errors(example).map(|e| e.to_string()).collect::<Vec<_>>();
        if !errors.is_empty() {
            wrong.push(format!("{place}: {}", errors.join("; ")));
        }
    };
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for example in schema["examples"].as_array().into_iter().flatten() {
            hold(name, &json!({ "$ref": format!("#/components/schemas/{name}") }), example);
        }
    }
    for (name, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let content = &response["content"]["application/json"];
            let place = format!("{name} {status}");
            let several = content["examples"].as_object().into_iter().flatten().map(|(_, entry)| &entry["value"]);
            for example in several.chain(content.get("example")) {
                hold(&place, &content["schema"], example);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(shown > 40, "{shown} examples");
}

#[test]
fn every_error_is_described_by_codes_of_its_status() {
    let document = parsed();
    let mut wrong = Vec::new();
    for (name, operation) in operations(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let codes: Vec<ErrorCode> = codes_of(response).collect();
            let strange = codes.iter().any(|code| code.status().to_string() != *status);
            if is_envelope(response) == codes.is_empty() || strange {
                wrong.push(format!("{name} {status}: {codes:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_described_where_it_is_answered() {
    let document = parsed();
    let operations = operations(&document);
    let described = |code: &ErrorCode| {
        let responses =
            operations.iter().flat_map(|(_, operation)| operation["responses"].as_object().unwrap().values());
        responses.into_iter().any(|response| codes_of(response).any(|found| found == *code))
    };
    let missing: Vec<&ErrorCode> = ErrorCode::ALL.iter().filter(|code| !described(code)).collect();
    // A method that a route does not have is no operation that could be described.
    assert_eq!(missing, [&ErrorCode::MethodNotAllowed]);
}

#[test]
fn every_operation_has_a_name_and_every_answer_an_id() {
    let document = parsed();
    for (name, operation) in operations(&document) {
        assert!(operation["operationId"].is_string() && operation["summary"].is_string(), "{name}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.contains_key("200") && responses.contains_key("500"), "{name}");
        let needs_key = operation["security"] != json!([{}]);
        assert_eq!(name.contains(" /v1/"), needs_key, "{name}");
        assert_eq!(responses.contains_key("401") && responses.contains_key("403"), needs_key, "{name}");
        for (status, response) in responses {
            assert!(response["headers"]["x-request-id"].is_object(), "{name} {status}");
            assert_eq!(
                response["headers"]["retry-after"].is_object(),
                status == "503" && is_envelope(response),
                "{name}"
            );
            assert!(response["description"].as_str().is_some_and(|told| !told.is_empty()), "{name} {status}");
        }
    }
}

#[test]
fn the_endpoints_in_force_are_named() {
    let upstream = Upstream::new("http://sum.internal/?key=hunter2".parse().unwrap());
    let sum = Endpoint::new("/v1/sum", Some(Executor::Http(std::sync::Arc::new(upstream))));
    let text = document(&Registry::new(vec![sum]));
    assert!(!text.contains("hunter2") && !text.contains("sum.internal"));
    let document: Value = serde_json::from_str(&text).unwrap();
    let schemas = &document["components"]["schemas"];
    let executed = json!([
        "/v1/documents/classify",
        "/v1/documents/extract",
        "/v1/documents/parse",
        "/v1/documents/split",
        "/v1/documents/split/generate_config",
        "/v1/schemas/generate",
        "/v1/sum"
    ]);
    assert_eq!(schemas["ExecutedEndpointPath"]["enum"], executed);
    assert_eq!(schemas["EndpointPath"]["enum"].as_array().unwrap().len(), 16);
    let body = json!({ "$ref": "#/components/schemas/CreateJobRequest" });
    assert!(validator(&document, &body).is_valid(&json!({ "endpoint": "/v1/sum", "request": { "text": "a" } })));
    assert!(!validator(&parsed(), &body).is_valid(&json!({ "endpoint": "/v1/sum", "request": { "text": "a" } })));
}

/// The requests of each path, as the description shows them.
#[test]
fn the_requests_of_the_endpoints_in_force_are_named() {
    let upstream = || Executor::Http(std::sync::Arc::new(Upstream::new("http://sum.internal/".parse().unwrap())));
    let with = |paths: &[&str]| {
        let endpoints = paths.iter().map(|path| Endpoint::new(path, Some(upstream()))).collect();
        let document: Value = serde_json::from_str(&document(&Registry::new(endpoints))).unwrap();
        document["components"]["schemas"]["CreateJobRequest"]["properties"]["request"].clone()
    };
    let document = parsed();
    let schemas = &document["components"]["schemas"];
    let told = schemas["ResponseView"]["properties"]["body"]["description"].as_str().unwrap().to_owned();
    for response in told.split('`').filter(|word| word.ends_with("Response") || word.ends_with("Completion")) {
        assert!(schemas[response].is_object(), "{response}");
    }
    assert_eq!(told.matches("That of").count(), 6, "{told}");
    let told = with(&["/v1/edit/agent/fill", "/v1/sum"])["description"].as_str().unwrap().to_owned();
    assert!(told.contains("`/v1/edit/agent/fill` is a `FillRequest`"), "{told}");
    assert!(told.contains("`/v1/documents/parse` is a `ParseRequest`") && !told.contains("sum"), "{told}");
}
