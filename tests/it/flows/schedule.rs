//! Jobs that do not run at once: the operator's dispatch delay, and the client's own time.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use shared::domain::{JobId, Status, unix_seconds};
use tests::app::App;
use tests::documents::text_job;
use tests::report;
use tokio_postgres::Client as Sql;

const BOUND: Duration = Duration::from_secs(60);
const DELAY_MS: i64 = 1_500;
/// What a job may start late: the relay's interval, the way through the broker, and a busy machine.
const LATE_BOUND_MS: i64 = 2_000;

/// How long after its creation the first attempt began, in milliseconds of the database.
async fn waited_ms(sql: &Sql, job: JobId) -> i64 {
    let query = "select (extract(epoch from a.started_at - j.created_at) * 1000)::bigint
        from jobs j join job_attempts a on a.id = j.id where j.id = $1 and a.attempt = 1";
    sql.query_one(query, &[&job.uuid()]).await.unwrap().get(0)
}

#[tokio::test]
async fn during_its_dispatch_delay_a_job_can_be_cancelled_and_then_never_runs() {
    let app = App::builder("during_its_dispatch_delay_a_job_can_be_cancelled")
        .endpoints(&format!("[[endpoint]]\npath = \"/v1/documents/parse\"\ndispatch_delay_ms = {DELAY_MS}\n"))
        .start()
        .await;
    let (client, sql) = (app.client(), app.database().connect().await);
    let cancelled = client.create(&text_job("cancelled")).await;
    assert_eq!((cancelled.code, cancelled.status()), (200, Status::Queued), "{}", cancelled.body);
    assert!(cancelled.body["warnings"].is_null(), "a delay that was meant is no warning: {}", cancelled.body);
    let cancelled = cancelled.id();
    let others: Vec<JobId> = {
        let mut others = Vec::new();
        for number in 0..5 {
            others.push(client.submit(&text_job(&format!("number {number}"))).await);
        }
        others
    };
    assert_eq!(client.status(others[0]).await.status(), Status::Queued);
    assert_eq!(client.cancel(cancelled).await.status(), Status::Cancelled);
    for job in others {
        client.wait_until(job, Status::Completed, BOUND).await;
        let late = waited_ms(&sql, job).await - DELAY_MS;
        report(format_args!("dispatch delay of {DELAY_MS} ms: started {late} ms after it was over"));
        assert!((0..LATE_BOUND_MS).contains(&late), "{late} ms late");
    }
    // It was due before the others were.
    let job = client.retrieve(cancelled, false).await.body;
    assert_eq!((&job["status"], &job["attempt_count"]), (&json!("cancelled"), &json!(0)), "{job}");
    // What was cancelled before it was delivered runs when it is retried: a retry is not delayed.
    assert_eq!(client.retry(cancelled).await.code, 200);
    client.wait_until(cancelled, Status::Completed, BOUND).await;
    app.finish().await;
}

/// A job's body with a time in it.
fn at(time: impl Into<Value>) -> Value {
    let mut body = text_job("scheduled");
    body["run_at"] = time.into();
    body
}

/// Seconds since 1970 of the database, which is the api's clock.
async fn now(sql: &Sql) -> i64 {
    unix_seconds(sql.query_one("select clock_timestamp()", &[]).await.unwrap().get::<_, SystemTime>(0))
}

/// The same moment in the time zone of Nepal.
async fn as_text(sql: &Sql, seconds: i64) -> String {
    let query =
        "select to_char(to_timestamp($1::bigint) at time zone 'utc' + interval '5:45', 'YYYY-MM-DD\"T\"HH24:MI:SS')";
    let local: String = sql.query_one(query, &[&seconds]).await.unwrap().get(0);
    format!("{local}+05:45")
}

#[tokio::test]
async fn a_job_runs_at_the_time_that_its_client_wants() {
    let app = App::builder("a_job_runs_at_the_time_that_its_client_wants").start().await;
    let (client, sql) = (app.client(), app.database().connect().await);
    let wanted = now(&sql).await + 3;
    let mut jobs = Vec::new();
    for time in [json!(wanted), json!(as_text(&sql, wanted).await)] {
        let created = client.create(&at(time)).await;
        assert_eq!((created.code, created.status()), (200, Status::Queued), "{}", created.body);
        assert!(created.body["warnings"].is_null(), "{}", created.body);
        for body in [&created.body, &client.retrieve(created.id(), true).await.body] {
            assert_eq!(body["run_at"], wanted, "{body}");
        }
        assert_eq!(client.status(created.id()).await.body["run_at"], wanted);
        let listed = client.get(&format!("/v1/jobs?id={}", created.id())).await;
        assert_eq!(listed.body["data"][0]["run_at"], wanted, "{} {}", listed.code, listed.body);
        jobs.push(created.id());
    }
    // A time that has just passed is now.
    let due = client.submit(&at(now(&sql).await - 5)).await;
    client.wait_until(due, Status::Completed, BOUND).await;
    let none = client.create(&at(Value::Null)).await;
    assert!(none.body["run_at"].is_null(), "{}", none.body);
    client.wait_until(none.id(), Status::Completed, BOUND).await;
    for job in jobs {
        client.wait_until(job, Status::Completed, BOUND).await;
        let query = "select (extract(epoch from a.started_at - to_timestamp($2::bigint)) * 1000)::bigint
            from job_attempts a where a.id = $1 and a.attempt = 1";
        let late: i64 = sql.query_one(query, &[&job.uuid(), &wanted]).await.unwrap().get(0);
        report(format_args!("run_at: started {late} ms after its time"));
        assert!((0..LATE_BOUND_MS).contains(&late), "{late} ms late");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_time_that_cannot_be_kept_is_refused() {
    const RETENTION: i64 = 7 * 86_400;
    let mut app = App::builder("a_time_that_cannot_be_kept_is_refused").workers(0).start().await;
    let (client, sql) = (app.client(), app.database().connect().await);
    let now = now(&sql).await;
    for (time, rule) in [
        (json!(now + RETENTION + 60), "maximum"),
        (json!(now * 1000), "maximum"),
        (json!(now - 120), "minimum"),
        (json!("1970-01-01T00:00:00Z"), "minimum"),
        (json!("2026-09-21 at noon"), "format"),
        (json!("2026-09-21T14:13:20"), "format"),
        (json!(1.5), "format"),
        (json!([]), "format"),
    ] {
        let answer = client.create(&at(time.clone())).await;
        assert_eq!((answer.code, answer.error_code()), (422, "validation_error"), "{time}: {}", answer.body);
        let error = &answer.body["detail"]["details"]["errors"][0];
        assert_eq!((&error["path"], &error["rule"]), (&json!("$.run_at"), &json!(rule)), "{time}: {error}");
    }
    let answer = client.create(&at(now + RETENTION + 60)).await;
    let message = answer.body["detail"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("604800") && message.contains("QUIRE_RETENTION_DAYS"), "{message}");
    assert_eq!(client.create(&at(now + RETENTION - 60)).await.code, 200);
    app.leaves_unfinished();
    app.finish().await;
}

/// A client that did not hear the answer asks again with the same key, long after the time that it had asked for.
#[tokio::test]
async fn an_old_time_is_no_hindrance_to_a_replay() {
    let mut app = App::builder("an_old_time_is_no_hindrance_to_a_replay").workers(0).start().await;
    let (client, sql) = (app.client(), app.database().connect().await);
    let job = client.submit(&text_job("the first")).await;
    let body = at(now(&sql).await - 3_600);
    // As if it had been sent an hour ago.
    let remember = "insert into idempotency_keys (organization_id, route, key, request_hash, job_id)
        select organization_id, 'POST /v1/jobs', 'late', sha256($2), id from jobs where id = $1";
    sql.execute(remember, &[&job.uuid(), &serde_json::to_vec(&body).unwrap()]).await.unwrap();
    let answer = client.create_once("late", &body).await;
    assert_eq!((answer.code, answer.id()), (200, job), "{}", answer.body);
    assert_eq!(answer.header("idempotent-replayed"), "true");
    assert_eq!(client.create_once("another", &body).await.code, 422);
    app.leaves_unfinished();
    app.finish().await;
}
