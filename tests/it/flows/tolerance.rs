//! What clients send although nobody asked them to, and what somebody sends on purpose.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use serde_json::{Value, json};
use shared::domain::{JobId, Status};
use tests::app::App;
use tests::client::Answer;
use tests::documents::{data_url, text_job};

fn assert_refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.code, answer.error_code()), (status, code), "{}", answer.body);
}

#[tokio::test]
async fn bodies_and_types_that_mean_nothing_are_ignored() {
    let app = App::builder("bodies_and_types_that_mean_nothing_are_ignored").workers(0).start().await;
    let client = app.client();
    let path = format!("/v1/jobs/{}", client.submit(&text_job("x")).await);
    for body in ["", "{}", "not JSON"] {
        for path in [path.clone(), format!("{path}/status"), "/healthz".to_owned()] {
            let request = client.request(Method::GET, &path).header(CONTENT_TYPE, "application/json");
            let answer = client.send(request.header(CONTENT_LENGTH, body.len()).body(body)).await;
            assert_eq!(answer.code, 200, "GET {path} {body:?}: {}", answer.body);
        }
        let request = client.request(Method::DELETE, &path).header(CONTENT_TYPE, "application/json");
        let answer = client.send(request.header(CONTENT_LENGTH, body.len()).body(body)).await;
        assert_refused(&answer, 405, "method_not_allowed");
        assert_eq!(answer.headers[ALLOW], "GET,HEAD");
    }
    let head = client.send(client.request(Method::HEAD, &path)).await;
    assert_eq!((head.code, head.bytes.len(), head.header("content-type")), (200, 0, "application/json"));
    assert_refused(&client.send(client.request(Method::OPTIONS, &path)).await, 405, "method_not_allowed");
    // A body is JSON whatever its type says: curl calls every body a form.
    for content_type in ["application/x-www-form-urlencoded", "text/plain", "application/json; charset=utf-8", "?"] {
        let request = client.request(Method::POST, "/v1/jobs").header(CONTENT_TYPE, content_type);
        let answer = client.send(request.body(text_job("x").to_string())).await;
        assert_eq!(answer.code, 200, "{content_type}: {}", answer.body);
    }
    for path in [path.replacen('/', "//", 1), format!("{path}/"), format!("{path}//status//")] {
        assert_eq!(client.get(&path).await.code, 200, "{path}");
    }
    let mut app = app;
    app.leaves_unfinished();
    app.finish().await;
}

#[tokio::test]
async fn a_key_in_the_address_counts_where_there_is_none_in_the_header() {
    let app = App::builder("a_key_in_the_address_counts").workers(0).start().await;
    let good = app.make_key("acme").await;
    let job = JobId::generate(1);
    for path in [format!("/v1/jobs/{job}"), format!("/v1/jobs/{job}/status")] {
        let asked = async |header: Option<&str>, query: &str| {
            app.client().with_key(header).get(&format!("{path}?access_token={query}")).await.code
        };
        assert_eq!(asked(None, &good).await, 404, "{path}");
        assert_eq!(asked(Some(""), &good).await, 404, "{path}: an empty header is none");
        assert_eq!(asked(Some("bad"), &good).await, 401, "{path}: the header counts");
        assert_eq!(asked(Some(&good), "bad").await, 404, "{path}: the header counts");
        assert_eq!(asked(None, "").await, 401, "{path}");
    }
    let stranger = app.client().with_key(None);
    let request = stranger.request(Method::POST, &format!("/v1/jobs?x=1&access_token={good}"));
    assert_refused(&stranger.send(request.body("{}")).await, 422, "validation_error");
    app.finish().await;
}

/// A create of `/v1/documents/parse` whose request is this text.
fn create(request: &str) -> String {
    format!(r#"{{"endpoint":"/v1/documents/parse","request":{request}}}"#)
}

#[tokio::test]
async fn json_that_is_deep_large_or_strange_is_refused_by_name() {
    let app = App::builder("json_that_is_deep_large_or_strange")
        .workers(0)
        .api_env("QUIRE_API_JSON_MAX_DEPTH", "5")
        .api_env("QUIRE_API_JSON_MAX_VALUES", "20")
        .start()
        .await;
    let refusal = async |body: Vec<u8>| {
        let answer = app.client().create_raw(body).await;
        assert_eq!(answer.code, 422, "{}", answer.body);
        assert!(answer.bytes.len() < 2_000, "an answer of {} bytes", answer.bytes.len());
        let rule = &answer.body["detail"]["details"]["errors"][0]["rule"];
        rule.as_str().unwrap_or(answer.error_code()).to_owned()
    };
    let nested = |depth: usize| create(&format!("{{\"x\":{}{}}}", "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(refusal(nested(4).into()).await, "maxDepth");
    assert_eq!(refusal(nested(3).into()).await, "required");
    assert_eq!(refusal(nested(50_000).into()).await, "maxDepth");
    assert_eq!(refusal("[".repeat(1_000_000).into()).await, "maxDepth");
    let values = |count: usize| create(&format!("{{\"x\":[{}]}}", vec!["0"; count].join(",")));
    assert_eq!(refusal(values(17).into()).await, "maxValues");
    assert_eq!(refusal(values(16).into()).await, "required");
    assert_eq!(refusal(format!("[{}]", "0,".repeat(1_000_000)).into()).await, "maxValues");
    assert_eq!(refusal(create(r#"{"document":{},"n":1e999}"#).into()).await, "json");
    assert_eq!(refusal([&b"\xef\xbb\xbf"[..], text_job("x").to_string().as_bytes()].concat()).await, "malformed_json");
    assert_eq!(refusal(create("{\"document\":\"\u{1}\"}").into()).await, "malformed_json");
    let latin = create("{\"document\":\"?\"}").into_bytes();
    assert_eq!(
        refusal(latin.iter().map(|byte| if *byte == b'?' { 0xe9 } else { *byte }).collect()).await,
        "malformed_json"
    );
    app.finish().await;
}

#[tokio::test]
async fn of_a_name_that_is_there_twice_the_last_counts_everywhere() {
    let app = App::builder("of_a_name_that_is_there_twice_the_last_counts").start().await;
    let document = |text: &str| json!({ "filename": "a.txt", "url": data_url("text/plain", text.as_bytes()) });
    let (first, last) = (document("first"), document("last"));
    let request = format!(r#"{{"document":"x","document":{first},"document":{last}}}"#);
    let body = create("[]").replace("[]", &format!("7,\"request\":{request}"));
    let id = app.client().create_raw(body).await.id();
    let job = app.client().wait_until(id, Status::Completed, Duration::from_secs(30)).await;
    assert_eq!(job["response"]["body"]["text"].as_str().map(str::trim), Some("last"), "{job}");
    app.finish().await;
}

#[tokio::test]
async fn every_rule_that_a_create_breaks_is_named_at_once() {
    let app = App::builder("every_rule_that_a_create_breaks_is_named_at_once").workers(0).start().await;
    let refused = async |body: Value| {
        let answer = app.client().create(&body).await;
        assert_refused(&answer, 422, "validation_error");
        let errors = answer.body["detail"]["details"]["errors"].as_array().unwrap().clone();
        errors.iter().map(|error| error["path"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let metadata = json!({ "ключ".repeat(17): "v", "k": "é".repeat(513), "n": 1 });
    let key = format!("$.metadata[{:?}]", "ключ".repeat(16) + "...");
    let paths = refused(json!({ "endpoint": "/v1/nothing", "request": [], "metadata": metadata })).await;
    assert_eq!(paths.len(), 5, "{paths:?}");
    for path in ["$.endpoint", "$.request", "$.metadata.k", "$.metadata.n", &key] {
        assert!(paths.iter().any(|found| found == path), "{path} is not in {paths:?}");
    }
    // Characters count, not bytes.
    let metadata = json!({ "ключ".repeat(16): "é".repeat(512) });
    assert_eq!(refused(json!({ "request": {}, "metadata": metadata })).await, ["$.endpoint"]);
    app.finish().await;
}

#[tokio::test]
async fn heads_have_limits_that_are_answered_in_the_envelope() {
    let app = App::builder("heads_have_limits_that_are_answered")
        .workers(0)
        .api_env("QUIRE_API_URI_MAX_BYTES", "2000")
        .api_env("QUIRE_API_HEADERS_MAX_BYTES", "2000")
        .start()
        .await;
    let client = app.client();
    let path = |length: usize| format!("/healthz?{}", "x".repeat(length - "/healthz?".len()));
    assert_eq!(client.get(&path(2_000)).await.code, 200);
    let answer = client.get(&path(2_001)).await;
    assert_refused(&answer, 414, "uri_too_long");
    assert_eq!(answer.body["detail"]["details"], json!({ "size_bytes": 2001, "cap_bytes": 2000 }));
    assert!(answer.header("x-request-id").starts_with("req_"));
    let with_header = |length: usize| client.request(Method::GET, "/healthz").header("x-long", "x".repeat(length));
    assert_eq!(client.send(with_header(1_500)).await.code, 200);
    assert_refused(&client.send(with_header(2_500)).await, 431, "headers_too_large");
    // Beyond what a connection takes in, the answer has no words.
    let answer = client.send(with_header(100_000)).await;
    assert_eq!((answer.code, answer.bytes.len()), (431, 0));
    app.finish().await;
}
