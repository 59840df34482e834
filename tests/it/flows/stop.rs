//! Cancelling what is running: how soon the engine's child is gone, and what a retry waits for.

use std::time::{Duration, Instant};

use shared::domain::{JobId, Status};
use tests::app::{App, is_alive};
use tests::control::{Control, Outage, Service};
use tests::documents::{fixture_job, text_job};
use tests::{eventually, report};
use tokio_postgres::Client as Sql;

const ROUNDS: usize = 10;
const BOUND: Duration = Duration::from_secs(60);
/// From the cancel to the end of the engine's child, by the broker's message. An answer over HTTP is in it, and a machine
/// that does other things too; the heartbeat is an hour away.
const MESSAGE_BOUND: Duration = Duration::from_secs(1);
/// By the next heartbeat, one second after the last.
const HEARTBEAT_BOUND: Duration = Duration::from_millis(2_500);
/// No heartbeat of a test without them: leases outlast it.
const NO_HEARTBEAT: [(&str, &str); 2] = [("QUIRE_HEARTBEAT_MS", "3600000"), ("QUIRE_LEASE_MS", "7200000")];
const STEP: Duration = Duration::from_millis(1);

fn without_heartbeat(name: &str) -> tests::app::AppBuilder {
    let [heartbeat, lease] = NO_HEARTBEAT;
    App::builder(name).alone().worker_env(heartbeat.0, heartbeat.1).worker_env(lease.0, lease.1)
}

/// A job that would run for minutes, and the child that reads its document.
async fn endless(app: &mut App) -> (JobId, i32) {
    let job = app.client().submit(&fixture_job("loop.pdf")).await;
    app.client().wait_until(job, Status::InProgress, BOUND).await;
    let child = eventually("a child of the engine", BOUND, async || app.worker(0).process.children().pop()).await;
    (job, child)
}

/// Cancels the job, and answers how long its child lived on.
async fn cancel(app: &App, job: JobId, child: i32, bound: Duration) -> Duration {
    assert!(is_alive(child), "the child ended before the cancel");
    let began = Instant::now();
    let answer = app.client().cancel(job).await;
    assert_eq!((answer.code, answer.status()), (200, Status::Cancelled), "{}", answer.body);
    while is_alive(child) {
        assert!(began.elapsed() < bound, "the child of a cancelled job is alive after {:?}", began.elapsed());
        tokio::time::sleep(STEP).await;
    }
    began.elapsed()
}

/// Waits until the one worker has bound its queue of cancels.
async fn listening(app: &App) {
    eventually("the worker to listen for cancels", BOUND, async || {
        (app.host().bound("cancel").await == 1).then_some(())
    })
    .await;
}

/// Waits for the worker's word that the handler of the attempt has ended.
async fn stopped(sql: &Sql, job: JobId, attempt: i32) {
    let word = "select count(*) from job_attempts where id = $1 and attempt = $2 and stopped_at is not null";
    eventually("the worker to say that the handler has ended", BOUND, async || {
        let said: i64 = sql.query_one(word, &[&job.uuid(), &attempt]).await.unwrap().get(0);
        (said == 1).then_some(())
    })
    .await;
}

fn millis(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |index: usize| times[index].as_millis();
    format!("min {}, median {}, max {} ms", at(0), at(times.len() / 2), at(times.len() - 1))
}

#[tokio::test]
async fn a_cancel_stops_the_engines_child_in_milliseconds() {
    let mut app = without_heartbeat("a_cancel_stops_the_engines_child").start().await;
    listening(&app).await;
    let sql = app.database().connect().await;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let (job, child) = endless(&mut app).await;
        times.push(cancel(&app, job, child, MESSAGE_BOUND).await);
        stopped(&sql, job, 1).await;
    }
    report(format_args!("cancel: the engine's child was gone after {} ({ROUNDS} cancels)", millis(&mut times)));
    let cancelled = r#"quire_jobs_cancelled_total{from="in_progress"} 10"#;
    app.api().metrics_with(&[cancelled, r#"quire_cancels_sent_total{result="ok"} 10"#]).await;
    let attempts = r#"quire_attempts_total{endpoint="/v1/documents/parse",outcome="cancelled"} 10"#;
    app.worker(0).metrics_with(&[r#"quire_cancels_received_total{result="stopped"} 10"#, attempts]).await;
    app.finish().await;
}

#[tokio::test]
async fn a_cancel_whose_message_is_lost_is_found_by_the_heartbeat() {
    let mut app = App::builder("a_cancel_whose_message_is_lost").alone().start().await;
    listening(&app).await;
    app.host().unbind("cancel").await;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let (job, child) = endless(&mut app).await;
        times.push(cancel(&app, job, child, HEARTBEAT_BOUND).await);
    }
    report(format_args!("cancel without its message: the child was gone after {}", millis(&mut times)));
    let worker = app.worker(0).metrics().await;
    assert!(!worker.contains("quire_cancels_received_total"), "a message came all the same:\n{worker}");
    app.finish().await;
}

#[tokio::test]
async fn cancels_are_heard_again_after_a_restart_of_the_broker() {
    let name = "cancels_are_heard_again_after_a_restart_of_the_broker";
    let Some(control) = Control::find(name) else { return };
    let mut app = without_heartbeat(name).start().await;
    Outage::begin(&control, Service::Rabbitmq).await.end().await;
    app.api().wait_ready().await;
    app.worker(0).wait_ready().await;
    // Ready is who consumes; cancels may be heard a moment later.
    let job = app.client().submit(&text_job("after the restart")).await;
    app.client().wait_until(job, Status::Completed, BOUND).await;
    listening(&app).await;
    let (job, child) = endless(&mut app).await;
    let took = cancel(&app, job, child, MESSAGE_BOUND).await;
    report(format_args!("cancel after a restart of the broker: the child was gone after {} ms", took.as_millis()));
    app.finish().await;
}

#[tokio::test]
async fn a_retry_after_a_cancel_starts_as_soon_as_the_handler_has_stopped() {
    let mut app = App::builder("a_retry_after_a_cancel_starts_as_soon_as").alone().start().await;
    let sql = app.database().connect().await;
    let (job, child) = endless(&mut app).await;
    cancel(&app, job, child, HEARTBEAT_BOUND).await;
    stopped(&sql, job, 1).await;
    let retried = Instant::now();
    let answer = app.client().retry(job).await;
    assert_eq!((answer.code, answer.status()), (200, Status::Queued), "{}", answer.body);
    app.client().wait_until(job, Status::InProgress, BOUND).await;
    let took = retried.elapsed();
    report(format_args!("retry after a cancel: in progress again after {} ms", took.as_millis()));
    assert!(took < Duration::from_secs(5), "it waited out its grace: {took:?}");
    assert_eq!(app.client().cancel(job).await.code, 200);
    app.finish().await;
}

/// The worker stands still: nobody knows whether the handler runs. The retry waits, and not for its whole grace.
#[tokio::test]
async fn a_retry_waits_for_a_handler_that_has_not_stopped() {
    let mut app = App::builder("a_retry_waits_for_a_handler_that_has_not_stopped")
        .alone()
        .api_env("QUIRE_API_STOP_GRACE_MS", "600000")
        .start()
        .await;
    let other = app.start_worker(&[]).await;
    let (job, child, running) = endless_on_one_of_two(&mut app, other).await;
    app.worker(running).process.freeze();
    let answer = app.client().cancel(job).await;
    assert_eq!(answer.code, 200, "{}", answer.body);
    let answer = app.client().retry(job).await;
    assert_eq!((answer.code, answer.status()), (200, Status::Queued), "{}", answer.body);
    assert!(answer.body["warnings"].is_null(), "a wait that was meant is no delay: {}", answer.body);
    // The other worker runs whatever is due: this and the relay's rounds pass while the job waits.
    for number in 0..3 {
        let next = app.client().submit(&text_job(&format!("meanwhile {number}"))).await;
        app.client().wait_until(next, Status::Completed, BOUND).await;
    }
    assert_eq!(app.client().status(job).await.status(), Status::Queued, "it runs beside its own handler");
    assert!(is_alive(child));

    app.worker(running).process.thaw();
    let thawed = Instant::now();
    app.client().wait_until(job, Status::InProgress, BOUND).await;
    report(format_args!("retry that waited: in progress {} ms after its worker woke up", thawed.elapsed().as_millis()));
    assert!(!is_alive(child), "two handlers of one job at a time");
    assert_eq!(app.client().cancel(job).await.code, 200);
    app.finish().await;
}

/// An endless job, its child, and the worker that runs it.
async fn endless_on_one_of_two(app: &mut App, other: usize) -> (JobId, i32, usize) {
    let job = app.client().submit(&fixture_job("loop.pdf")).await;
    app.client().wait_until(job, Status::InProgress, BOUND).await;
    eventually("a child of either worker", BOUND, async || {
        [0, other].into_iter().find_map(|worker| {
            let child = app.worker(worker).process.children().pop()?;
            Some((job, child, worker))
        })
    })
    .await
}
