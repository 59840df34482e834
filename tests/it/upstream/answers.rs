use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use shared::domain::Status;
use tests::app::App;
use tests::upstream::{Reply, Upstream};

use super::{BOUND, Endpoint, attempts, file, job, run};

#[tokio::test]
async fn two_errors_and_an_answer_are_one_job_that_completes_at_its_third_attempt() {
    let upstream = Upstream::start().await;
    upstream.then(Reply::of(500)).then(Reply::of(500)).then(Reply::json(201, &json!({ "sum": 3 })));
    let app = App::builder("two_errors_and_an_answer_are_one_job")
        .endpoints(&file(&[Endpoint::new("/v1/sum", &upstream.url("/sum"))]))
        .start()
        .await;
    let job = run(&app, "/v1/sum", Status::Completed).await;
    assert_eq!(job["attempt_count"], 3, "{job}");
    assert_eq!(job["last_failure_code"], "upstream_error");
    assert_eq!(job["response"], json!({ "status_code": 201, "body": { "sum": 3 } }));
    assert!(job["error"].is_null(), "{job}");
    let received = upstream.received();
    assert_eq!(received.len(), 3);
    assert!(received.iter().all(|request| request.method == "POST" && request.target == "/sum"), "{received:?}");
    assert!(received.iter().all(|request| request.json() == json!({ "sum": [1, 2] })), "{received:?}");
    let codes: Vec<_> = attempts(&app, &job).await.into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, [Some("upstream_error".to_owned()), Some("upstream_error".to_owned()), None]);
    app.finish().await;
}

#[tokio::test]
async fn a_refusal_ends_the_job_after_one_attempt_with_what_the_upstream_said() {
    let upstream = Upstream::start().await;
    let app = App::builder("a_refusal_ends_the_job_after_one_attempt")
        .endpoints(&file(&[Endpoint::new("/v1/sum", &upstream.url("/sum?key=hidden"))]))
        .start()
        .await;
    let origin = upstream.url("");

    upstream.then(Reply::json(400, &json!({ "why": "no numbers" })));
    let job = run(&app, "/v1/sum", Status::Failed).await;
    assert_eq!((&job["attempt_count"], &job["last_failure_code"]), (&json!(1), &json!("upstream_rejected")));
    assert_eq!(job["error"]["code"], "upstream_rejected");
    assert_eq!(job["error"]["message"], format!("{origin} answered 400"));
    let details = json!({ "upstream": origin, "status_code": 400, "content_type": "application/json",
        "body": { "why": "no numbers" } });
    assert_eq!(job["error"]["details"], details);
    assert!(job["response"].is_null(), "{job}");

    upstream.then(Reply::of(404).header("content-type", "text/plain").body("not \0 here"));
    let details = run(&app, "/v1/sum", Status::Failed).await["error"]["details"].clone();
    assert_eq!((&details["status_code"], &details["body"]), (&json!(404), &json!("not \0 here")), "{details}");

    // A long explanation is cut, and so is one that never ends or breaks.
    let long = "\u{1}é".repeat(100_000);
    upstream.then(Reply::of(422).body(long.clone()));
    upstream.then(Reply::of(422).body(long.clone()).endless());
    upstream.then(Reply::of(422).body("begun").claiming(1_000).then_close());
    for start in [&*long, &*long, "begun"] {
        let details = run(&app, "/v1/sum", Status::Failed).await["error"]["details"].clone();
        let body = details["body"].as_str().unwrap_or_else(|| panic!("{details}"));
        assert!(start.starts_with(body) && !body.is_empty(), "{body:.100}");
        assert!(Value::from(body).to_string().len() <= 48 * 1024, "{}", body.len());
        assert_eq!(details["truncated"], true);
    }
    assert_eq!(upstream.count(), 5);
    app.finish().await;
}

/// JSON stays as it is byte for byte, whatever it is called; everything else becomes JSON.
#[tokio::test]
async fn whatever_is_answered_is_kept() {
    let upstream = Upstream::start().await;
    let app = App::builder("whatever_is_answered_is_kept")
        .endpoints(&file(&[Endpoint::new("/v1/any", &upstream.url("/"))]))
        .start()
        .await;
    let picture: Vec<u8> = (0..100_000_u32).map(|number| (number % 251) as u8).collect();
    let written = "{ \"b\" : 1.10 ,\t\"a\":[1e2], \"a\": \"\\u0041\" }";
    let data_url = format!("data:image/png;base64,{}", STANDARD.encode(&picture));
    let binary = Value::from(data_url).to_string();
    let cases = [
        (Reply::of(200).header("content-type", "text/html").body(written), 200, written),
        (Reply::of(200).header("content-type", "text/html").body("<p>\"1\"\n"), 200, "\"<p>\\\"1\\\"\\n\""),
        (Reply::of(202).header("content-type", "application/json").body("{broken"), 202, "\"{broken\""),
        (Reply::of(203).header("content-type", "image/png; x=y").body(picture), 203, &binary),
        (Reply::of(204), 204, "null"),
        (Reply::of(200).header("content-type", "application/json"), 200, "null"),
    ];
    for (reply, status, body) in cases {
        upstream.then(reply);
        let id = app.client().submit(&job("/v1/any")).await;
        app.client().wait_until(id, Status::Completed, BOUND).await;
        let answer = app.client().retrieve(id, true).await;
        assert_eq!(answer.body["response"]["status_code"], status);
        let text = String::from_utf8(answer.bytes).unwrap();
        assert!(text.contains(&format!("\"body\":{body}}}")), "{status} {body:.100}: {text:.2000}");
    }
    app.finish().await;
}
