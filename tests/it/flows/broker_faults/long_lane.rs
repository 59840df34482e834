use std::time::{Duration, Instant};

use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::control::Control;
use tests::upstream::Reply;
use tests::{eventually, report};
use tokio::sync::watch;

use super::{BOUND, ended, messages, outcomes, running, slow_endpoint, submit};

/// How many workers hold leases now.
const HOLDERS: &str = "select count(distinct worker_id) from running";

#[tokio::test]
async fn a_long_jobs_message_is_acknowledged_when_it_is_held_and_the_next_one_waits_in_the_broker() {
    let name = "a_long_jobs_message_is_acknowledged_when_it_is_held";
    let (open, gate) = watch::channel(false);
    let (upstream, toml) = slow_endpoint("long", Duration::ZERO).await;
    upstream.always(move |_| Reply::json(200, &json!({ "ok": true })).when(&gate));
    let mut app = App::builder(name).endpoints(&toml).start().await;
    let jobs = submit(app.client(), 3).await;
    running(&app, 1).await;
    if let Some(control) = Control::find(name) {
        // With its only slot taken, the worker asks for nothing: whoever has a slot can have the next one.
        // The broker's figures are some seconds old.
        eventually("two messages in the broker and none in hand", BOUND, async || {
            (messages(&control, &app, "jobs.long").await == (2, 0)).then_some(())
        })
        .await;
    }
    app.start_worker(&[]).await;
    let sql = app.database().connect().await;
    eventually("the second worker to take the next job", Duration::from_secs(10), async || {
        (sql.query_one(HOLDERS, &[]).await.unwrap().get::<_, i64>(0) == 2).then_some(())
    })
    .await;
    open.send_replace(true);
    for job in jobs {
        app.client().wait_until(job, Status::Completed, BOUND).await;
    }
    assert_eq!(upstream.count(), 3);
    app.finish().await;
}

#[tokio::test]
async fn the_long_job_of_a_killed_worker_runs_again_once_its_lease_is_over() {
    let (upstream, toml) = slow_endpoint("long", Duration::from_secs(3)).await;
    let mut app = App::builder("the_long_job_of_a_killed_worker_runs_again")
        .endpoints(&toml)
        .worker_env("QUIRE_LEASE_MS", "4000")
        .start()
        .await;
    submit(app.client(), 1).await;
    running(&app, 1).await;
    app.start_worker(&[]).await;
    app.worker(0).process.kill_hard().await;
    let killed = Instant::now();
    eventually("the job to run again", BOUND, async || (upstream.count() == 2).then_some(())).await;
    report(format_args!("long: kill -9, lease of 4 s: runs again {:.1} s later", killed.elapsed().as_secs_f64()));
    assert_eq!(ended(&app).await, [(Status::Completed, 1)]);
    assert_eq!(outcomes(&app).await, [("completed".to_owned(), 1), ("lost".to_owned(), 1)]);
    app.finish().await;
}
