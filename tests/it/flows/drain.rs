use std::time::Duration;

use shared::domain::{JobId, Status};
use tests::app::App;
use tests::{eventually, report};

use super::slow;

const JOBS: usize = 8;
const BOUND: Duration = Duration::from_secs(120);

#[tokio::test]
async fn a_worker_that_is_told_to_stop_loses_nothing_and_costs_no_attempt() {
    let mut app = App::builder("a_worker_that_is_told_to_stop_loses_nothing")
        .alone()
        .worker_env("QUIRE_WORKER_SLOTS", "batch=8")
        .worker_env("QUIRE_ENGINE_PROCESSES", "8")
        .worker_env("QUIRE_WORKER_DRAIN_MS", "500")
        .start()
        .await;
    let body = slow::job_of(&app, Duration::from_secs(3)).await;
    let mut jobs: Vec<JobId> = Vec::new();
    for _ in 0..JOBS {
        jobs.push(app.client().submit(&body).await);
    }
    let sql = app.database().connect().await;
    eventually("eight jobs to run", BOUND, async || {
        let running: i64 = sql.query_one("select count(*) from running", &[]).await.unwrap().get(0);
        (usize::try_from(running).unwrap() == JOBS).then_some(())
    })
    .await;
    app.worker(0).process.terminate();
    let ended = app.worker(0).process.wait(Duration::from_secs(15)).await;
    assert!(ended.success(), "{ended}");
    let left: i64 = sql.query_one("select count(*) from running", &[]).await.unwrap().get(0);
    assert_eq!(left, 0, "leases that the worker kept");

    app.start_worker(&[]).await;
    for job in &jobs {
        app.client().wait_until(*job, Status::Completed, BOUND).await;
    }
    let ids: Vec<_> = jobs.iter().map(|job| job.uuid()).collect();
    let rows = sql
        .query(
            "select released_count, crash_count, attempt_count - attempt_base - crash_count - released_count
             from jobs where id = any($1)",
            &[&ids],
        )
        .await
        .unwrap();
    assert_eq!(rows.len(), JOBS);
    let mut released = 0;
    for row in &rows {
        assert_eq!((row.get::<_, i32>(1), row.get::<_, i32>(2)), (0, 1), "crashes, and attempts of the budget");
        released += row.get::<_, i32>(0);
    }
    report(format_args!("drain: {released} of {JOBS} running jobs were given back, 0 lost"));
    assert!(released > 0, "nothing was running any more when the worker was told to stop");
    app.finish().await;
}
