use std::fs;
use std::path::PathBuf;
use std::process::Output;

use serde_json::{Value, json};
use tests::documents::{data_url, fixture_job, text_job};
use tests::run_program;

use super::BOUND;

const PARSE: &str = "/v1/documents/parse";

/// A folder of requests, gone with the test.
struct Requests(PathBuf);

impl Requests {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("quire-run-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str, job: &Value) -> String {
        let path = self.0.join(name);
        fs::write(&path, job["request"].to_string()).unwrap();
        path.to_string_lossy().into_owned()
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        let _gone = fs::remove_dir_all(&self.0);
    }
}

/// Runs with no variable set at all.
async fn run(arguments: &[&str]) -> Output {
    let arguments: Vec<&str> = ["run"].iter().chain(arguments).copied().collect();
    run_program("quire-worker", &[], &arguments, BOUND).await
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn a_request_is_answered_without_anything_around() {
    let requests = Requests::new("one");
    let file = requests.file("note.json", &text_job("a note"));
    let answered = run(&[PARSE, "--request", &file]).await;
    assert!(answered.status.success(), "{answered:?}");
    let [body] = <[Value; 1]>::try_from(lines(&answered.stdout)).unwrap();
    assert_eq!((&body["text"], &body["usage"]["page_count"]), (&json!("a note"), &json!(1)));
    assert_eq!(body["document"]["filename"], "note.txt");
    assert!(answered.stderr.is_empty(), "a bar where there is no terminal: {answered:?}");
}

#[tokio::test]
async fn every_endpoint_of_the_engine_is_answered() {
    let requests = Requests::new("all");
    let document =
        json!({ "filename": "a.txt", "url": data_url("text/plain", b"Invoice number: A-17\nTotal: 12.50\n") });
    let schema = json!({ "type": "object", "properties": { "invoice_number": { "type": ["string", "null"] } } });
    let kinds = json!([{ "name": "invoice", "description": "Amounts to pay" }, { "name": "letter" }]);
    let cases = [
        ("/v1/documents/extract", json!({ "document": document, "json_schema": schema }), "choices"),
        ("/v1/documents/classify", json!({ "document": document, "categories": kinds }), "result"),
        ("/v1/documents/split", json!({ "document": document, "subdocuments": kinds }), "splits"),
        ("/v1/documents/split/generate_config", json!({ "document": document }), "subdocuments"),
        ("/v1/schemas/generate", json!({ "documents": [document, document] }), "json_schema"),
    ];
    for (endpoint, request, member) in cases {
        let file = requests.file("request.json", &json!({ "request": request }));
        let answered = run(&[endpoint, "--request", &file]).await;
        assert!(answered.status.success(), "{endpoint}: {answered:?}");
        let [body] = <[Value; 1]>::try_from(lines(&answered.stdout)).unwrap();
        assert!(!body[member].is_null() && !body["usage"].is_null(), "{endpoint}: {body}");
        assert!(body["extraction_id"].is_null(), "nothing is stored: {body}");
    }
}

#[tokio::test]
async fn many_requests_are_answered_in_their_order_and_one_that_fails_keeps_its_place() {
    let requests = Requests::new("many");
    let slow = requests.file("report.json", &fixture_job("report.pdf"));
    let bad =
        json!({ "request": { "document": { "filename": "a.pdf", "url": data_url("application/pdf", b"%PDF-") } } });
    let bad = requests.file("bad.json", &bad);
    let note = requests.file("note.json", &text_job("a note"));
    let answered = run(&[PARSE, "--request", &slow, "--request", &bad, "--request", &note]).await;
    assert_eq!(answered.status.code(), Some(1), "{answered:?}");
    let [report, failed, note] = <[Value; 3]>::try_from(lines(&answered.stdout)).unwrap();
    assert_eq!(report["usage"]["page_count"], 3);
    assert_eq!(failed["error"]["code"], "document_invalid", "{failed}");
    assert_eq!(note["text"], "a note");
}

#[tokio::test]
async fn what_fails_is_told_on_standard_error_and_by_the_exit_code() {
    let requests = Requests::new("failed");
    let endless = requests.file("loop.json", &fixture_job("loop.pdf"));
    let failed = run(&[PARSE, "--timeout", "2", "--request", &endless]).await;
    assert_eq!((failed.status.code(), failed.stdout.as_slice()), (Some(1), b"".as_slice()), "{failed:?}");
    let [error] = <[Value; 1]>::try_from(lines(&failed.stderr)).unwrap();
    assert_eq!(error["code"], "document_limit_exceeded", "{error}");
    assert_eq!(error["details"], json!({ "limit": "time", "limit_ms": 2000 }), "{error}");

    let no_request = requests.file("empty.json", &json!({ "request": {} }));
    let failed = run(&[PARSE, "--request", &no_request]).await;
    assert_eq!(failed.status.code(), Some(1), "{failed:?}");
    assert_eq!(lines(&failed.stderr)[0]["code"], "request_invalid");

    for usage in [
        &["/v1/documents/pars", "--request", &endless] as &[&str],
        &[PARSE],
        &[PARSE, "--request", "/nowhere/to/be/found"],
        &[PARSE, "--request", "-", "--request", "-"],
        &[PARSE, "--request", &endless, "--timeout", "0"],
    ] {
        let refused = run(usage).await;
        assert_eq!(refused.status.code(), Some(2), "{usage:?}: {refused:?}");
        assert!(refused.stdout.is_empty() && !refused.stderr.is_empty(), "{usage:?}");
    }
}
