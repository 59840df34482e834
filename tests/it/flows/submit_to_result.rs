use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::Status;
use tests::app::App;
use tests::client::parse_job;
use tests::documents::{data_url, fixture, fixture_job, text_job};
use tests::models_dir;

const BOUND: Duration = Duration::from_secs(30);

async fn text_of(app: &App, name: &str) -> String {
    let id = app.client().submit(&fixture_job(name)).await;
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    assert_eq!(job["response"]["status_code"], 200, "{job}");
    let body = &job["response"]["body"];
    assert_eq!(body["document"]["filename"], name);
    body["text"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_pdf_goes_in_and_its_text_comes_out() {
    let app = App::builder("a_pdf_goes_in_and_its_text_comes_out").start().await;
    let mut body = fixture_job("report.pdf");
    body["metadata"] = json!({ "customer": "harbour" });
    let created = app.client().create(&body).await;
    assert_eq!(created.code, 200, "{}", created.body);
    assert_eq!(created.status(), Status::Queued);
    assert_eq!(created.body["request"], body["request"]);
    assert!(created.header("x-request-id").starts_with("req_"));

    let job = app.client().wait_until(created.id(), Status::Completed, BOUND).await;
    let answer = &job["response"]["body"];
    let id = answer["document"]["id"].as_str().unwrap();
    assert!(id.len() == 21 && id.starts_with("file_") && id[5..].bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    assert_eq!(answer["document"]["mime_type"], "application/pdf");
    assert_eq!(answer["usage"], json!({ "page_count": 3, "credits": 3.0 }));
    let pages: Vec<&str> = answer["pages"].as_array().unwrap().iter().map(|page| page.as_str().unwrap()).collect();
    assert_eq!(answer["text"].as_str().unwrap(), pages.join("\n\n"));
    assert_eq!(pages.len(), 3);
    let expected = String::from_utf8(fixture("report.txt")).unwrap();
    for line in expected.lines().filter(|line| !line.is_empty()) {
        assert!(pages.iter().any(|page| page.contains(line)), "{line:?} is missing in {pages:#?}");
    }
    assert!(pages[1].contains("1,840") && !pages[0].contains("1,840"), "the table is not on its page");
    assert_times(&job);
    assert_eq!(job["metadata"], json!({ "customer": "harbour" }));
    app.finish().await;
}

fn assert_times(job: &Value) {
    let time = |name: &str| job[name].as_i64().unwrap_or_else(|| panic!("{name} is not a time: {job}"));
    assert!(time("created_at") <= time("started_at") && time("started_at") <= time("completed_at"), "{job}");
    assert_eq!(time("expires_at") - time("created_at"), 604_800);
    assert_eq!(time("last_attempt_at"), time("started_at"));
    assert_eq!(job["attempt_count"], 1);
    assert_eq!((&job["object"], &job["cancelled"]), (&json!("job"), &json!(false)));
    assert!(job["organization_id"].as_str().unwrap().starts_with("org_"));
    for name in ["error", "cloud_task_name", "request_gcs_paths", "last_failure_code"] {
        assert!(job.as_object().unwrap().contains_key(name) && job[name].is_null(), "{name}: {job}");
    }
}

#[tokio::test]
async fn each_kind_of_document_is_read() {
    let app = App::builder("each_kind_of_document_is_read").start().await;
    let letter = text_of(&app, "letter.txt").await;
    assert!(letter.contains("the caf\u{e9} on the north mole") && letter.contains("J. Bergstr\u{f6}m"), "{letter}");
    let notes = text_of(&app, "notes.md").await;
    assert!(notes.contains("# Berth meeting") && notes.contains("**5 May**"), "{notes}");
    let table = text_of(&app, "table.csv").await;
    assert!(table.contains("Nordlys") && table.contains("Maria Jose"), "{table}");
    let invoice = text_of(&app, "invoice.html").await;
    assert!(invoice.contains("Invoice 2025-0042") && invoice.contains("Mooring rope, 24 mm"), "{invoice}");
    assert!(!invoice.contains("tracking pixel") && !invoice.contains("<script"), "{invoice}");
    app.finish().await;
}

/// The job of two pages that hold nothing but an empty picture, which has to fail at once by this code.
async fn failed_scan(app: &App, code: &str) -> Value {
    let id = app.client().submit(&fixture_job("scan.pdf")).await;
    let job = app.client().wait_until(id, Status::Failed, BOUND).await;
    assert_eq!(job["error"]["code"], code, "{job}");
    assert_eq!((&job["last_failure_code"], &job["attempt_count"]), (&json!(code), &json!(1)));
    assert!(job["response"].is_null() && !job["request"].is_null(), "{job}");
    job
}

#[tokio::test]
async fn a_document_without_text_fails_by_name_and_one_that_only_models_can_read_too() {
    let mut app = App::builder("a_document_without_text_fails_by_name").start().await;
    let without = failed_scan(&app, "ocr_model_missing").await;
    assert!(without["error"]["message"].as_str().unwrap().contains("make models"), "{without}");
    app.worker(0).process.stop(BOUND).await;
    app.start_worker(&[("QUIRE_MODELS_DIR", &models_dir())]).await;
    failed_scan(&app, "document_has_no_text").await;
    app.finish().await;
}

#[tokio::test]
async fn payloads_are_shown_when_they_are_asked_for_and_the_status_never_shows_them() {
    let app = App::builder("payloads_are_shown_when_they_are_asked_for").start().await;
    let client = app.client();
    let body = text_job("hello");
    let id = client.submit(&body).await;
    let full = client.wait_until(id, Status::Completed, BOUND).await;
    assert_eq!(full["request"], body["request"]);
    assert_eq!(full["response"]["body"]["text"], "hello");

    let light = client.retrieve(id, false).await.body;
    assert!(light["request"].is_null() && light["response"].is_null(), "{light}");
    let half = client.get(&format!("/v1/jobs/{id}?include_response=true")).await.body;
    assert!(half["request"].is_null() && !half["response"].is_null(), "{half}");
    let status = client.status(id).await.body;
    assert!(!status.as_object().unwrap().contains_key("request"), "{status}");
    assert!(!status.as_object().unwrap().contains_key("response"), "{status}");
    for (name, value) in status.as_object().unwrap() {
        assert_eq!(*value, light[name], "{name}");
    }
    app.finish().await;
}

/// Spaces, escapes, the spelling of numbers, the order and the repetition of members: nothing is tidied up.
#[tokio::test]
async fn a_request_comes_back_byte_for_byte() {
    let app = App::builder("a_request_comes_back_byte_for_byte").start().await;
    let url = data_url("text/plain", b"exact");
    let request = format!(
        "{{ \"zeta\":1.10 ,\t\"document\" : {{\"url\":\"{url}\",\"filename\":\"a\\u002etxt\"}}, \"zeta\": 1e2, \"n\":\"\\u0000\" }}"
    );
    let body = format!("{{\"request\":{request},\"endpoint\":\"/v1/documents/parse\"}}");
    let created = app.client().create_raw(body).await;
    assert_eq!(created.code, 200, "{}", created.body);
    app.client().wait_until(created.id(), Status::Completed, BOUND).await;
    let full = app.client().retrieve(created.id(), true).await;
    for (which, answer) in [("create", &created), ("retrieve", &full)] {
        let text = String::from_utf8(answer.bytes.clone()).unwrap();
        assert!(text.contains(&request), "{which} does not repeat the request: {text}");
    }
    app.finish().await;
}

#[tokio::test]
async fn large_payloads_are_kept_in_the_object_store() {
    let app = App::builder("large_payloads_are_kept_in_the_object_store").start().await;
    // Four bits of information a letter: compressed it is still larger than a row may hold.
    let text: String = (0..400_000).map(|_| char::from(b"0123456789abcdef"[rand::random_range(0..16)])).collect();
    // Without its padding the file stays in the text, which is what this test is about.
    let unpadded = data_url("text/plain", text.as_bytes()).trim_end_matches('=').to_owned();
    let body = parse_job("note.txt", &unpadded);
    let id = app.client().submit(&body).await;
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    assert_eq!(job["request"], body["request"]);
    assert_eq!(job["response"]["body"]["text"].as_str(), Some(text.as_str()));
    let sql = app.database().connect().await;
    let places = "select (select count(*) from job_payloads where request_object is not null),
        (select count(*) from job_results where body_object is not null)";
    let row = sql.query_one(places, &[]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (1, 1));
    app.finish().await;
}
