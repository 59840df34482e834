use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::{Answer, parse_job};
use tests::documents::{data_url, fixture, fixture_job, text_job};
use tests::eventually;

const BOUND: Duration = Duration::from_secs(60);
/// Base64 of a test's smallest file that is taken out of its request.
const MIN_BYTES: &str = "1024";
/// Every job with its payloads.
const LIST: &str = "/v1/jobs?include_request=true&include_response=true";

fn noise(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|_| rand::random()).collect()
}

/// Every object of a store, with its path in it.
fn objects(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(objects(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn assert_holds(which: &str, answer: &Answer, text: &str) {
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("content-length"), answer.bytes.len().to_string(), "{which}");
    let found = answer.bytes.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(found, "{which} does not repeat what was sent: {:.3000}", String::from_utf8_lossy(&answer.bytes));
}

async fn job_of(app: &App, id: JobId) -> Value {
    app.client().retrieve(id, true).await.body
}

/// Files that can be put back byte for byte and others, in a text that nobody would write.
#[tokio::test]
async fn a_request_with_files_comes_back_byte_for_byte_and_its_files_are_objects() {
    let app = App::builder("a_request_with_files_comes_back_byte_for_byte")
        .env("QUIRE_ARTIFACT_MIN_BYTES", MIN_BYTES)
        .start()
        .await;
    let report = fixture("report.pdf");
    let (image, other) = (noise(50_000), noise(1_000));
    let (pdf, picture) = (data_url("application/pdf", &report), data_url("image/png", &image));
    let unpadded = data_url("x/unpadded", &other[..998]).trim_end_matches('=').to_owned();
    let escaped = data_url("x/escaped", &other).replace("QUJ", "\\u0051UJ").replacen('/', "\\/", 1);
    let request = format!(
        "{{ \"d\\u006fcument\" :\t{{\"filename\":\"r\u{e9}port.pdf\", \"url\": \"{pdf}\"}},\n\
         \"more\":[ \"{picture}\",\"{unpadded}\",{{\"a/b\":\"{escaped}\",\"a/b\":\"{}\"}}], \"n\":1.10, \"n\":\"\\u0000\" }}",
        picture.replace("data:", "DATA:")
    );
    let created =
        app.client().create_raw(format!("{{\"request\":{request},\"endpoint\":\"/v1/documents/parse\"}}")).await;
    assert_eq!(created.code, 200, "{}", created.body);
    assert_holds("create", &created, &request);

    let job = app.client().wait_until(created.id(), Status::Completed, BOUND).await;
    assert_eq!(job["response"]["body"]["document"]["mime_type"], "application/pdf");
    assert!(job["response"]["body"]["text"].as_str().unwrap().contains("1,840"), "{job}");
    assert_holds("retrieve", &app.client().retrieve(created.id(), true).await, &request);
    let second = app.client().submit(&text_job("second")).await;
    app.client().wait_until(second, Status::Completed, BOUND).await;
    let list = app.client().get(LIST).await;
    assert_holds("list", &list, &request);
    assert_eq!(list.body["data"][1], job, "a list shows a job as its retrieve does");
    assert_eq!(list.body["first_id"], second.to_string());
    assert_eq!((&list.body["last_id"], &list.body["has_more"]), (&job["id"], &json!(false)));

    let sql = app.database().connect().await;
    let row = "select artifacts, request_bytes from job_payloads where artifacts is not null";
    let row = sql.query_one(row, &[]).await.unwrap();
    let (artifacts, bytes): (Value, i64) = (row.get(0), row.get(1));
    let pointers: Vec<&str> = artifacts.as_array().unwrap().iter().map(|a| a["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["/document/url", "/more/0", "/more/2/a~1b"]);
    assert!(bytes < 5_000, "the files are still in the text: {bytes}");
    let stored: Vec<Vec<u8>> = objects(&app.objects()).iter().map(|path| std::fs::read(path).unwrap()).collect();
    assert_eq!(stored, [report, image.clone(), image]);
    app.finish().await;
}

/// The last member of a name counts, for the check and for the worker, whether its file is in the text or an object.
#[tokio::test]
async fn of_two_documents_of_one_name_the_last_is_read() {
    let app = App::builder("of_two_documents_of_one_name_the_last_is_read")
        .env("QUIRE_ARTIFACT_MIN_BYTES", MIN_BYTES)
        .start()
        .await;
    let long = |word: &str| data_url("text/plain", format!("{word} ").repeat(500).as_bytes());
    let urls = [
        (long("first"), long("second"), "second"),
        (long("first"), data_url("text/plain", b"second"), "second"),
        (data_url("text/plain", b"first"), long("second"), "second"),
    ];
    for (one, two, expected) in urls {
        for separator in [r#","url":"#, r#"},"document":{"filename":"b.txt","url":"#] {
            let request = format!(r#"{{"document":{{"filename":"a.txt","url":"{one}"{separator}"{two}"}}}}"#);
            let body = format!(r#"{{"endpoint":"/v1/documents/parse","request":{request}}}"#);
            let created = app.client().create_raw(body).await;
            assert_holds("create", &created, &request);
            let job = app.client().wait_until(created.id(), Status::Completed, BOUND).await;
            let text = job["response"]["body"]["text"].as_str().unwrap();
            assert!(text.starts_with(expected) && !text.contains("first"), "{text:.100}");
            assert_holds("retrieve", &app.client().retrieve(created.id(), true).await, &request);
        }
    }
    app.finish().await;
}

/// The text of this document is a data URL itself, and so is the text of the response.
fn document_with_a_file() -> Value {
    text_job(&data_url("x/y", &noise(3_000)))
}

#[tokio::test]
async fn a_file_in_a_response_is_an_object_too() {
    let app =
        App::builder("a_file_in_a_response_is_an_object_too").env("QUIRE_ARTIFACT_MIN_BYTES", MIN_BYTES).start().await;
    let body = document_with_a_file();
    let id = app.client().submit(&body).await;
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    let text = job["response"]["body"]["text"].as_str().unwrap();
    assert_eq!(parse_job("note.txt", &data_url("text/plain", text.as_bytes())), body);
    assert_eq!(job["response"]["body"]["pages"], json!([text]));
    let names: Vec<String> =
        objects(&app.objects()).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(names, ["request-0.bin", "result-1-0.bin", "result-1-1.bin"]);

    // Without the file the job is still shown, and the warning names its place.
    let path = app.objects().join(format!("jobs/{id}/result-1-1.bin"));
    std::fs::remove_file(&path).unwrap();
    let job = job_of(&app, id).await;
    assert!(job["response"].is_null() && !job["request"].is_null(), "{job}");
    let warnings = job["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1, "{job}");
    assert_eq!(warnings[0]["code"], "response_restore_failed");
    assert_eq!(warnings[0]["details"]["path"], "$.response.body.text");
    app.finish().await;
}

#[tokio::test]
async fn a_file_that_is_not_what_was_stored_becomes_a_warning() {
    let app = App::builder("a_file_that_is_not_what_was_stored_becomes_a_warning")
        .env("QUIRE_ARTIFACT_MIN_BYTES", MIN_BYTES)
        .start()
        .await;
    let body = fixture_job("report.pdf");
    let id = app.client().submit(&body).await;
    app.client().wait_until(id, Status::Completed, BOUND).await;
    let path = app.objects().join(format!("jobs/{id}/request-0.bin"));
    let good = std::fs::read(&path).unwrap();
    let mut altered = good.clone();
    altered[good.len() / 2] ^= 0x40;
    let longer = [&good[..], b"x"].concat();
    for (how, content) in [
        ("altered", Some(&altered[..])),
        ("shorter", Some(&good[..good.len() - 1])),
        ("longer", Some(&longer[..])),
        ("empty", Some(&[][..])),
        ("gone", None),
    ] {
        match content {
            Some(content) => std::fs::write(&path, content).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let answer = app.client().retrieve(id, true).await;
        assert_eq!(answer.code, 200, "{how}: {}", answer.body);
        assert!(answer.body["request"].is_null(), "{how}");
        assert_eq!(answer.body["response"]["status_code"], 200, "{how}: the response was harmed too");
        let warnings = answer.body["warnings"].as_array().unwrap();
        assert_eq!(warnings.len(), 1, "{how}: {warnings:?}");
        assert_eq!(warnings[0]["code"], "request_restore_failed", "{how}");
        assert_eq!(warnings[0]["details"]["path"], "$.request.document.url", "{how}");
        assert!(app.client().retrieve(id, false).await.body["warnings"].is_null(), "{how}: nothing was asked for");
        assert_eq!(app.client().get(LIST).await.body["data"][0], answer.body, "{how}: a list says the same");
    }
    std::fs::write(&path, &good).unwrap();
    let job = job_of(&app, id).await;
    assert!(job["warnings"].is_null() && job["request"] == body["request"], "{job}");
    app.finish().await;
}

#[tokio::test]
async fn a_job_whose_file_is_lost_fails_by_name_and_one_whose_file_returns_completes() {
    let mut app = App::builder("a_job_whose_file_is_lost_fails_by_name")
        .workers(0)
        .env("QUIRE_ARTIFACT_MIN_BYTES", MIN_BYTES)
        .worker_env("QUIRE_RETRY_BASE_MS", "500")
        .worker_env("QUIRE_RETRY_MAX_MS", "500")
        .start()
        .await;
    let lost = app.client().submit(&fixture_job("report.pdf")).await;
    let late = app.client().submit(&fixture_job("report.pdf")).await;
    let path = |id: JobId| app.objects().join(format!("jobs/{id}/request-0.bin"));
    let (lost_path, late_path) = (path(lost), path(late));
    std::fs::remove_file(lost_path).unwrap();
    let aside = late_path.with_extension("aside");
    std::fs::rename(&late_path, &aside).unwrap();
    app.start_worker(&[]).await;

    eventually("an attempt to miss the file", BOUND, async || {
        let job = app.client().status(late).await.body;
        (job["last_failure_code"] == "payload_unavailable").then_some(())
    })
    .await;
    std::fs::rename(&aside, &late_path).unwrap();
    app.client().wait_until(late, Status::Completed, BOUND).await;
    let job = app.client().wait_until(lost, Status::Failed, BOUND).await;
    assert_eq!(job["error"]["code"], "payload_unavailable", "{job}");
    assert_eq!(job["warnings"][0]["code"], "request_restore_failed", "{job}");
    app.finish().await;
}

#[tokio::test]
async fn what_is_not_accepted_leaves_no_objects() {
    let mut app = App::builder("what_is_not_accepted_leaves_no_objects")
        .workers(0)
        .env("QUIRE_ARTIFACT_MIN_BYTES", MIN_BYTES)
        .start()
        .await;
    app.leaves_unfinished();
    let (client, body) = (app.client(), parse_job("n.bin", &data_url("x/y", &noise(40_000))));
    // All at once: several have written their file before the first is accepted.
    let answers = join_all((0..20).map(|_| client.create_once("key", &body))).await;
    let id = answers[0].id();
    assert!(answers.iter().all(|answer| answer.accepted() == Some(id)), "{answers:?}");
    let only = vec![app.objects().join(format!("jobs/{id}/request-0.bin"))];
    assert_eq!(objects(&app.objects()), only, "a replay left its file");

    let again = client.create_once("key", &body).await;
    assert_eq!((again.accepted(), again.header("idempotent-replayed")), (Some(id), "true"));
    assert!(again.body["request"] == body["request"], "a replay repeats what was sent");
    let mismatch = client.create_once("key", &parse_job("n.bin", &data_url("x/y", &noise(40_000)))).await;
    assert_eq!((mismatch.code, mismatch.error_code()), (409, "idempotency_key_reused"), "{}", mismatch.body);
    assert_eq!(objects(&app.objects()), only, "a mismatch left its file");

    let sql = app.database().connect().await;
    let refuse = "alter table job_payloads add constraint refuse check (artifacts is null) not valid";
    sql.batch_execute(refuse).await.unwrap();
    let refused = client.create(&body).await;
    assert_eq!(refused.code, 500, "{}", refused.body);
    assert_eq!(objects(&app.objects()), only, "a failed accept left its file");
    sql.batch_execute("alter table job_payloads drop constraint refuse").await.unwrap();
    client.submit(&body).await;
    assert_eq!(objects(&app.objects()).len(), 2);

    // The refused kind: nothing is written for a request that breaks a rule.
    let mut bad = body.clone();
    bad["request"]["image_resolution_dpi"] = json!(1);
    assert_eq!(client.create(&bad).await.code, 422);
    assert_eq!(objects(&app.objects()).len(), 2);
    app.finish().await;
}

/// A user's retry moves a payload to another day's table; what belongs to it goes with it.
#[tokio::test]
async fn files_stay_with_a_request_that_is_kept_for_longer() {
    let app = App::builder("files_stay_with_a_request_that_is_kept_for_longer")
        .env("QUIRE_ARTIFACT_MIN_BYTES", MIN_BYTES)
        .start()
        .await;
    let body = fixture_job("scan.pdf");
    let id = app.client().submit(&body).await;
    app.client().wait_until(id, Status::Failed, BOUND).await;
    let sql = app.database().connect().await;
    let uuid = id.uuid();
    // As if it had been created yesterday.
    let age = format!(
        "with aged as (
           update jobs set expires_at = expires_at - interval '1 day', expires_on = expires_on - 1 where id = '{uuid}'
           returning id, expires_on
         )
         update job_payloads p set expires_on = aged.expires_on from aged where p.id = aged.id"
    );
    sql.batch_execute(&age).await.unwrap();
    let retry = app.client().request(Method::POST, &format!("/v1/jobs/{id}/retry"));
    let retried = app.client().send(retry).await;
    assert_eq!(retried.accepted(), Some(id), "{}", retried.body);
    assert!(retried.body["request"] == body["request"], "a retry shows the request too: {}", retried.body);
    eventually("the second attempt to end", BOUND, async || {
        let job = app.client().status(id).await.body;
        (job["attempt_count"] == 2 && job["status"] == "failed").then_some(())
    })
    .await;
    let job = job_of(&app, id).await;
    assert!(job["warnings"].is_null() && job["request"] == body["request"], "{job}");
    app.finish().await;
}
