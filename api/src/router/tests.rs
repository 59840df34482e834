use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use shared::blob::{ArtifactRules, Blob, BlobConfig, CloudConfig};
use shared::broker::{BrokerConfig, Publisher};
use shared::domain::RequestId;
use shared::store::jobs::{AcceptRules, RetryRules};
use shared::store::outbox::{Stamper, Window};
use shared::telemetry::Metrics;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use super::*;
use crate::config::{AcceptConfig, HeadLimits, JobRules, KeyCacheConfig};
use crate::extract::BodyLimits;
use crate::service::accept::AcceptQueue;
use crate::service::budget::ByteBudget;
use crate::service::dispatch::Dispatcher;
use crate::service::health::Health;
use crate::service::jobs::{Jobs, Lists, Parts};
use crate::service::keys::Keys;
use crate::service::validation::JsonLimits;
use crate::testing::unreachable_store;

/// The whole app, with stores that nobody runs.
fn app() -> App {
    let store = unreachable_store();
    let closing = CancellationToken::new();
    let (publisher, _task) =
        Publisher::start(BrokerConfig::new(&"amqp://127.0.0.1:1".into(), "test").unwrap(), closing.clone());
    let (stamper, _task) = Stamper::start(store.clone(), 16, 16);
    let window = Window { most: 1, per_slot: 1 };
    let rules = AcceptRules { retention: Duration::from_secs(86_400), window, hold: Duration::from_secs(1) };
    let accept =
        AcceptConfig { batch: 1, batch_bytes: 1024, writers: 1, queue: 1, deadline: Duration::from_millis(100), rules };
    let (accept, _tasks) = AcceptQueue::start(&store, accept, &closing);
    let dispatcher = Dispatcher::new(publisher.clone(), stamper, Duration::from_millis(100));
    let retry = RetryRules {
        retention: rules.retention,
        stop_grace: Duration::from_secs(1),
        repeat: Duration::from_secs(1),
        window,
        hold: rules.hold,
    };
    let rules = JobRules { retry };
    let budget = ByteBudget::new(1 << 20);
    let directory = std::env::temp_dir().join("quire-api-router-tests");
    let blob = BlobConfig {
        url: Some(format!("file://{}", directory.display())),
        inline_max_bytes: 1 << 20,
        payload_max_bytes: 1 << 20,
        cloud: CloudConfig::default(),
        artifacts: ArtifactRules { min_bytes: 1 << 15, max_count: 1 },
    };
    let lists = Lists { store: store.clone(), scan_max: 1000 };
    App {
        keys: Arc::new(Keys::new(
            store.clone(),
            KeyCacheConfig { ttl: Duration::from_secs(1), capacity: 8, used_interval: Duration::from_secs(60) },
        )),
        jobs: Jobs::new(Parts {
            store: store.clone(),
            blob: Blob::open(&blob).unwrap(),
            accept,
            dispatcher,
            budget: budget.clone(),
            inline_max_bytes: 1 << 20,
            json: JsonLimits { max_depth: 64, max_values: 1000 },
            secrets: shared::payload::Secrets::default(),
            catalogs: crate::service::catalog::Catalogs::default(),
            lists,
            rules,
            under_way: TaskTracker::new(),
        }),
        health: Arc::new(Health::new(store.clone(), store.clone(), publisher)),
        heads: HeadLimits { uri_bytes: 1024, headers_bytes: 1024 },
        bodies: BodyLimits { max_bytes: 4096, timeout: Duration::from_secs(1), budget },
        metrics: Metrics::install().unwrap(),
        clock: store.clock().clone(),
    }
}

async fn send(request: Request<Body>) -> Response<Body> {
    router(app()).oneshot(request).await.unwrap()
}

async fn body(response: Response<Body>) -> Value {
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

fn request(method: &str, path: &str) -> Request<Body> {
    Request::builder().method(method).uri(path).body(Body::empty()).unwrap()
}

#[tokio::test]
async fn every_refusal_has_an_envelope_and_an_id() {
    let mut ids = std::collections::HashSet::new();
    for (method, path, status, code) in [
        ("GET", "/nowhere", 404, "not_found"),
        ("DELETE", "/v1/jobs", 405, "method_not_allowed"),
        ("DELETE", "/v1/jobs/job_0PtoP0n-zhx5Kd3cN2kQa", 405, "method_not_allowed"),
        ("POST", "/v1/jobs", 401, "unauthorized"),
        ("GET", "/v1/jobs/%ff", 401, "unauthorized"),
        ("GET", "/v1/jobs/x?access_token=unknown", 503, "database_unavailable"),
    ] {
        let response = send(request(method, path)).await;
        assert_eq!(response.status(), status, "{method} {path}");
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        assert!(id.parse::<RequestId>().is_ok(), "{id}");
        assert!(ids.insert(id), "an id came twice");
        assert_eq!(response.headers()["content-type"], "application/json");
        let body = body(response).await;
        assert_eq!(body["detail"]["code"], code, "{method} {path}");
        assert!(body["detail"]["message"].is_string() && body["detail"].get("details").is_some());
    }
}

#[tokio::test]
async fn a_panic_is_told_in_the_envelope_and_nothing_of_it_leaks() {
    async fn bug() {
        panic!("secret");
    }
    let app = app();
    let router = Router::new().route("/bug", get(bug)).layer(from_fn_with_state(app.clone(), observe)).with_state(app);
    let response = router.oneshot(request("GET", "/bug")).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(response.headers().contains_key("x-request-id"));
    let body = body(response).await;
    assert_eq!(body["detail"]["code"], "internal_error");
    assert!(!body.to_string().contains("secret"));
}

#[tokio::test]
async fn without_a_database_the_process_is_alive_and_not_ready() {
    assert_eq!(send(request("GET", "/healthz")).await.status(), StatusCode::OK);
    let response = send(request("GET", "/readyz")).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(body(response).await["database"], json!(false));
}

#[tokio::test]
async fn requests_are_counted_by_route_and_not_by_path() {
    let app = app();
    let metrics = app.metrics.clone();
    for path in ["/v1/jobs/a", "/v1/jobs/b", "/nowhere/1"] {
        router(app.clone()).oneshot(request("GET", path)).await.unwrap();
    }
    let text = metrics.render();
    assert!(text.contains(r#"route="/v1/jobs/{job_id}""#) && text.contains(r#"route="unmatched""#), "{text}");
    assert!(!text.contains("/nowhere"), "{text}");
}

#[tokio::test]
async fn the_description_names_every_route_and_no_other() {
    let document = body(send(request("GET", "/openapi.json")).await).await;
    assert_eq!(document["openapi"], "3.1.0");
    let app = app();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let request = request(&method.to_uppercase(), &path.replace("{job_id}", "x"));
            let status = router(app.clone()).oneshot(request).await.unwrap().status();
            let known = status != StatusCode::NOT_FOUND && status != StatusCode::METHOD_NOT_ALLOWED;
            assert!(known, "{method} {path}: {status}");
        }
    }
    let table = include_str!("mod.rs");
    let routes = table.lines().filter(|line| line.trim_start().starts_with(".route(")).count();
    assert_eq!(document["paths"].as_object().unwrap().len(), routes);
}

#[tokio::test]
async fn every_reference_of_the_description_resolves() {
    let document = body(send(request("GET", "/openapi.json")).await).await;
    let mut open = vec![&document];
    let mut references = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if let Some(target) = members.get("$ref").and_then(Value::as_str) {
                    let pointer = target.strip_prefix('#').unwrap();
                    assert!(document.pointer(pointer).is_some(), "{target} leads nowhere");
                    references += 1;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert!(references > 10, "{references} references");
    for name in ["ParseRequest", "ParseResponse", "ErrorEnvelope", "CreateJobRequest"] {
        assert!(document.pointer(&format!("/components/schemas/{name}")).is_some(), "{name}");
    }
    assert_eq!(document.pointer("/components/securitySchemes/Api-Key/name"), Some(&json!("Api-Key")));
}
