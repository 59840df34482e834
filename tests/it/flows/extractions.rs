//! What was extracted is stored once, under the name that it has.

use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::documents::data_url;

const BOUND: Duration = Duration::from_secs(60);

/// A job that extracts the number of an invoice.
fn job(members: &Value) -> Value {
    let url = data_url("text/plain", b"Invoice number: A-17\nTotal: 12.50\n");
    let mut request = json!({
        "document": { "filename": "invoice.txt", "url": url },
        "json_schema": { "type": "object", "properties": { "invoice_number": { "type": ["string", "null"] } } },
    });
    request.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    json!({ "endpoint": "/v1/documents/extract", "request": request })
}

fn named(name: &str) -> Value {
    job(&json!({ "extraction_id": name, "metadata": { "batch": "7" } }))
}

async fn completed(app: &App, id: JobId) -> Value {
    app.client().wait_until(id, Status::Completed, BOUND).await["response"]["body"].clone()
}

/// What is stored of a job: generation, name, and the batch of its metadata.
async fn stored(app: &App, id: JobId) -> Vec<(i32, String, Option<String>)> {
    let sql = app.database().connect().await;
    let rows = "select generation, extraction_id, metadata ->> 'batch' from job_extractions where id = $1";
    let rows = sql.query(rows, &[&id.uuid()]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

#[tokio::test]
async fn a_name_that_another_job_has_is_refused() {
    let app = App::builder("a_name_that_another_job_has_is_refused").start().await;
    let client = app.client();
    let first = client.create_once("key", &named("mine")).await;
    let id = first.accepted().unwrap_or_else(|| panic!("{}", first.body));
    let again = client.create_once("key", &named("mine")).await;
    assert_eq!(again.accepted(), Some(id), "its own create, repeated");
    let taken = client.create(&named("mine")).await;
    assert_eq!((taken.code, taken.error_code()), (409, "extraction_id_taken"), "{}", taken.body);
    assert_eq!(taken.body["detail"]["details"]["job_id"], id.to_string());
    let body = completed(&app, id).await;
    assert_eq!(body["extraction_id"], "mine");
    assert_eq!(stored(&app, id).await, [(0, "mine".to_owned(), Some("7".to_owned()))]);

    // A name that nobody chose is taken too.
    let plain = client.submit(&job(&json!({}))).await;
    let name = completed(&app, plain).await["extraction_id"].as_str().unwrap().to_owned();
    assert_eq!(client.create(&named(&name)).await.error_code(), "extraction_id_taken");
    // Another organization has names of its own.
    let theirs = app.client_of("other").await;
    let id = theirs.submit(&named("mine")).await;
    theirs.wait_until(id, Status::Completed, BOUND).await;
    let refused = client.create(&named("")).await;
    assert_eq!((refused.code, refused.error_code()), (422, "validation_error"), "{}", refused.body);
    let refused = client.create(&named("a\0b")).await;
    assert_eq!((refused.code, refused.error_code()), (422, "validation_error"), "{}", refused.body);
    app.finish().await;
}

#[tokio::test]
async fn a_retry_keeps_a_chosen_name_and_makes_no_second_record() {
    let app = App::builder("a_retry_keeps_a_chosen_name").start().await;
    let client = app.client();
    let (chosen, plain) = (client.submit(&named("mine")).await, client.submit(&job(&json!({}))).await);
    let first = completed(&app, plain).await["extraction_id"].as_str().unwrap().to_owned();
    completed(&app, chosen).await;
    let sql = app.database().connect().await;
    for id in [chosen, plain] {
        // Completed jobs are retried when their time is over.
        let over = format!("update jobs set expires_at = now() - interval '1 minute' where id = '{}'", id.uuid());
        sql.batch_execute(&over).await.unwrap();
        assert_eq!(client.retry(id).await.code, 200);
    }
    assert_eq!(completed(&app, chosen).await["extraction_id"], "mine");
    assert_eq!(stored(&app, chosen).await, [(1, "mine".to_owned(), Some("7".to_owned()))]);
    let second = completed(&app, plain).await["extraction_id"].as_str().unwrap().to_owned();
    assert_eq!(second, format!("{first}-1"));
    assert_eq!(stored(&app, plain).await, [(1, second, None)]);
    app.finish().await;
}

#[tokio::test]
async fn a_large_extraction_is_an_object_and_goes_with_its_job() {
    let app = App::builder("a_large_extraction_is_an_object").env("QUIRE_INLINE_MAX_BYTES", "1024").start().await;
    // Names that do not become small.
    let name = || (0..60).map(|_| char::from(rand::random_range(b'a'..=b'z'))).collect::<String>();
    let fields = (0..40).map(|_| (name(), json!({ "type": ["string", "null"] })));
    let schema = json!({ "type": "object", "properties": fields.collect::<serde_json::Map<_, _>>() });
    let id = app.client().submit(&job(&json!({ "json_schema": schema }))).await;
    completed(&app, id).await;
    let sql = app.database().connect().await;
    let path = "select body_object from job_extractions where id = $1";
    let path: Option<String> = sql.query_one(path, &[&id.uuid()]).await.unwrap().get(0);
    let path = path.expect("its text is longer than a row takes");
    assert!(path.ends_with("extraction-1.json.zst"), "{path}");
    app.finish().await;
}
