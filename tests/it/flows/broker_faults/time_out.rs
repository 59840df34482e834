use std::time::Duration;

use shared::domain::Status;
use tests::app::App;
use tests::control::{Control, Setting};
use tests::report;

use super::{ended, outcomes, sample, slow_endpoint, submit};

const JOBS: usize = 4;

#[tokio::test]
async fn a_job_that_outlasts_the_brokers_patience_is_done_once() {
    let name = "a_job_that_outlasts_the_brokers_patience_is_done_once";
    let Some(control) = Control::find(name) else { return };
    let change = "application:set_env(rabbit, consumer_timeout, 2000), \
                  application:set_env(rabbit, channel_tick_interval, 500).";
    let undo = "application:set_env(rabbit, consumer_timeout, 1800000), \
                application:set_env(rabbit, channel_tick_interval, 60000).";
    let (upstream, toml) = slow_endpoint("batch", Duration::from_secs(12)).await;
    // Channels take the settings when they are opened.
    let app = App::builder(name).endpoints(&toml).alone().workers(0);
    let mut app = app.start().await;
    let setting = Setting::change(&control, &["eval", change], &["eval", undo]).await;
    app.start_worker(&[("QUIRE_WORKER_SLOTS", "batch=4")]).await;
    submit(app.client(), JOBS).await;
    let ended = ended(&app).await;
    let metrics = app.worker(0).metrics().await;
    setting.restore().await;
    let restarts = sample(&metrics, "quire_broker_consumer_restarts_total", &["queue=\"jobs.batch\""]);
    let outcomes = outcomes(&app).await;
    report(format_args!(
        "consumer time-out of 2 s, jobs of 12 s: {restarts} channels were closed, jobs {ended:?}, attempts {outcomes:?}"
    ));
    assert!(restarts >= 1.0, "the broker was patient");
    assert_eq!(ended, [(Status::Completed, 4)]);
    assert_eq!(outcomes, [("completed".to_owned(), 4)]);
    assert_eq!(upstream.count(), JOBS);
    app.finish().await;
}
