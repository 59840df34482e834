use std::time::Duration;

use futures_util::StreamExt as _;
use shared::domain::Status;
use tests::app::App;
use tests::report;

use super::{ended, slow_endpoint, slow_job};

const JOBS: usize = 30;

#[tokio::test]
async fn a_full_queue_delays_jobs_and_loses_none() {
    let (_upstream, toml) = slow_endpoint("batch", Duration::from_millis(20)).await;
    let mut app = App::builder("a_full_queue_delays_jobs_and_loses_none")
        .endpoints(&toml)
        .workers(0)
        .env("QUIRE_AMQP_QUEUE_MAX_LENGTH", "3")
        .start()
        .await;
    // One after another, because a queue is only so exact about its length; of several, because each has its window.
    let mut codes = Vec::new();
    for organization in ["one", "two", "three"] {
        let client = app.client_of(organization).await;
        let created = futures_util::stream::iter(0..JOBS).then(async |number| client.create(&slow_job(number)).await);
        let answers: Vec<_> = created.collect().await;
        codes.extend(answers.iter().map(|answer| answer.code));
        let slowest = answers.iter().map(|answer| answer.took).max().unwrap();
        assert!(slowest < Duration::from_secs(3), "a create waited {slowest:?} for a queue that was full");
    }
    let delayed = codes.iter().filter(|code| **code == 202).count();
    report(format_args!("queue of 3: {delayed} of {} creates were answered 202, the others 200", codes.len()));
    assert!(codes.iter().all(|code| matches!(code, 200 | 202)), "{codes:?}");
    assert!(delayed > 0, "the queue was never full");
    app.start_worker(&[]).await;
    assert_eq!(ended(&app).await, [(Status::Completed, 90)]);
    app.finish().await;
}
