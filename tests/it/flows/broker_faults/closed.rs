use std::collections::HashSet;
use std::time::Duration;

use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::control::Control;
use tests::upstream::Reply;
use tests::{eventually, report};
use tokio::sync::watch;

use super::{BOUND, ended, messages, outcomes, running, sample, slow_endpoint, submit};

const JOBS: usize = 50;
const CLOSES: usize = 10;

/// The connections of all parts, once each has come back from the last close.
async fn reopened(app: &App, closed: &HashSet<String>) -> Vec<String> {
    eventually("every part to be connected", BOUND, async || {
        let connections = app.host().connections().await;
        let open = connections.into_iter().filter(|(name, _)| !closed.contains(name));
        let (open, called): (Vec<String>, Vec<String>) = open.unzip();
        let back = |role: &str| called.iter().filter(|name| name.ends_with(role)).count();
        (back("consumer") >= 1 && back("reconciler") >= 1 && back("publisher") >= 2).then_some(open)
    })
    .await
}

#[tokio::test]
async fn ten_forced_closes_with_fifty_jobs_in_hand_lose_none_fail_none_and_do_none_twice() {
    let name = "ten_forced_closes_with_fifty_jobs_in_hand";
    let Some(control) = Control::find(name) else { return };
    // All end after the last close, so that each close meets all fifty.
    let (open, gate) = watch::channel(false);
    let (upstream, toml) = slow_endpoint("batch", Duration::ZERO).await;
    upstream.always(move |_| Reply::json(200, &json!({ "ok": true })).when(&gate));
    let mut app = App::builder(name)
        .endpoints(&toml)
        .worker_env("QUIRE_WORKER_SLOTS", "batch=50")
        // Work must come back by the broker, which is what is tested.
        .worker_env("QUIRE_WORKER_DIRECT_AFTER_MS", "3600000")
        .start()
        .await;
    submit(app.client(), JOBS).await;
    running(&app, JOBS).await;
    let (mut in_hand, mut closed) = (Vec::new(), HashSet::new());
    for number in 1..=CLOSES {
        let open = reopened(&app, &closed).await;
        if number == 1 || number == CLOSES {
            // Every message was delivered again, and is kept until its job has ended.
            eventually("every message to be in hand", BOUND, async || {
                (messages(&control, &app, "jobs.batch").await == (0, JOBS as u64)).then_some(())
            })
            .await;
        }
        in_hand.push(upstream.in_flight());
        for connection in open {
            app.host().close(&connection).await;
            closed.insert(connection);
        }
    }
    open.send_replace(true);
    let ended = ended(&app).await;
    let metrics = app.worker(0).metrics().await;
    let parked = sample(&metrics, "quire_redeliveries_parked_total", &[]);
    let outcomes = outcomes(&app).await;
    report(format_args!("{CLOSES} forced closes, in hand at each: {in_hand:?}; redeliveries parked: {parked}"));
    report(format_args!("jobs: {ended:?}; attempts: {outcomes:?}; requests to the upstream: {}", upstream.count()));
    assert_eq!(in_hand, [JOBS; CLOSES], "a close met fewer jobs than were to be in hand");
    assert_eq!(ended, [(Status::Completed, 50)]);
    assert_eq!(outcomes, [("completed".to_owned(), 50)]);
    assert_eq!(upstream.count(), JOBS);
    app.finish().await;
}
