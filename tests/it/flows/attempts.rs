use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::Status;
use tests::app::App;
use tests::client::Answer;
use tests::documents::{fixture_job, text_job};

use crate::calendar::outlive;

const BOUND: Duration = Duration::from_secs(30);
/// What a parse may use up, unless the operator says otherwise.
const ATTEMPTS: usize = shared::domain::DEFAULT_ATTEMPTS as usize;

/// Takes away every object of a store.
fn lose(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        std::fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
}

fn data(answer: &Answer) -> &Vec<Value> {
    assert_eq!((answer.code, &answer.body["object"]), (200, &json!("list")), "{}", answer.body);
    answer.body["data"].as_array().unwrap()
}

#[tokio::test]
async fn the_attempts_of_a_job_say_how_each_went_and_what_caused_it() {
    let mut app = App::builder("the_attempts_of_a_job_say_how_each_went")
        .env("QUIRE_ARTIFACT_MIN_BYTES", "1024")
        .worker_env("QUIRE_RETRY_BASE_MS", "5")
        .worker_env("QUIRE_RETRY_MAX_MS", "5")
        .workers(0)
        .start()
        .await;
    let job = app.client().submit(&fixture_job("report.pdf")).await;
    let path = format!("/v1/jobs/{job}/attempts");
    assert_eq!(app.client().get(&path).await.body, json!({ "object": "list", "data": [], "has_more": false }));
    lose(&app.objects());
    app.start_worker(&[]).await;
    let failed = app.client().wait_until(job, Status::Failed, BOUND).await;
    let causes = json!(["the object is not there"]);
    assert_eq!(failed["error"]["details"], json!({ "causes": causes }), "{failed}");

    let answer = app.client().get(&path).await;
    let attempts = data(&answer);
    assert_eq!((attempts.len(), &answer.body["has_more"]), (ATTEMPTS, &json!(false)), "{}", answer.body);
    for (index, attempt) in attempts.iter().enumerate() {
        let outcome = if index + 1 < ATTEMPTS { "retried" } else { "failed" };
        let time = |name: &str| attempt[name].as_i64().unwrap_or_else(|| panic!("{name} is no time: {attempt}"));
        let expected = json!({
            "object": "job.attempt",
            "attempt": index + 1,
            "generation": 0,
            "outcome": outcome,
            "code": "payload_unavailable",
            "message": "the stored request cannot be read",
            "details": null,
            "causes": causes,
            "worker": attempts[0]["worker"],
            "started_at": time("started_at"),
            "ended_at": time("ended_at"),
            "trace_id": attempt["trace_id"],
        });
        assert_eq!(attempt, &expected);
        assert!(failed["created_at"].as_i64().unwrap() <= time("started_at") && time("started_at") <= time("ended_at"));
    }

    let first = app.client().get(&format!("{path}?limit=1")).await;
    assert_eq!((data(&first), &first.body["has_more"]), (&attempts[..1].to_vec(), &json!(true)));
    let others = app.client().get(&format!("{path}?limit=100&after=1")).await;
    assert_eq!((data(&others), &others.body["has_more"]), (&attempts[1..].to_vec(), &json!(false)));
    let refused = app.client().get(&format!("{path}?limit=101&after=x")).await;
    assert_eq!((refused.code, refused.error_code()), (422, "validation_error"), "{}", refused.body);
    let foreign = app.client_of("other").await.get(&path).await;
    assert_eq!((foreign.code, foreign.error_code()), (404, "not_found"), "{}", foreign.body);
    app.finish().await;
}

#[tokio::test]
async fn the_attempts_of_an_expired_job_are_kept_without_what_they_say_of_its_data() {
    let app = App::builder("the_attempts_of_an_expired_job_are_kept").start().await;
    let (done, failed) =
        (app.client().submit(&text_job("x")).await, app.client().submit(&fixture_job("scan.pdf")).await);
    app.client().wait_until(done, Status::Completed, BOUND).await;
    app.client().wait_until(failed, Status::Failed, BOUND).await;
    let attempts = async |job| app.client().get(&format!("/v1/jobs/{job}/attempts")).await;
    let before = data(&attempts(failed).await)[0].clone();
    assert!(before["message"].is_string(), "{before}");

    let sql = app.database().connect().await;
    for job in [done, failed] {
        outlive(&sql, job, 1).await;
    }
    assert_eq!(data(&attempts(done).await)[0]["outcome"], "completed");
    let mut quiet = before;
    for name in ["message", "details"] {
        quiet[name] = Value::Null;
    }
    assert_eq!(data(&attempts(failed).await), &[quiet]);
    app.finish().await;
}
