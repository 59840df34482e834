use std::time::{Duration, Instant};

use serde_json::{Value, json};
use shared::domain::{JobId, OrganizationId, Status};
use tests::app::App;
use tests::documents::{fixture_job, text_job};
use tests::{eventually, report};

use crate::calendar::outlive;

const BOUND: Duration = Duration::from_secs(30);
/// Forty batches of the size that the test sets.
const BACKLOG: i64 = 4_000;
/// How often the worker looks: what is done sooner was done in one round.
const INTERVAL: Duration = Duration::from_secs(60);

fn assert_only_the_record(job: &Value) {
    for name in ["request", "response", "error", "warnings"] {
        assert!(job[name].is_null(), "{name}: {job}");
    }
    assert_eq!((&job["object"], &job["metadata"]), (&json!("job"), &json!({ "customer": "harbour" })));
    let time = |name: &str| job[name].as_i64().unwrap_or_else(|| panic!("{name} is not a time: {job}"));
    assert!(time("expires_at") > time("created_at") - 2 * 86_400, "{job}");
}

#[tokio::test]
async fn an_expired_job_keeps_its_record_and_shows_nothing_else() {
    let mut app = App::builder("an_expired_job_keeps_its_record_and_shows_nothing_else")
        .worker_env("QUIRE_EXPIRY_INTERVAL_MS", "100")
        .workers(0)
        .start()
        .await;
    let sql = app.database().connect().await;
    let tagged = |mut body: Value| {
        body["metadata"] = json!({ "customer": "harbour" });
        body
    };
    // Nobody runs these two: one is cancelled, the other waits until its time is over.
    let (waiting, cancelled) =
        (app.client().submit(&tagged(text_job("w"))).await, app.client().submit(&tagged(text_job("c"))).await);
    let owner = app.client().retrieve(waiting, false).await.body["organization_id"].as_str().unwrap().to_owned();
    let owner: OrganizationId = owner.parse().unwrap();
    app.database().store().cancel(owner, cancelled).await.unwrap();
    outlive(&sql, waiting, 1).await;
    app.start_worker(&[]).await;
    let client = app.client();
    assert_only_the_record(&client.wait_until(waiting, Status::Expired, BOUND).await);

    let completed = client.submit(&tagged(text_job("x"))).await;
    client.wait_until(completed, Status::Completed, BOUND).await;
    let failed = client.submit(&tagged(fixture_job("scan.pdf"))).await;
    let shown = client.wait_until(failed, Status::Failed, BOUND).await;
    assert!(!shown["error"].is_null() && !shown["request"].is_null(), "{shown}");
    for job in [completed, failed, cancelled] {
        outlive(&sql, job, 1).await;
        let found = client.retrieve(job, true).await;
        assert_eq!((found.code, found.status()), (200, Status::Expired), "{}", found.body);
        assert_only_the_record(&found.body);
        assert!(!found.body["completed_at"].is_null(), "{}", found.body);
        assert_eq!(client.status(job).await.status(), Status::Expired);
    }
    let attempts = client.retrieve(completed, true).await.body["attempt_count"].clone();
    assert_eq!(attempts, 1, "what happened to it is still known");
    app.finish().await;
}

/// As many queued jobs as a lane without workers gathers in a long time, all of them too old, and as many old keys.
async fn gather(app: &App) -> Vec<JobId> {
    let first = app.client().create_once("a-key", &text_job("x")).await.id();
    let sql = app.database().connect().await;
    let ids: Vec<JobId> = (0..BACKLOG).map(|n| JobId::generate(first.unix_millis() + n.unsigned_abs())).collect();
    let uuids: Vec<_> = ids.iter().map(|id| id.uuid()).collect();
    const COPIES: [&str; 4] = [
        "insert into jobs (id, organization_id, endpoint, lane, max_attempts, expires_at, expires_on)
         select u, j.organization_id, j.endpoint, j.lane, j.max_attempts, now() - interval '1 s', j.expires_on
         from jobs j, unnest($2::uuid[]) u where j.id = $1",
        "insert into job_records (id, organization_id, endpoint)
         select u, r.organization_id, r.endpoint from job_records r, unnest($2::uuid[]) u where r.id = $1",
        "insert into job_payloads (expires_on, id, request, request_bytes)
         select p.expires_on, u, p.request, p.request_bytes from job_payloads p, unnest($2::uuid[]) u where p.id = $1",
        "insert into outbox (job_id, seq, lane, endpoint, organization_id, expires_at)
         select u, 1, o.lane, o.endpoint, o.organization_id, now() - interval '1 s'
         from outbox o, unnest($2::uuid[]) u where o.job_id = $1",
    ];
    for copy in COPIES {
        assert_eq!(sql.execute(copy, &[&first.uuid(), &uuids]).await.unwrap(), BACKLOG.unsigned_abs());
    }
    const KEYS: &str = "insert into idempotency_keys (organization_id, route, key, request_hash, job_id, created_at)
        select organization_id, route, u::text, request_hash, job_id, now() - interval '25 hours'
        from idempotency_keys, unnest($1::uuid[]) u";
    assert_eq!(sql.execute(KEYS, &[&uuids]).await.unwrap(), BACKLOG.unsigned_abs());
    ids
}

#[tokio::test]
async fn a_backlog_of_what_is_too_old_is_gone_in_one_round() {
    let mut app = App::builder("a_backlog_of_what_is_too_old_is_gone_in_one_round")
        .worker_env("QUIRE_EXPIRY_INTERVAL_MS", &INTERVAL.as_millis().to_string())
        .worker_env("QUIRE_EXPIRY_BATCH", "100")
        .workers(0)
        .start()
        .await;
    let ids = gather(&app).await;
    let began = Instant::now();
    let worker = app.start_worker(&[]).await;
    let sql = app.database().connect().await;
    eventually("the backlog to be expired", INTERVAL / 2, async || {
        let left = "select (select count(*) from outbox where expires_at <= now())
            + (select count(*) from idempotency_keys where created_at < now() - interval '24 hours')";
        (sql.query_one(left, &[]).await.unwrap().get::<_, i64>(0) == 0).then_some(())
    })
    .await;
    report(format_args!(
        "expiry: {BACKLOG} queued jobs and as many keys were gone {} ms after the worker's start",
        began.elapsed().as_millis()
    ));
    assert_eq!(app.client().status(ids[7]).await.status(), Status::Expired);
    let counted = [
        format!("quire_expired_total {BACKLOG}"),
        format!("quire_idempotency_keys_purged_total {BACKLOG}"),
        "quire_maintenance_seconds_count{reconciler=\"expiry\"} 1".to_owned(),
    ];
    app.worker(worker).metrics_with(&counted.each_ref().map(String::as_str)).await;
    let first = sql.query_one("select job_id from idempotency_keys", &[]).await.unwrap();
    app.client().wait_until(JobId::from_uuid(first.get(0)), Status::Completed, BOUND).await;
    app.finish().await;
}
