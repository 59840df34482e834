use serde_json::json;
use shared::domain::Status;
use tests::app::App;
use tests::upstream::{Reply, Upstream};

use super::{Endpoint, file, run};

#[tokio::test]
async fn a_redirect_is_followed_only_as_far_as_allowed_and_takes_no_secret_along() {
    let (upstream, other) = (Upstream::start().await, Upstream::start().await);
    let endpoint =
        |name: &str| Endpoint::new(&format!("/v1/{name}"), &upstream.url("/from")).header("x-key = \"open\"");
    let endpoints = [endpoint("staying"), endpoint("following").upstream("redirects = 2")];
    let app = App::builder("a_redirect_is_followed_only_as_far_as_allowed").endpoints(&file(&endpoints)).start().await;

    upstream.then(Reply::of(307).header("location", &other.url("/to")));
    let job = run(&app, "/v1/staying", Status::Failed).await;
    assert_eq!((&job["attempt_count"], &job["error"]["details"]["status_code"]), (&json!(1), &json!(307)), "{job}");
    assert_eq!(other.connections(), 0);

    upstream.then(Reply::of(308).header("location", "next?x=1"));
    upstream.then(Reply::of(307).header("location", &other.url("/to")));
    let job = run(&app, "/v1/following", Status::Completed).await;
    assert_eq!(job["attempt_count"], 1, "{job}");
    let (ours, theirs) = (upstream.received(), other.received());
    let targets: Vec<_> = ours.iter().chain(&theirs).map(|request| &*request.target).collect();
    assert_eq!(targets, ["/from", "/from", "/next?x=1", "/to"]);
    assert!(ours.iter().all(|request| request.header("x-key") == "open"), "{ours:?}");
    assert_eq!(theirs[0].header("x-key"), "");
    assert_eq!(theirs[0].json(), json!({ "sum": [1, 2] }));

    // Three are one too many; and one that asks for a GET is none that could be followed.
    for _ in 0..3 {
        upstream.then(Reply::of(307).header("location", "/round"));
    }
    let job = run(&app, "/v1/following", Status::Failed).await;
    assert_eq!(job["error"]["details"]["status_code"], 307, "{job}");
    upstream.then(Reply::of(303).header("location", "/got"));
    let job = run(&app, "/v1/following", Status::Failed).await;
    assert_eq!(job["error"]["details"]["status_code"], 303, "{job}");
    assert!(upstream.received().iter().all(|request| request.method == "POST" && request.target != "/got"));
    app.finish().await;
}
