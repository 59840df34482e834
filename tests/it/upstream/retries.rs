use std::time::Duration;

use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::upstream::{Received, Reply, Upstream};
use tests::{eventually, report};

use super::{BOUND, Endpoint, file, job, run};

/// In seconds and as a date, which counts from the answer's own; and one that is too long to be waited for.
#[tokio::test]
async fn a_retry_after_is_never_beaten() {
    const ASKED: Duration = Duration::from_secs(7);
    let upstream = Upstream::start().await;
    upstream.always(|request: &Received| match (request.header("quire-attempt"), &*request.target) {
        ("1", "/seconds") => Reply::of(429).header("retry-after", "7"),
        ("1", "/date") => Reply::of(503)
            .header("date", "Sun, 06 Nov 1994 08:49:30 GMT")
            .header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("1", "/long") => Reply::of(503).header("retry-after", "11"),
        _ => Reply::json(200, &json!({ "ok": true })),
    });
    let endpoint = |name: &str| {
        Endpoint::new(&format!("/v1/{name}"), &upstream.url(&format!("/{name}"))).upstream("retry_after_max_ms = 10000")
    };
    let endpoints = [endpoint("seconds"), endpoint("date"), endpoint("long")];
    let app = App::builder("a_retry_after_is_never_beaten").endpoints(&file(&endpoints)).start().await;
    let client = app.client();
    let seconds = client.submit(&job("/v1/seconds")).await;
    let date = client.submit(&job("/v1/date")).await;
    let long = run(&app, "/v1/long", Status::Failed).await;
    assert_eq!((&long["attempt_count"], &long["error"]["code"]), (&json!(1), &json!("upstream_overloaded")), "{long}");
    assert_eq!(long["error"]["details"]["retry_after_ms"], 11_000);
    assert!(long["error"]["message"].as_str().unwrap().contains("longer than the 10 s"), "{long}");

    for (id, target) in [(seconds, "/seconds"), (date, "/date")] {
        let job = client.wait_until(id, Status::Completed, BOUND).await;
        assert_eq!((&job["attempt_count"], &job["last_failure_code"]), (&json!(2), &json!("upstream_overloaded")));
        let of = |request: &Received| request.target == target;
        let times: Vec<_> = upstream.received().into_iter().filter(of).map(|request| request.at).collect();
        let gap = times[1] - times[0];
        report(format_args!("Retry-After of {ASKED:?} at {target}: the next request came after {gap:?}"));
        assert!(times.len() == 2 && gap >= ASKED && gap < ASKED * 4, "{gap:?}");
    }
    app.finish().await;
}

/// The installation's own delays are drawn from a day here.
#[tokio::test]
async fn an_endpoints_codes_schedule_and_attempts_are_what_counts() {
    let upstream = Upstream::start().await;
    upstream.always(|request: &Received| Reply::of(if request.target == "/rejecting" { 400 } else { 500 }));
    let endpoint = |name: &str| {
        Endpoint::new(&format!("/v1/{name}"), &upstream.url(&format!("/{name}")))
            .retry("attempts = 3")
            .retry("codes = [\"upstream_rejected\"]")
    };
    let statuses = Endpoint::new("/v1/teapot", &upstream.url("/teapot")).upstream("retry_statuses = [418]");
    let app = App::builder("an_endpoints_codes_schedule_and_attempts_count")
        .worker_env("QUIRE_RETRY_BASE_MS", "86400000")
        .worker_env("QUIRE_RETRY_MAX_MS", "86400000")
        .endpoints(&file(&[endpoint("rejecting"), endpoint("failing"), statuses]))
        .start()
        .await;
    let rejected = run(&app, "/v1/rejecting", Status::Failed).await;
    assert_eq!(rejected["attempt_count"], 3, "{rejected}");
    assert_eq!(rejected["error"]["code"], "upstream_rejected");
    let failed = run(&app, "/v1/failing", Status::Failed).await;
    assert_eq!((&failed["attempt_count"], &failed["error"]["code"]), (&json!(1), &json!("upstream_error")), "{failed}");
    // Only the statuses that the operator has named: 500 is none of them here.
    upstream.then(Reply::of(418)).then(Reply::of(500));
    let teapot = run(&app, "/v1/teapot", Status::Failed).await;
    assert_eq!((&teapot["attempt_count"], &teapot["error"]["code"]), (&json!(2), &json!("upstream_rejected")));
    app.finish().await;
}

/// One worker has read the operator's new file and one has not.
#[tokio::test]
async fn a_worker_that_does_not_know_the_endpoint_yet_ends_no_job() {
    let upstream = Upstream::start().await;
    let endpoint = Endpoint::new("/v1/sum", &upstream.url("/")).retry("attempts = 100");
    let mut app = App::builder("a_worker_that_does_not_know_the_endpoint_yet")
        .worker_env("QUIRE_ENDPOINTS_FILE", "")
        .worker_env("QUIRE_RETRY_BASE_MS", "100")
        .worker_env("QUIRE_RETRY_MAX_MS", "500")
        .endpoints(&file(&[endpoint]))
        .start()
        .await;
    let id = app.client().submit(&job("/v1/sum")).await;
    eventually("an attempt by the worker that does not know", BOUND, async || {
        let failure = &app.client().status(id).await.body["last_failure_code"];
        (failure == "endpoint_not_available").then_some(())
    })
    .await;
    let endpoints = app.objects().parent().unwrap().join("endpoints.toml").display().to_string();
    app.start_worker(&[("QUIRE_ENDPOINTS_FILE", &endpoints)]).await;
    app.client().wait_until(id, Status::Completed, BOUND).await;
    assert_eq!(upstream.count(), 1);
    app.finish().await;
}
