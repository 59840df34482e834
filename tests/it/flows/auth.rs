use std::time::Duration;

use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::Answer;
use tests::documents::text_job;

fn assert_unauthorized(answer: &Answer) {
    assert_eq!((answer.code, answer.error_code()), (401, "unauthorized"), "{}", answer.body);
    assert!(answer.header("x-request-id").starts_with("req_"));
    assert!(!answer.body["detail"]["message"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn nobody_gets_in_without_a_key() {
    let app = App::builder("nobody_gets_in_without_a_key").workers(0).start().await;
    let some_job = JobId::generate(1);
    for key in [None, Some(""), Some("wrong"), Some("qk_0000000000000000000000000000000000000000")] {
        let stranger = app.client().with_key(key);
        assert_unauthorized(&stranger.create(&text_job("x")).await);
        assert_unauthorized(&stranger.retrieve(some_job, true).await);
        assert_unauthorized(&stranger.status(some_job).await);
    }
    // What operators ask needs no key and shows nothing of anybody.
    let stranger = app.client().with_key(None);
    for path in ["/healthz", "/readyz", "/openapi.json"] {
        assert_eq!(stranger.get(path).await.code, 200, "{path}");
    }
    app.finish().await;
}

#[tokio::test]
async fn another_organizations_job_does_not_exist() {
    let app = App::builder("another_organizations_job_does_not_exist").start().await;
    let id = app.client().submit(&text_job("mine")).await;
    app.client().wait_until(id, Status::Completed, Duration::from_secs(30)).await;
    let other = app.client_of("other").await;
    let unknown = other.retrieve(JobId::generate(1), true).await;
    for answer in [other.retrieve(id, true).await, other.status(id).await] {
        assert_eq!((answer.code, answer.error_code()), (404, "not_found"), "{}", answer.body);
        assert_eq!(unknown.code, answer.code);
    }
    // A second key of the same organization opens the same jobs.
    let colleague = app.client_of("acme").await;
    assert_eq!(colleague.retrieve(id, false).await.code, 200);
    // Clients that cannot set headers put the key into the address.
    let key = app.make_key("acme").await;
    let answer = app.client().with_key(None).get(&format!("/v1/jobs/{id}?access_token={key}")).await;
    assert_eq!(answer.code, 200, "{}", answer.body);
    app.finish().await;
}
