//! Cancel and retry over HTTP: every status, every body, everybody's jobs.

use std::time::Duration;

use serde_json::{Value, json};
use shared::domain::{JobId, OrganizationId, Status};
use shared::store::Store;
use shared::store::jobs::Claimed;
use tests::app::App;
use tests::client::Answer;
use tests::documents::text_job;
use tests::eventually;

use crate::bed::{LEASE, WORKER, claim_of, completed, failed, finish_rules, statement};

/// Time for a request to reach a lock.
const BLOCKED_BOUND: Duration = Duration::from_secs(10);

/// A Quire without workers: the test moves the jobs itself, by the statements that workers use.
pub(super) struct Stage {
    pub(super) app: App,
    pub(super) store: Store,
    pub(super) sql: tokio_postgres::Client,
    pub(super) organization: OrganizationId,
}

/// Where a job is, with what a client cannot see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Stored(Status),
    /// Ended so, and its time is over.
    Aged(Status),
    /// Failed, long ago: its request is gone.
    Purged,
}

impl Stage {
    pub(super) async fn new(name: &str, api_env: &[(&str, &str)]) -> Self {
        let builder = App::builder(name).workers(0);
        let mut app = api_env.iter().fold(builder, |builder, (name, value)| builder.api_env(name, value)).start().await;
        app.leaves_unfinished();
        let store = app.database().store();
        let organization = store.ensure_organization("acme").await.unwrap();
        Self { sql: app.database().connect().await, store, organization, app }
    }

    pub(super) async fn submit(&self) -> JobId {
        self.app.client().submit(&text_job("staged")).await
    }

    pub(super) async fn claimed(&self) -> Claimed {
        let job = self.submit().await;
        self.store.claim(&[claim_of(job, 1)], WORKER, LEASE).await.unwrap().pop().expect("a queued job can be claimed")
    }

    pub(super) async fn failed(&self) -> JobId {
        let claimed = self.claimed().await;
        self.store.finish(&[failed(claimed.lease)], finish_rules()).await.unwrap();
        claimed.lease.job
    }

    pub(super) async fn outlive(&self, job: JobId) {
        let id = job.uuid();
        let age = format!(
            "update jobs set expires_at = now() - interval '1 minute' where id = '{id}';
             update outbox set expires_at = now() - interval '1 minute' where job_id = '{id}'"
        );
        self.sql.batch_execute(&age).await.unwrap();
    }

    pub(super) async fn generation(&self, job: JobId) -> i32 {
        self.sql.query_one("select generation from jobs where id = $1", &[&job.uuid()]).await.unwrap().get(0)
    }

    async fn status(&self, status: Status) -> JobId {
        match status {
            Status::Validating => {
                let job = self.submit().await;
                let id = job.uuid();
                let back = format!(
                    "update jobs set status = 'validating' where id = '{id}'; delete from outbox where job_id = '{id}'"
                );
                self.sql.batch_execute(&back).await.unwrap();
                job
            }
            Status::Queued => self.submit().await,
            Status::InProgress => self.claimed().await.lease.job,
            Status::Completed => {
                let claimed = self.claimed().await;
                self.store.finish(&[completed(claimed.lease)], finish_rules()).await.unwrap();
                claimed.lease.job
            }
            Status::Failed => self.failed().await,
            Status::Cancelled => {
                let claimed = self.claimed().await;
                self.store.cancel(self.organization, claimed.lease.job).await.unwrap();
                claimed.lease.job
            }
            Status::Expired => {
                let job = self.submit().await;
                self.outlive(job).await;
                assert_eq!(self.store.expire(10).await.unwrap(), [job]);
                job
            }
        }
    }

    async fn at(&self, at: At) -> JobId {
        match at {
            At::Stored(status) => self.status(status).await,
            At::Aged(status) => {
                let job = self.status(status).await;
                self.outlive(job).await;
                job
            }
            At::Purged => {
                let job = self.failed().await;
                let id = job.uuid();
                let purge = format!(
                    "delete from job_payloads where id = '{id}';
                     update jobs set expires_at = now() - interval '1 day', expires_on = current_date - 1 where id = '{id}'"
                );
                self.sql.batch_execute(&purge).await.unwrap();
                job
            }
        }
    }

    /// Waits until a request waits for a lock.
    async fn blocked(&self) {
        const WAITING: &str = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        eventually("a request to wait for a lock", BLOCKED_BOUND, async || {
            let waiting: i64 = self.sql.query_one(WAITING, &[]).await.unwrap().get(0);
            (waiting == 1).then_some(())
        })
        .await;
    }
}

fn told(answer: &Answer) -> (u16, String) {
    let word = if answer.code == 200 { answer.status().as_str() } else { answer.error_code() };
    (answer.code, word.to_owned())
}

/// The status of an answer, and the job's status or the error's code.
type Told = (u16, &'static str);

/// Contract A.5: what cancel and retry answer for each status.
const MATRIX: [(At, Told, Told); 11] = [
    (At::Stored(Status::Validating), (200, "cancelled"), (400, "job_not_retryable")),
    (At::Stored(Status::Queued), (200, "cancelled"), (400, "job_not_retryable")),
    (At::Stored(Status::InProgress), (200, "cancelled"), (400, "job_not_retryable")),
    (At::Stored(Status::Completed), (400, "job_not_cancellable"), (400, "job_not_retryable")),
    (At::Stored(Status::Failed), (400, "job_not_cancellable"), (200, "queued")),
    (At::Stored(Status::Cancelled), (400, "job_not_cancellable"), (200, "queued")),
    (At::Stored(Status::Expired), (400, "job_not_cancellable"), (200, "queued")),
    (At::Aged(Status::Completed), (400, "job_not_cancellable"), (200, "queued")),
    (At::Aged(Status::Failed), (400, "job_not_cancellable"), (200, "queued")),
    (At::Aged(Status::Cancelled), (400, "job_not_cancellable"), (200, "queued")),
    (At::Purged, (400, "job_not_cancellable"), (400, "job_request_purged")),
];

#[tokio::test]
async fn every_status_answers_cancel_and_retry_as_the_contract_says() {
    let stage = Stage::new("every_status_answers_cancel_and_retry", &[]).await;
    let client = stage.app.client();
    let mut wrong = Vec::new();
    for (at, on_cancel, on_retry) in MATRIX {
        for (verb, expected) in [("cancel", on_cancel), ("retry", on_retry)] {
            let job = stage.at(at).await;
            let before = client.status(job).await.body;
            let answer = client.act(&job.to_string(), verb, "").await;
            let after = client.status(job).await.body;
            if told(&answer) != (expected.0, expected.1.to_owned()) {
                wrong.push(format!("{verb} of {at:?}: expected {expected:?}, got {} {}", answer.code, answer.body));
            }
            if answer.code == 200 {
                assert_acted(&answer.body, verb, &after);
            } else {
                assert_refused(&answer, before["status"].as_str().unwrap());
                assert_eq!(before, after, "{verb} of {at:?} was refused and changed the job");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    stage.app.finish().await;
}

/// The whole job, as the action left it.
fn assert_acted(body: &Value, verb: &str, after: &Value) {
    assert_eq!(body["request"], text_job("staged")["request"], "{body}");
    for name in ["response", "error", "warnings"] {
        assert!(body.as_object().unwrap().contains_key(name) && body[name].is_null(), "{name}: {body}");
    }
    assert_eq!(body["cancelled"], verb == "cancel", "{body}");
    assert_eq!(body["completed_at"].is_i64(), verb == "cancel", "{body}");
    if verb == "retry" {
        assert!(body["started_at"].is_null(), "{body}");
        let kept = body["expires_at"].as_i64().unwrap() - body["created_at"].as_i64().unwrap();
        assert!(kept >= 604_800, "its data is kept {kept} s from the first creation: {body}");
    }
    for (name, value) in after.as_object().unwrap() {
        assert_eq!(body[name], *value, "{name} after {verb}");
    }
}

fn assert_refused(answer: &Answer, status: &str) {
    let detail = &answer.body["detail"];
    if answer.error_code() == "job_request_purged" {
        assert!(detail["message"].as_str().unwrap().contains("no longer stored"), "{detail}");
    } else {
        assert_eq!(detail["details"]["status"], status, "{detail}");
        assert!(detail["message"].as_str().unwrap().contains(status), "{detail}");
    }
    assert!(answer.header("x-request-id").starts_with("req_"));
}

#[tokio::test]
async fn a_body_is_ignored_and_a_large_one_refused() {
    let stage = Stage::new("a_body_is_ignored_and_a_large_one_refused", &[]).await;
    let client = stage.app.client();
    for verb in ["cancel", "retry"] {
        for body in ["", "{}", r#"{"reason":"no more"}"#, "null", "[", "no JSON"] {
            let job = if verb == "cancel" { stage.submit().await } else { stage.failed().await };
            let answer = client.act(&job.to_string(), verb, body).await;
            assert_eq!(answer.code, 200, "{verb} with {body:?}: {}", answer.body);
        }
        let job = if verb == "cancel" { stage.submit().await } else { stage.failed().await };
        let before = client.status(job).await.body;
        let answer = client.act(&job.to_string(), verb, vec![b' '; 64 * 1024 + 1]).await;
        assert_eq!((answer.code, answer.error_code()), (413, "body_too_large"), "{}", answer.body);
        assert_eq!(answer.body["detail"]["details"]["cap_bytes"], 65_536);
        assert_eq!(client.status(job).await.body, before, "{verb} was refused and done");
        // As large as it may be, and without any header that speaks of it.
        let plain = client.request(reqwest::Method::POST, &format!("/v1/jobs/{job}/{verb}"));
        let answer = client.send(plain.body(vec![b' '; 64 * 1024])).await;
        assert_eq!(answer.code, 200, "{}", answer.body);
    }
    stage.app.finish().await;
}

#[tokio::test]
async fn only_the_organizations_own_jobs_are_found() {
    let stage = Stage::new("only_the_organizations_own_jobs_are_found", &[]).await;
    let other = stage.app.client_of("other").await;
    let (queued, failed) = (stage.submit().await.to_string(), stage.failed().await.to_string());
    let unknown = JobId::generate(1).to_string();
    for (id, verb) in [(&queued, "cancel"), (&failed, "retry")] {
        for id in [id.as_str(), &unknown, "job_short", "%00", "%ff", "..%2f"] {
            let answer = other.act(id, verb, "{}").await;
            assert_eq!((answer.code, answer.error_code()), (404, "not_found"), "{verb} {id}: {}", answer.body);
        }
        let answer = other.with_key(None).act(id, verb, "{}").await;
        assert_eq!((answer.code, answer.error_code()), (401, "unauthorized"), "{}", answer.body);
        let delete = stage.app.client().request(reqwest::Method::DELETE, &format!("/v1/jobs/{id}/{verb}"));
        let answer = stage.app.client().send(delete).await;
        assert_eq!((answer.code, answer.error_code()), (405, "method_not_allowed"), "{}", answer.body);
    }
    assert_eq!(stage.app.client().status(queued.parse().unwrap()).await.status(), Status::Queued);
    assert_eq!(stage.app.client().status(failed.parse().unwrap()).await.status(), Status::Failed);
    stage.app.finish().await;
}

#[tokio::test]
async fn a_retry_sent_again_answers_the_job_and_changes_nothing() {
    let stage = Stage::new("a_retry_sent_again_answers_the_job", &[]).await;
    let client = stage.app.client();
    let job = stage.failed().await;
    let first = client.retry(job).await;
    assert_eq!(told(&first), (200, "queued".to_owned()), "{}", first.body);
    let again = client.retry(job).await;
    assert_eq!((again.code, &again.body), (200, &first.body));
    let lease = stage.store.claim(&[claim_of(job, 2)], WORKER, LEASE).await.unwrap()[0].lease;
    assert_eq!(told(&client.retry(job).await), (200, "in_progress".to_owned()));
    assert_eq!(stage.generation(job).await, 1);
    stage.store.finish(&[completed(lease)], finish_rules()).await.unwrap();
    assert_eq!(told(&client.retry(job).await), (400, "job_not_retryable".to_owned()));
    stage.app.finish().await;
}

/// The job's row is held by somebody who moves it while the request waits: the client reads it again and decides.
#[tokio::test]
async fn who_is_overtaken_hears_so() {
    // Otherwise a retry that waited for another one would be told that it is done.
    let stage = Stage::new("who_is_overtaken_hears_so", &[("QUIRE_API_RETRY_REPEAT_MS", "1")]).await;
    let owner = stage.organization.uuid();

    let running = stage.claimed().await.lease.job;
    let mut rival = stage.app.database().connect().await;
    let transaction = rival.transaction().await.unwrap();
    transaction.query(statement("jobs.lock"), &[&running.uuid(), &owner]).await.unwrap();
    let client = stage.app.client().clone();
    let cancelling = tokio::spawn(async move { client.cancel(running).await });
    stage.blocked().await;
    transaction.query(statement("jobs.cancel"), &[&running.uuid(), &owner]).await.unwrap();
    transaction.commit().await.unwrap();
    assert_overtaken(&cancelling.await.unwrap(), "cancelled");

    let failed = stage.failed().await;
    let transaction = rival.transaction().await.unwrap();
    transaction.query(statement("jobs.lock"), &[&failed.uuid(), &owner]).await.unwrap();
    let client = stage.app.client().clone();
    let retrying = tokio::spawn(async move { client.retry(failed).await });
    stage.blocked().await;
    let rules: [&(dyn tokio_postgres::types::ToSql + Sync); 7] =
        [&failed.uuid(), &owner, &604_800.0_f64, &0.0_f64, &200_i64, &2.0_f64, &2_i64];
    transaction.query(statement("jobs.user_retry"), &rules).await.unwrap();
    transaction.commit().await.unwrap();
    assert_overtaken(&retrying.await.unwrap(), "queued");
    assert_eq!(stage.generation(failed).await, 1);
    stage.app.finish().await;
}

fn assert_overtaken(answer: &Answer, status: &str) {
    assert_eq!((answer.code, answer.error_code()), (409, "status_conflict"), "{}", answer.body);
    assert_eq!(answer.body["detail"]["details"], json!({ "status": status }), "{}", answer.body);
}
