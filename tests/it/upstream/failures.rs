use std::time::{Duration, Instant};

use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::upstream::{Reply, Upstream};
use tests::{eventually, report};

use super::{BOUND, Endpoint, attempts, file, job, run};

#[tokio::test]
async fn a_hang_is_cut_at_the_time_out_and_tried_again() {
    const TIMEOUT: Duration = Duration::from_millis(1_500);
    let upstream = Upstream::start().await;
    let app = App::builder("a_hang_is_cut_at_the_time_out_and_tried_again")
        .endpoints(&file(&[Endpoint::new("/v1/slow", &upstream.url("/")).key("timeout_ms = 1500")]))
        .start()
        .await;
    upstream.then(Reply::hang()).then(Reply::of(200).body("{\"begun\":").then_hang());
    let job = run(&app, "/v1/slow", Status::Completed).await;
    assert_eq!((&job["attempt_count"], &job["last_failure_code"]), (&json!(3), &json!("attempt_timed_out")), "{job}");
    for cut in &upstream.received()[..2] {
        let took = cut.ended.unwrap() - cut.at;
        assert!(cut.abandoned, "{cut:?}");
        // The attempt began a moment before its request was here.
        assert!(took > TIMEOUT / 2 && took < TIMEOUT * 4, "{took:?}");
        report(format_args!(
            "a time-out of {TIMEOUT:?}: the connection was closed {took:?} after the request was whole"
        ));
    }
    let attempts = attempts(&app, &job).await;
    let progress: Vec<_> = attempts.iter().map(|(.., details)| details["progress"].clone()).collect();
    assert_eq!(progress, [json!("waiting"), json!("receiving"), json!(null)]);
    assert!(attempts[0].1.contains("1.5 s") && attempts[0].1.contains("no answer yet"), "{attempts:?}");
    app.finish().await;
}

#[tokio::test]
async fn a_connection_that_breaks_or_is_refused_is_tried_again_and_its_causes_are_told() {
    let upstream = Upstream::start().await;
    let endpoint = Endpoint::new("/v1/sum", &upstream.url("/sum")).retry("attempts = 50");
    let app = App::builder("a_connection_that_breaks_is_tried_again").endpoints(&file(&[endpoint])).start().await;
    upstream.then(Reply::close()).then(Reply::of(200).body("{\"sum\":").claiming(100).then_close());
    let broken = run(&app, "/v1/sum", Status::Completed).await;
    assert_eq!(broken["attempt_count"], 3, "{broken}");

    upstream.refuse().await;
    let id = app.client().submit(&job("/v1/sum")).await;
    eventually("an attempt that finds nobody", BOUND, async || {
        (app.client().status(id).await.body["last_failure_code"] == json!("upstream_unavailable")).then_some(())
    })
    .await;
    upstream.resume().await;
    let refused = app.client().wait_until(id, Status::Completed, BOUND).await;

    let mut told = attempts(&app, &broken).await;
    told.truncate(2);
    told.push(attempts(&app, &refused).await.remove(0));
    let expected = [
        ("broke before an answer", "waiting", ""),
        ("broke within its answer 200", "receiving", "end of file before message length reached"),
        ("no connection to", "connecting", "Connection refused"),
    ];
    for ((code, message, details), (what, progress, cause)) in told.iter().zip(expected) {
        assert_eq!(code.as_deref(), Some("upstream_unavailable"));
        assert!(message.contains(what) && message.contains(&upstream.url("")), "{message}");
        assert_eq!((&details["progress"], &details["upstream"]), (&json!(progress), &json!(upstream.url(""))));
        let causes = details["causes"].as_array().unwrap();
        assert!(!causes.is_empty() && causes.last().unwrap().as_str().unwrap().contains(cause), "{details}");
        report(format_args!("{message}; causes {}", details["causes"]));
    }
    app.finish().await;
}

/// With a heartbeat of a minute: what stops the attempt is the broker's word.
#[tokio::test]
async fn a_cancel_closes_the_connection_at_once() {
    let upstream = Upstream::start().await;
    let app = App::builder("a_cancel_closes_the_connection_at_once")
        .worker_env("QUIRE_HEARTBEAT_MS", "60000")
        .worker_env("QUIRE_LEASE_MS", "600000")
        .endpoints(&file(&[Endpoint::new("/v1/slow", &upstream.url("/"))]))
        .start()
        .await;
    upstream.then(Reply::hang()).then(Reply::of(200).body("begun").then_hang());
    for number in 0..2 {
        let id = app.client().submit(&job("/v1/slow")).await;
        eventually("the request", BOUND, async || (upstream.count() == number + 1).then_some(())).await;
        let cancelled = Instant::now();
        assert_eq!(app.client().cancel(id).await.status(), Status::Cancelled);
        let ended = eventually("the end of the connection", BOUND, async || upstream.received()[number].ended).await;
        assert!(upstream.received()[number].abandoned);
        let took = ended - cancelled;
        report(format_args!("the upstream's connection was closed {took:?} after the cancel was sent"));
        assert!(took < Duration::from_secs(10), "{took:?}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_drain_lets_go_of_the_upstream_and_costs_no_attempt() {
    let upstream = Upstream::start().await;
    upstream.then(Reply::hang());
    let mut app = App::builder("a_drain_lets_go_of_the_upstream")
        .worker_env("QUIRE_WORKER_DRAIN_MS", "200")
        .endpoints(&file(&[Endpoint::new("/v1/slow", &upstream.url("/")).retry("attempts = 1")]))
        .start()
        .await;
    let id = app.client().submit(&job("/v1/slow")).await;
    eventually("the request", BOUND, async || (upstream.count() == 1).then_some(())).await;
    app.worker(0).process.terminate();
    let ended = app.worker(0).process.wait(Duration::from_secs(20)).await;
    assert!(ended.success() && upstream.received()[0].abandoned, "{ended}");
    app.start_worker(&[]).await;
    let job = app.client().wait_until(id, Status::Completed, BOUND).await;
    assert_eq!((&job["attempt_count"], &job["last_failure_code"]), (&json!(2), &json!(null)), "{job}");
    app.finish().await;
}
