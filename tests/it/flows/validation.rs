use serde_json::{Value, json};
use tests::app::App;
use tests::documents::text_job;

/// A body, the answer's status, its code, and the path of one of its violations.
type Case = (String, u16, &'static str, Option<&'static str>);

const BODY_MAX_BYTES: usize = 65_536;

fn with(change: impl FnOnce(&mut Value)) -> String {
    let mut body = text_job("x");
    change(&mut body);
    body.to_string()
}

fn invalid(change: impl FnOnce(&mut Value), path: &'static str) -> Case {
    (with(change), 422, "validation_error", Some(path))
}

fn cases() -> Vec<Case> {
    vec![
        (String::new(), 422, "malformed_json", None),
        ("{".to_owned(), 422, "malformed_json", None),
        (r#"{"endpoint":"/v1/documents/parse","request":{"document":}}"#.to_owned(), 422, "malformed_json", None),
        ("[]".to_owned(), 422, "validation_error", Some("$")),
        ("{}".to_owned(), 422, "validation_error", Some("$.endpoint")),
        invalid(|body| body["endpoint"] = json!("/v1/nothing"), "$.endpoint"),
        invalid(|body| body["endpoint"] = json!(7), "$.endpoint"),
        invalid(|body| body["request"] = json!("text"), "$.request"),
        invalid(|body| body["request"] = json!({}), "$.request.document"),
        invalid(
            |body| body["request"]["document"]["url"] = json!("https://example.com/a.pdf"),
            "$.request.document.url",
        ),
        invalid(
            |body| body["request"]["document"]["url"] = json!("data:text/plain;base64,*"),
            "$.request.document.url",
        ),
        invalid(
            |body| body["request"]["document"]["url"] = json!("data:application/pdf;base64,iVBORw0KGgoAAAANSUhEUg=="),
            "$.request.document.url",
        ),
        invalid(|body| body["request"]["document"]["password"] = json!("no key here"), "$.request.document.password"),
        invalid(|body| body["request"]["document"]["filename"] = json!(""), "$.request.document.filename"),
        invalid(|body| body["request"]["table_parsing_format"] = json!("xml"), "$.request.table_parsing_format"),
        invalid(|body| body["request"]["image_resolution_dpi"] = json!(1), "$.request.image_resolution_dpi"),
        invalid(|body| body["metadata"] = json!([]), "$.metadata"),
        invalid(|body| body["metadata"] = json!({ "k": 1 }), "$.metadata.k"),
        invalid(|body| body["metadata"] = json!({ "k": "v".repeat(513) }), "$.metadata.k"),
        invalid(|body| body["metadata"] = json!({ "k": "a\0b" }), "$.metadata.k"),
        invalid(|body| body["request"]["document"]["filename"] = json!("a\0b"), "$.request.document.filename"),
        (json!({ "endpoint": "/v1/edit/agent/fill", "request": {} }).to_string(), 422, "endpoint_not_available", None),
        (with(|body| body["request"]["note"] = json!("n".repeat(BODY_MAX_BYTES))), 413, "body_too_large", None),
    ]
}

#[tokio::test]
async fn a_bad_body_is_refused_by_code_and_path_and_nothing_is_stored() {
    let app = App::builder("a_bad_body_is_refused_by_code_and_path")
        .workers(0)
        .api_env("QUIRE_API_BODY_MAX_BYTES", &BODY_MAX_BYTES.to_string())
        .start()
        .await;
    let mut wrong = Vec::new();
    for (body, status, code, path) in cases() {
        let shown = body.chars().take(120).collect::<String>();
        let answer = app.client().create_raw(body).await;
        let paths: Vec<&str> = answer.body["detail"]["details"]["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|error| error["path"].as_str())
            .collect();
        let named = path.is_none_or(|path| paths.contains(&path));
        if (answer.code, answer.error_code()) != (status, code) || !named {
            wrong.push(format!("{shown}\n  expected {status} {code} {path:?}, got {} {}", answer.code, answer.body));
        }
        assert!(answer.header("x-request-id").starts_with("req_"), "{shown}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let sql = app.database().connect().await;
    let stored: i64 = sql.query_one("select count(*) from jobs", &[]).await.unwrap().get(0);
    assert_eq!(stored, 0);
    app.finish().await;
}

#[tokio::test]
async fn paths_and_methods_that_do_not_exist_are_told_apart() {
    let app = App::builder("paths_and_methods_that_do_not_exist").workers(0).start().await;
    let client = app.client();
    let answer = client.get("/v1/nothing").await;
    assert_eq!((answer.code, answer.error_code()), (404, "not_found"), "{}", answer.body);
    let answer = client.send(client.request(reqwest::Method::DELETE, "/v1/jobs")).await;
    assert_eq!((answer.code, answer.error_code()), (405, "method_not_allowed"), "{}", answer.body);
    let answer = client.get("/v1/jobs/job_not-an-id").await;
    assert_eq!((answer.code, answer.error_code()), (404, "not_found"), "{}", answer.body);
    app.finish().await;
}

/// An endpoint of the contract that a service executes, and nobody there.
fn routed(path: &str) -> String {
    format!(
        "[[endpoint]]\npath = \"{path}\"\nexecutor = \"http\"\n[endpoint.upstream]\nurl = \"http://127.0.0.1:1/\"\n"
    )
}

#[tokio::test]
async fn a_request_of_the_contract_is_checked_whoever_executes_it() {
    let document = json!({ "filename": "a.txt", "url": "data:text/plain;base64,aGk=" });
    let liar = json!({ "filename": "a.png", "url": "data:image/png;base64,JVBERi0xLjcK" });
    let cases = [
        ("/v1/documents/extract", json!({ "document": document, "json_schema": {}, "n_consensus": 9 }), "n_consensus"),
        ("/v1/documents/extract", json!({ "document": document, "json_schema": {}, "stream": true }), "stream"),
        ("/v1/documents/parse", json!({ "document": liar }), "document.url"),
        ("/v1/documents/split", json!({ "document": document, "subdocuments": [] }), "subdocuments"),
        (
            "/v1/documents/classify",
            json!({ "document": document, "categories": [{ "name": "a" }], "first_n_pages": 0 }),
            "first_n_pages",
        ),
        ("/v1/schemas/generate", json!({ "documents": [document, liar] }), "documents[1].url"),
        ("/v1/edit/agent/fill", json!({ "document": document, "template_id": "t", "instructions": "" }), ""),
        (
            "/v1/edit/templates/fill",
            json!({ "template_id": "t", "instructions": "", "config": { "color": "red" } }),
            "config.color",
        ),
        ("/v1/edit/templates/generate", json!({}), "document"),
        ("/v1/projects/extract", json!({ "document": document }), "project_id"),
        (
            "/v1/evals/extract/process",
            json!({ "project_id": "p", "document": document, "image_resolution_dpi": 95 }),
            "image_resolution_dpi",
        ),
        ("/v1/evals/split/process", json!({ "project_id": "p" }), ""),
        (
            "/v1/evals/classify/process",
            json!({ "project_id": "p", "document": document, "n_consensus": 17 }),
            "n_consensus",
        ),
        ("/v1/evals/extract/extract", json!({ "document": document }), "project_id"),
        ("/v1/evals/extract/split", json!({ "project_id": 7, "document": document }), "project_id"),
    ];
    let paths: std::collections::BTreeSet<&str> = cases.iter().map(|(path, _, _)| *path).collect();
    assert_eq!(paths.len(), 14);
    let app = App::builder("a_request_of_the_contract_is_checked_whoever_executes_it")
        .workers(0)
        .endpoints(&paths.into_iter().map(routed).collect::<String>())
        .start()
        .await;
    for (path, request, place) in &cases {
        let answer = app.client().create(&json!({ "endpoint": path, "request": request })).await;
        assert_eq!((answer.code, answer.error_code()), (422, "validation_error"), "{path}: {}", answer.body);
        let errors = answer.body["detail"]["details"]["errors"].as_array().unwrap();
        let expected = format!("$.request.{place}");
        assert_eq!(errors.len(), 1, "{path}: {}", answer.body);
        assert_eq!(errors[0]["path"], expected.trim_end_matches('.'), "{path}: {}", answer.body);
    }
    app.finish().await;
}
