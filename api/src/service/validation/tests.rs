use std::time::{Duration, SystemTime};

use bytes::Bytes;
use serde_json::{Value, json};
use shared::blob::ArtifactRules;
use shared::domain::{Endpoint, Executor, Registry, Upstream};
use shared::payload::Secrets;

use super::*;
use crate::service::catalog::Catalog;

const NOW: u64 = 1_790_000_000;
const TEXT: &str = "data:text/plain;base64,aGk=";

fn parse_job() -> Value {
    json!({
        "endpoint": "/v1/documents/parse",
        "request": { "document": { "filename": "a.txt", "url": TEXT } },
    })
}

fn check(body: &str) -> Result<ValidCreate, Refusal> {
    check_in(body, &Catalog::default())
}

fn check_in(body: &str, catalog: &Catalog) -> Result<ValidCreate, Refusal> {
    check_with(body, catalog, &secrets())
}

/// One key.
fn secrets() -> Secrets {
    Secrets::parse("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").unwrap()
}

fn check_with(body: &str, catalog: &Catalog, secrets: &Secrets) -> Result<ValidCreate, Refusal> {
    let schedule =
        Schedule { now: SystemTime::UNIX_EPOCH + Duration::from_secs(NOW), ahead: Duration::from_secs(3600) };
    let artifacts = ArtifactRules { min_bytes: 1024, max_count: 2 };
    check_create(&Bytes::copy_from_slice(body.as_bytes()), catalog, artifacts, schedule, secrets)
}

/// The broken rules of a body as `(path, rule)`.
fn broken(body: &Value) -> Vec<(String, String)> {
    let Err(Refusal::Invalid(violations)) = check(&body.to_string()) else { panic!("{body} breaks no rule") };
    violations.into_iter().map(|violation| (violation.path, violation.rule)).collect()
}

pub(super) fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(path, rule)| ((*path).to_owned(), (*rule).to_owned())).collect()
}

#[test]
fn a_good_create_keeps_the_request_as_it_was_written() {
    let request = r#"{ "n":1.10, "document":{"url":"data:text/plain;base64,aGk","filename":"a\u002etxt"}, "n": 2 }"#;
    let body = format!(r#"{{"endpoint":"/documents/parse","later":[1],"request":{request},"metadata":{{"k":"v"}}}}"#);
    let valid = check(&body).unwrap();
    assert_eq!(&*valid.endpoint.path, "/v1/documents/parse");
    assert_eq!(valid.request.slim(), request);
    assert_eq!(valid.metadata.unwrap().get("k"), Some(&json!("v")));
    assert_eq!(valid.record.file_names, ["a.txt"]);
}

#[test]
fn a_time_out_of_bounds_is_a_broken_rule_beside_others_and_alone_is_kept_for_a_replay() {
    let mut body = parse_job();
    body["run_at"] = json!(NOW + 60);
    let valid = check(&body.to_string()).unwrap();
    assert_eq!((valid.run_at, valid.untimely), (Some(SystemTime::UNIX_EPOCH + Duration::from_secs(NOW + 60)), None));
    body["run_at"] = json!(NOW - 3600);
    let valid = check(&body.to_string()).unwrap();
    assert_eq!(valid.untimely.map(|violation| violation.rule).as_deref(), Some("minimum"));
    body["metadata"] = json!(7);
    assert_eq!(broken(&body), pairs(&[("$.metadata", "type"), ("$.run_at", "minimum")]));
    body["run_at"] = json!("soon");
    assert_eq!(broken(&body), pairs(&[("$.metadata", "type"), ("$.run_at", "format")]));
}

#[test]
fn every_broken_rule_is_named_at_once() {
    let body = json!({
        "endpoint": "/v1/documents/parse",
        "request": {
            "document": { "url": "" },
            "table_parsing_format": "xml",
            "image_resolution_dpi": 500,
            "bust_cache": "no",
            "model": "m".repeat(300),
        },
        "metadata": { "a b": 1 },
    });
    let mut found = broken(&body);
    found.sort();
    let expected = pairs(&[
        ("$.metadata[\"a b\"]", "type"),
        ("$.request.bust_cache", "type"),
        ("$.request.document.filename", "required"),
        ("$.request.document.url", "minLength"),
        ("$.request.image_resolution_dpi", "maximum"),
        ("$.request.model", "maxLength"),
        ("$.request.table_parsing_format", "enum"),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn a_large_value_is_sized_and_not_repeated() {
    let mut body = parse_job();
    body["request"]["model"] = json!("secret".repeat(100));
    let Err(Refusal::Invalid(violations)) = check(&body.to_string()) else { panic!() };
    assert_eq!(violations[0].size, Some(600));
    assert!(!violations[0].message.contains("secret"), "{}", violations[0].message);
}

#[test]
fn members_that_are_missing_or_of_another_type_are_named() {
    assert_eq!(broken(&json!({})), pairs(&[("$.endpoint", "required"), ("$.request", "required")]));
    assert_eq!(broken(&json!([])), pairs(&[("$", "type")]));
    assert_eq!(broken(&json!("text")), pairs(&[("$", "type")]));
    let body = json!({ "endpoint": 7, "request": null, "metadata": [] });
    let expected = [("$.endpoint", "type"), ("$.request", "type"), ("$.metadata", "type")];
    assert_eq!(broken(&body), pairs(&expected));
    let body = json!({ "endpoint": "/v1/unknown", "request": {} });
    assert_eq!(broken(&body), pairs(&[("$.endpoint", "enum")]));
}

#[test]
fn metadata_is_bounded_in_characters() {
    let with = |metadata: Value| {
        let mut body = parse_job();
        body["metadata"] = metadata;
        body
    };
    let many = |count: usize| (0..count).map(|n| (format!("k{n}"), json!("v"))).collect::<serde_json::Map<_, _>>();
    let long = |key: usize, value: usize| with(json!({ "é".repeat(key): "é".repeat(value) }));

    assert!(check(&with(Value::Null).to_string()).unwrap().metadata.is_none());
    assert!(check(&with(many(16).into()).to_string()).is_ok());
    assert!(check(&long(64, 512).to_string()).is_ok());
    assert_eq!(broken(&with(many(17).into())), pairs(&[("$.metadata", "maxProperties")]));
    assert_eq!(broken(&long(65, 1))[0].1, "maxLength");
    assert_eq!(broken(&long(1, 513))[0].1, "maxLength");
}

#[test]
fn what_postgresql_cannot_hold_is_refused_with_its_path() {
    let mut body = parse_job();
    body["metadata"] = json!({ "k": "a\0b" });
    body["request"]["document"]["filename"] = json!("a\0.txt");
    body["request"]["model"] = json!("\0");
    let mut found = broken(&body);
    found.sort();
    let expected = [("$.metadata.k", "noNul"), ("$.request.document.filename", "noNul"), ("$.request.model", "noNul")];
    assert_eq!(found, pairs(&expected));
}

#[test]
fn the_document_must_be_one_that_can_be_decoded() {
    for (url, rule) in [
        ("https://example.com/a.pdf", "dataUrl"),
        ("data:text/plain,hi", "dataUrl"),
        ("data:text/plain;base64,a*b=", "base64"),
    ] {
        let mut body = parse_job();
        body["request"]["document"]["url"] = json!(url);
        assert_eq!(broken(&body), pairs(&[("$.request.document.url", rule)]), "{url}");
    }
}

#[test]
fn an_integer_may_be_written_with_a_fraction_of_zero() {
    let mut body = parse_job();
    body["request"]["image_resolution_dpi"] = json!(192.0);
    assert!(check(&body.to_string()).is_ok());
    body["request"]["image_resolution_dpi"] = json!(192.5);
    assert_eq!(broken(&body), pairs(&[("$.request.image_resolution_dpi", "type")]));
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    for (body, line, column) in [("", 1, 0), ("{\"endpoint\":\n x}", 2, 2), ("{\"request\":{\"a\":}}", 1, 17)] {
        let Err(Refusal::Malformed(malformed)) = check(body) else { panic!("{body} is JSON") };
        assert_eq!((malformed.line, malformed.column), (line, column), "{body}");
        assert!(!malformed.reason.contains("line"), "{}", malformed.reason);
    }
    let body = r#"{"endpoint":"/v1/documents/parse","request":{"document":{"filename":"\ud800","url":""}}}"#;
    let Err(Refusal::Invalid(violations)) = check(body) else { panic!() };
    assert_eq!((violations[0].path.as_str(), violations[0].rule.as_str()), ("$.request", "json"));
}

#[test]
fn an_endpoint_that_nothing_executes_is_named_after_the_other_rules() {
    let body = json!({ "endpoint": "/v1/edit/agent/fill", "request": {} });
    let refusal = check(&body.to_string()).unwrap_err();
    assert_eq!(refusal, Refusal::EndpointNotAvailable("/v1/edit/agent/fill".into()));
    let body = json!({ "endpoint": "/v1/edit/agent/fill", "request": {}, "metadata": 1 });
    assert_eq!(broken(&body), pairs(&[("$.metadata", "type")]));
}

#[test]
fn only_what_fits_an_index_is_indexed() {
    let mut body = parse_job();
    body["request"]["project_id"] = json!("p".repeat(257));
    body["metadata"] = json!({ "workflow_id": "w", "block_id": "b" });
    let record = check(&body.to_string()).unwrap().record;
    assert_eq!(record.project_id, None);
    assert_eq!((record.workflow_id.as_deref(), record.workflow_node_id.as_deref()), (Some("w"), Some("b")));
}

#[test]
fn a_document_that_is_taken_out_is_not_looked_at_again() {
    let mut body = parse_job();
    body["request"]["document"]["url"] = json!(format!("data:text/plain;base64,{}", "QUJD".repeat(1000)));
    let valid = check(&body.to_string()).unwrap();
    assert!(valid.request.is_cut() && valid.request.slim().len() < 200, "{:?}", valid.request.slim());
    assert_eq!(valid.record.file_names, ["a.txt"]);

    body["request"]["image_resolution_dpi"] = json!(1);
    assert_eq!(broken(&body), pairs(&[("$.request.image_resolution_dpi", "minimum")]));
    // What is no good base64 is not taken out, and is refused with its size.
    let mut body = parse_job();
    body["request"]["document"]["url"] = json!(format!("data:text/plain;base64,{}=QQQQ", "QUJD".repeat(1000)));
    assert_eq!(broken(&body), pairs(&[("$.request.document.url", "base64")]));
}

/// A catalog with this schema at this endpoint.
fn catalog(path: &str, executor: Executor, schema: Value) -> Catalog {
    let mut endpoint = Endpoint::new(path, Some(executor));
    endpoint.request_schema = Some(Arc::new(schema));
    Catalog::new(Registry::new(vec![endpoint])).unwrap()
}

fn upstream() -> Executor {
    Executor::Http(Arc::new(Upstream::new("http://sum.internal/".parse().unwrap())))
}

pub(super) fn broken_in(body: &Value, catalog: &Catalog) -> Vec<Violation> {
    match check_in(&body.to_string(), catalog) {
        Ok(_) => Vec::new(),
        Err(Refusal::Invalid(violations)) => violations,
        Err(refusal) => panic!("{refusal:?}"),
    }
}

#[test]
fn a_thousand_broken_rules_of_an_operators_schema_are_told_in_part_and_in_short() {
    let schema =
        json!({ "items": {}, "properties": { "n": { "items": { "const": 0 } } }, "additionalProperties": false });
    let catalog = catalog("/v1/sum", upstream(), schema);
    let sum = |request: Value| json!({ "endpoint": "/v1/sum", "request": request });
    assert_eq!(broken_in(&sum(json!({ "n": vec![1; 1_000] })), &catalog).len(), 100);
    let violations = broken_in(&sum(json!({ "x".repeat(10_000): 1 })), &catalog);
    assert_eq!((violations.len(), violations[0].rule.as_str()), (1, "additionalProperties"));
    assert!(violations[0].message.len() < 600, "{}", violations[0].message);
    assert_eq!(broken_in(&sum(json!({ "n": [0] })), &catalog), []);
}

#[test]
fn the_engine_wants_the_contracts_schema_too_and_an_upstream_only_its_own() {
    let pages = json!({ "required": ["pages"] });
    let paths = |violations: Vec<Violation>| violations.into_iter().map(|violation| violation.path).collect::<Vec<_>>();
    let mut body = parse_job();
    let engine = catalog("/v1/documents/parse", Executor::Documents, pages.clone());
    assert_eq!(paths(broken_in(&body, &engine)), ["$.request.pages"]);
    body["request"] = json!({ "pages": 1 });
    assert_eq!(paths(broken_in(&body, &engine)), ["$.request.document"]);
    assert_eq!(paths(broken_in(&body, &catalog("/v1/documents/parse", upstream(), pages))), [""; 0]);
}

#[test]
fn what_postgresql_cannot_hold_is_not_indexed() {
    let catalog = catalog("/v1/sum", upstream(), json!({}));
    let names = json!([{ "filename": "a\u{0}" }, { "filename": "b" }]);
    let body = json!({ "endpoint": "/v1/sum", "request": { "documents": names, "model": "\u{0}" } });
    let valid = check_in(&body.to_string(), &catalog).unwrap();
    assert_eq!((valid.record.file_names, valid.record.model), (vec!["b".to_owned()], None));
}

fn with_password(password: &Value) -> Value {
    let mut body = parse_job();
    body["request"]["document"]["password"] = password.clone();
    body
}

#[test]
fn a_password_is_noted_wherever_it_is_and_null_is_none() {
    assert!(check(&with_password(&json!("s3cret")).to_string()).unwrap().request.has_secrets());
    assert!(!check(&with_password(&Value::Null).to_string()).unwrap().request.has_secrets());
    assert!(check(&with_password(&json!("\u{e9}".repeat(1024))).to_string()).is_ok());
    let catalog = catalog("/v1/sum", upstream(), json!({}));
    let body = json!({ "endpoint": "/v1/sum", "request": { "document": { "password": 7 } } });
    assert!(!check_in(&body.to_string(), &catalog).unwrap().request.has_secrets(), "this one is the operator's own");
}

#[test]
fn a_password_that_is_none_is_refused_once_and_never_repeated() {
    let path = "$.request.document.password";
    assert_eq!(broken(&with_password(&json!(271_828))), pairs(&[(path, "type")]));
    let long = with_password(&json!("s3cret".repeat(200)));
    assert_eq!(broken(&long), pairs(&[(path, "maxLength")]));
    let Err(Refusal::Invalid(violations)) = check(&long.to_string()) else { panic!() };
    assert_eq!(violations[0].size, Some(1200));
    assert!(!format!("{violations:?}").contains("s3cret"), "{violations:?}");
    // As long as a file, and written as one.
    let file = json!(format!("data:x/y;base64,{}", "QUJD".repeat(1000)));
    assert_eq!(broken(&with_password(&file)), pairs(&[(path, "maxLength")]));
}

/// All of them would be kept.
#[test]
fn of_two_passwords_the_first_counts_too() {
    let twice = |one: &str| {
        let document = format!(r#"{{"filename":"a","url":"{TEXT}","password":{one},"password":"b"}}"#);
        format!(r#"{{"endpoint":"/v1/documents/parse","request":{{"document":{document}}}}}"#)
    };
    assert!(check(&twice("\"a\"")).unwrap().request.has_secrets());
    let Err(Refusal::Invalid(violations)) = check(&twice("[\"a\"]")) else { panic!() };
    assert_eq!((violations[0].path.as_str(), violations[0].rule.as_str()), ("$.request.document.password", "type"));
}

#[test]
fn without_a_key_a_password_is_refused_and_says_so() {
    let body = with_password(&json!("s3cret")).to_string();
    let Err(Refusal::Invalid(violations)) = check_with(&body, &Catalog::default(), &Secrets::default()) else {
        panic!()
    };
    assert_eq!(
        (violations[0].path.as_str(), violations[0].rule.as_str()),
        ("$.request.document.password", "secretsKey")
    );
    assert!(violations[0].message.contains("QUIRE_SECRETS_KEY"), "{}", violations[0].message);
    assert!(check_with(&parse_job().to_string(), &Catalog::default(), &Secrets::default()).is_ok());
}
