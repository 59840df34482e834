use std::time::Duration;

use shared::broker::DispatchMessage;
use shared::broker::topology::{DEAD_EXCHANGE, DELIVERY_LIMIT, QUARANTINE_QUEUE};
use shared::domain::{JobId, Lane, OrganizationId, Status};
use tests::app::{App, AppBuilder};
use tests::documents::text_job;
use tests::{eventually, report};

use super::{BOUND, sample};

/// A worker that runs nothing, but looks after the dead. Nothing else may find lost messages.
fn reconciling(name: &str) -> AppBuilder {
    App::builder(name)
        .worker_env("QUIRE_WORKER_ROLES", "relay,maintain")
        .worker_env("QUIRE_RESEND_SETTLED_MS", "3600000")
        .worker_env("QUIRE_DEAD_LETTER_BACKOFF_MS", "300")
        .worker_env("QUIRE_QUEUES_INTERVAL_MS", "200")
}

/// Waits until so many dead letters have come to this.
async fn dead_letters(app: &mut App, result: &str, count: f64) {
    let label = format!("result=\"{result}\"");
    eventually(&format!("{count} dead letters that are {result}"), BOUND, async || {
        let metrics = app.worker(0).metrics().await;
        (sample(&metrics, "quire_dead_letters_total", &["lane=\"batch\"", &label]) >= count).then_some(())
    })
    .await;
}

/// A message that names this sequence of the job.
async fn message(app: &App, job: JobId, seq: i32) -> String {
    let sql = app.database().connect().await;
    let row = sql.query_one("select organization_id from jobs where id = $1", &[&job.uuid()]).await.unwrap();
    let organization = OrganizationId::from_uuid(row.get(0));
    let message = DispatchMessage { job, organization, lane: Lane::Batch, seq };
    String::from_utf8(message.encode()).unwrap()
}

#[tokio::test]
async fn a_healthy_job_whose_message_the_lane_gave_up_is_sent_again_and_completes() {
    let mut app = reconciling("a_healthy_job_whose_message_the_lane_gave_up").start().await;
    let job = app.client().submit(&text_job("given up")).await;
    let mut returns = 0;
    // As consumers do that take the message and go away: once more than the lane allows.
    while returns <= DELIVERY_LIMIT {
        eventually("the message to be there", BOUND, async || app.host().give_back("jobs.batch").await.then_some(()))
            .await;
        returns += 1;
    }
    dead_letters(&mut app, "revived", 1.0).await;
    report(format_args!("dead letters: revived after {returns} returns to the lane"));
    assert_eq!(app.client().status(job).await.status(), Status::Queued);
    app.start_worker(&[("QUIRE_WORKER_ROLES", "execute")]).await;
    let body = app.client().wait_until(job, Status::Completed, BOUND).await;
    assert_eq!(body["attempt_count"], 1, "{body}");
    app.finish().await;
}

#[tokio::test]
async fn a_dead_letter_that_says_nothing_new_changes_nothing_and_one_that_says_nothing_is_put_aside() {
    let mut app = reconciling("a_dead_letter_that_says_nothing_new").start().await;
    let (client, sql) = (app.client().clone(), app.database().connect().await);
    let (waiting, cancelled) = (client.submit(&text_job("waits")).await, client.submit(&text_job("cancelled")).await);
    client.cancel(cancelled).await;
    let rows = "select (select jsonb_agg(to_jsonb(j) order by j.id) from jobs j)::text,
        (select jsonb_agg(to_jsonb(o)) from outbox o)::text";
    let stamped = "select count(*) from outbox where published_at is not null";
    eventually("the message to be noted", BOUND, async || {
        (sql.query_one(stamped, &[]).await.unwrap().get::<_, i64>(0) == 1).then_some(())
    })
    .await;
    let before = sql.query_one(rows, &[]).await.unwrap();
    for (job, seq) in [(waiting, 0), (waiting, 7), (cancelled, 1)] {
        app.host().publish(DEAD_EXCHANGE, "batch", &message(&app, job, seq).await).await;
    }
    dead_letters(&mut app, "stale", 3.0).await;
    let after = sql.query_one(rows, &[]).await.unwrap();
    assert_eq!(before.get::<_, String>(0), after.get::<_, String>(0));
    assert_eq!(before.get::<_, String>(1), after.get::<_, String>(1));

    app.host().publish(DEAD_EXCHANGE, "batch", "no dispatch").await;
    eventually("the quarantine to hold it", BOUND, async || {
        let metrics = app.worker(0).metrics().await;
        let label = format!("queue=\"{QUARANTINE_QUEUE}\"");
        (sample(&metrics, "quire_queue_ready_messages", &[&label]) >= 1.0).then_some(())
    })
    .await;
    app.start_worker(&[("QUIRE_WORKER_ROLES", "execute")]).await;
    client.wait_until(waiting, Status::Completed, BOUND).await;
    app.finish().await;
}

#[tokio::test]
async fn a_dead_letter_waits_for_postgres() {
    use tests::control::{Control, Outage, Service};
    let name = "a_dead_letter_waits_for_postgres";
    let Some(control) = Control::find(name) else { return };
    let mut app = reconciling(name).alone().start().await;
    let job = app.client().submit(&text_job("dead")).await;
    let letter = message(&app, job, 1).await;
    let outage = Outage::begin(&control, Service::Postgres).await;
    app.host().publish(DEAD_EXCHANGE, "batch", &letter).await;
    eventually("the reconciler to have tried", BOUND, async || {
        app.worker(0).process.log().contains("dead letters wait for PostgreSQL").then_some(())
    })
    .await;
    outage.end().await;
    dead_letters(&mut app, "revived", 1.0).await;
    app.start_worker(&[("QUIRE_WORKER_ROLES", "execute")]).await;
    app.client().wait_until(job, Status::Completed, Duration::from_secs(60)).await;
    app.finish().await;
}
