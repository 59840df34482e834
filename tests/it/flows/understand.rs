//! The endpoints that understand documents, each through a job, on a PDF, a picture of the page, a word file and a mail.

use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::Client;
use tests::documents::{data_url, fixture};
use tests::models_dir;

/// A picture is recognised, by an engine of a debug build and beside other tests.
const BOUND: Duration = Duration::from_secs(120);

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// The same invoice.
const INVOICES: [(&str, &str); 4] = [
    ("invoice.pdf", "application/pdf"),
    ("invoice.png", "image/png"),
    ("invoice.docx", WORD),
    ("invoice.eml", "message/rfc822"),
];

const EXTRACT: &str = "/v1/documents/extract";

async fn start(name: &str) -> App {
    App::builder(name).worker_env("QUIRE_MODELS_DIR", &models_dir()).start().await
}

fn document(name: &str, media_type: &str) -> Value {
    json!({ "filename": name, "url": data_url(media_type, &fixture(&format!("business/{name}"))) })
}

/// A job of this endpoint for a document of tests/fixtures/business.
fn job_for((name, media_type): (&str, &str), endpoint: &str, members: &Value) -> Value {
    let mut request = json!({ "document": document(name, media_type) });
    request.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    json!({ "endpoint": endpoint, "request": request })
}

/// Runs a job of each invoice at the same time, and answers the bodies of the responses.
async fn answers(client: &Client, endpoint: &str, members: &Value) -> Vec<(&'static str, Value)> {
    let mut jobs: Vec<(&str, JobId)> = Vec::new();
    for file in INVOICES {
        jobs.push((file.0, client.submit(&job_for(file, endpoint, members)).await));
    }
    let mut bodies = Vec::new();
    for (name, id) in jobs {
        let job = client.wait_until(id, Status::Completed, BOUND).await;
        assert_eq!(job["response"]["status_code"], 200, "{name}: {job}");
        bodies.push((name, job["response"]["body"].clone()));
    }
    bodies
}

/// What the guide's first request asks for.
fn number_and_total() -> Value {
    json!({
        "type": "object",
        "properties": { "invoice_number": { "type": "string" }, "total_amount": { "type": "number" } },
        "required": ["invoice_number", "total_amount"],
    })
}

#[tokio::test]
async fn an_invoice_says_the_same_in_every_format() {
    let app = start("an_invoice_says_the_same_in_every_format").await;
    let members = json!({ "json_schema": number_and_total(), "model": "retab-small" });
    for (name, body) in answers(app.client(), EXTRACT, &members).await {
        let message = &body["choices"][0]["message"];
        let expected = json!({ "invoice_number": "2025-0042", "total_amount": 1425.6 });
        assert_eq!(message["parsed"], expected, "{name}: {body}");
        let content: Value = serde_json::from_str(message["content"].as_str().unwrap()).unwrap();
        assert_eq!(content, expected, "{name}");
        for field in ["invoice_number", "total_amount"] {
            let likelihood = body["likelihoods"][field].as_f64().unwrap();
            assert!(likelihood > 0.0 && likelihood <= 1.0, "{name} {field}: {likelihood}");
            assert!(body["sources"][field].is_object(), "{name} {field}: {body}");
        }
        assert!(body["usage"]["total_tokens"].as_u64().unwrap() > 0, "{name}");
        assert!(body["extraction_id"].as_str().unwrap().starts_with("extr_"), "{name}");
    }
    app.finish().await;
}

#[tokio::test]
async fn what_a_page_does_not_say_is_null_and_told_in_a_warning() {
    let app = start("what_a_page_does_not_say_is_null").await;
    let client = app.client();
    let delivery = ("delivery.pdf", "application/pdf");
    let members = json!({ "json_schema": number_and_total(), "model": "retab-small" });
    let id = client.submit(&job_for(delivery, EXTRACT, &members)).await;
    let job = client.wait_until(id, Status::Completed, BOUND).await;
    let body = &job["response"]["body"];
    assert_eq!(body["choices"][0]["message"]["parsed"]["total_amount"], Value::Null, "{body}");
    assert_eq!(body["likelihoods"]["total_amount"].as_f64(), Some(0.0), "{body}");
    // The warning is there without the response, and in the status.
    for shown in [client.retrieve(id, false).await.body, client.status(id).await.body] {
        let warning = &shown["warnings"][0];
        assert_eq!(warning["code"], "schema_unsatisfied", "{shown}");
        let paths = warning["details"]["paths"].as_array().unwrap();
        assert!(paths.iter().any(|path| path.as_str().unwrap().contains("total_amount")), "{shown}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_document_is_classified_in_every_format() {
    let app = start("a_document_is_classified_in_every_format").await;
    let categories = json!([
        { "name": "invoice", "description": "A request for payment of goods or services, with amounts and a total" },
        { "name": "letter", "description": "A letter between people" },
        { "name": "contract", "description": "An agreement with clauses and signatures" },
    ]);
    for (name, body) in answers(app.client(), "/v1/documents/classify", &json!({ "categories": categories })).await {
        assert_eq!(body["result"]["classification"], "invoice", "{name}: {body}");
        assert_eq!(body["classification"]["category"], "invoice", "{name}");
        assert!(body["likelihood"].as_f64().is_some_and(|share| share > 0.0 && share <= 1.0), "{name}: {body}");
        assert_eq!((&body["votes"], &body["usage"]["page_count"]), (&json!([]), &json!(1)), "{name}");
    }
    app.finish().await;
}

fn kinds() -> Value {
    json!({ "subdocuments": [
        { "name": "invoice", "description": "A request for payment with items, amounts and a total" },
        { "name": "letter", "description": "A letter that begins with Dear and ends with Yours sincerely" },
    ] })
}

#[tokio::test]
async fn a_document_is_split_in_every_format() {
    const SPLIT: &str = "/v1/documents/split";
    let app = start("a_document_is_split_in_every_format").await;
    let pages_of = |body: &Value, name: &str| -> Vec<u64> {
        let splits = body["splits"].as_array().unwrap().iter().filter(|split| split["name"] == name);
        splits.flat_map(|split| split["pages"].as_array().unwrap()).map(|page| page.as_u64().unwrap()).collect()
    };
    for (name, body) in answers(app.client(), SPLIT, &kinds()).await {
        assert_eq!(pages_of(&body, "invoice"), [1], "{name}: {body}");
        assert_eq!((pages_of(&body, "letter"), &body["usage"]["page_count"]), (Vec::new(), &json!(1)), "{name}");
    }
    let bundle = ("bundle.pdf", "application/pdf");
    let id = app.client().submit(&job_for(bundle, SPLIT, &kinds())).await;
    let body = app.client().wait_until(id, Status::Completed, BOUND).await["response"]["body"].clone();
    assert_eq!((pages_of(&body, "invoice"), pages_of(&body, "letter")), (vec![1, 2], vec![3]), "{body}");
    app.finish().await;
}

#[tokio::test]
async fn the_parts_of_a_document_are_described_in_every_format() {
    let app = start("the_parts_of_a_document_are_described").await;
    let mut all = answers(app.client(), "/v1/documents/split/generate_config", &json!({})).await;
    let bundle = job_for(("bundle.pdf", "application/pdf"), "/v1/documents/split/generate_config", &json!({}));
    let id = app.client().submit(&bundle).await;
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    all.push(("bundle.pdf", job["response"]["body"].clone()));
    for (name, body) in all {
        let kinds = body["subdocuments"].as_array().unwrap();
        assert!(!kinds.is_empty(), "{name}: {body}");
        for kind in kinds {
            let is_said = |member: &str| !kind[member].as_str().unwrap().is_empty();
            assert!(is_said("name") && is_said("description"), "{name}: {body}");
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn a_schema_is_made_of_documents_of_every_format_and_extracts_from_them() {
    let app = start("a_schema_is_made_of_documents_of_every_format").await;
    let client = app.client();
    let documents: Vec<Value> = INVOICES.iter().map(|(name, media_type)| document(name, media_type)).collect();
    let generate = json!({ "endpoint": "/v1/schemas/generate", "request": { "documents": documents } });
    let id = client.submit(&generate).await;
    let body = client.wait_until(id, Status::Completed, BOUND).await["response"]["body"].clone();
    assert_eq!((&body["object"], &body["strict"]), (&json!("schema"), &json!(true)));
    assert_eq!(body["usage"]["page_count"], 4, "{body}");
    let schema = &body["json_schema"];
    assert!(schema["properties"].as_object().is_some_and(|members| members.len() >= 3), "{schema}");
    let id = client.submit(&job_for(INVOICES[0], EXTRACT, &json!({ "json_schema": schema }))).await;
    let job = client.wait_until(id, Status::Completed, BOUND).await;
    let parsed = &job["response"]["body"]["choices"][0]["message"]["parsed"];
    let found = parsed.as_object().unwrap().values().filter(|value| !value.is_null()).count();
    assert!(found >= 3, "{parsed}");
    app.finish().await;
}

#[tokio::test]
async fn more_documents_than_a_request_may_have_are_refused() {
    let app = App::builder("more_documents_than_a_request_may_have").workers(0).start().await;
    let documents = vec![json!({ "filename": "a.txt", "url": "data:text/plain;base64,aGk=" }); 33];
    let answer = app
        .client()
        .create(&json!({ "endpoint": "/v1/schemas/generate", "request": { "documents": documents } }))
        .await;
    let broken = &answer.body["detail"]["details"]["errors"][0];
    assert_eq!(
        (answer.code, &broken["path"], &broken["rule"]),
        (422, &json!("$.request.documents"), &json!("maxItems"))
    );
    app.finish().await;
}
