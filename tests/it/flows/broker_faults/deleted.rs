use std::time::Duration;

use shared::domain::Status;
use tests::app::App;
use tests::report;

use super::{ended, outcomes, running, slow_endpoint, submit};

const JOBS: usize = 30;

#[tokio::test]
async fn a_queue_that_is_deleted_while_work_waits_and_runs_comes_back_and_its_work_too() {
    let (upstream, toml) = slow_endpoint("batch", Duration::from_millis(1_500)).await;
    let app = App::builder("a_queue_that_is_deleted_while_work_waits_and_runs")
        .endpoints(&toml)
        .worker_env("QUIRE_WORKER_SLOTS", "batch=4")
        .worker_env("QUIRE_RESEND_INTERVAL_MS", "300")
        .worker_env("QUIRE_RESEND_SETTLED_MS", "1000")
        .start()
        .await;
    submit(app.client(), JOBS).await;
    running(&app, 4).await;
    app.host().delete_queue("jobs.batch").await;
    // Work that comes now finds the queue again, or waits for it.
    submit(app.client(), JOBS).await;
    let ended = ended(&app).await;
    let outcomes = outcomes(&app).await;
    report(format_args!("queue deleted: {ended:?}, attempts {outcomes:?}, {} requests", upstream.count()));
    assert_eq!(ended, [(Status::Completed, 60)]);
    assert_eq!(outcomes, [("completed".to_owned(), 60)]);
    app.finish().await;
}
