use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use shared::domain::{DEFAULT_ATTEMPTS, JobId, Status};
use shared::telemetry::METRICS;
use tests::app::App;
use tests::documents::{fixture_job, text_job};
use tests::eventually;
use tests::telemetry::Receiver;

/// Exporters send in batches, every few seconds.
const EXPORT_BOUND: Duration = Duration::from_secs(30);
const BOUND: Duration = Duration::from_secs(30);

#[tokio::test]
async fn one_trace_leads_from_the_client_through_the_api_to_the_worker() {
    let receiver = Receiver::start().await;
    let app = App::builder("one_trace_leads_from_the_client_to_the_worker")
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url())
        .start()
        .await;
    let client = app.client();
    let trace_id = format!("{:032x}", rand::random::<u128>());
    let request = client
        .request(Method::POST, "/v1/jobs")
        .header("traceparent", format!("00-{trace_id}-00f067aa0ba902b7-01"))
        .json(&text_job("traced"));
    let job = client.send(request).await.id();
    client.wait_until(job, Status::Completed, BOUND).await;

    let spans = eventually("spans of both processes in the client's trace", EXPORT_BOUND, async || {
        let spans: Vec<_> = receiver.spans().into_iter().filter(|span| span.trace_id == trace_id).collect();
        let from = |service: &str| spans.iter().any(|span| span.service == service);
        (from("quire-api") && from("quire-worker")).then_some(spans)
    })
    .await;
    let of = |service: &str| spans.iter().find(|span| span.service == service).unwrap();
    assert_eq!(of("quire-api").parent_span_id, "00f067aa0ba902b7", "{spans:#?}");
    let ids: Vec<&str> = spans.iter().map(|span| span.span_id.as_str()).collect();
    let parent = &of("quire-worker").parent_span_id;
    assert!(ids.contains(&parent.as_str()) || parent == "00f067aa0ba902b7", "a span without its parent: {spans:#?}");

    // The attempt's row names the trace, so that a person can find it.
    let sql = app.database().connect().await;
    let row = sql.query_one("select trace_id from job_attempts where id = $1", &[&job.uuid()]).await.unwrap();
    assert_eq!(row.get::<_, Option<String>>(0).as_deref(), Some(trace_id.as_str()));
    app.finish().await;
}

#[tokio::test]
async fn metrics_can_be_read_and_count_what_happened() {
    let mut app = App::builder("metrics_can_be_read_and_count_what_happened").start().await;
    let job = app.client().submit(&text_job("counted")).await;
    app.client().wait_until(job, Status::Completed, BOUND).await;
    let api = app.api().metrics().await;
    let completed = r#"quire_attempts_total{endpoint="/v1/documents/parse",outcome="completed"} 1"#;
    let worker = app.worker(0).metrics_with(&[completed]).await;
    for (which, text, expected) in
        [("api", &api, "quire_store_statement_seconds"), ("worker", &worker, "quire_attempts_total")]
    {
        let samples: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        assert!(samples.iter().any(|sample| sample.starts_with(expected)), "{which} has no {expected}:\n{text}");
        for sample in samples {
            let value = sample.rsplit(' ').next().and_then(|value| value.parse::<f64>().ok());
            assert!(value.is_some() && sample.starts_with(|c: char| c.is_ascii_lowercase()), "{which}: {sample}");
        }
    }
    app.finish().await;
}

/// The names of a page of metrics.
fn names(text: &str) -> BTreeSet<String> {
    let declared = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
    declared.filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

/// The value of one sample.
fn value(text: &str, sample: &str) -> Option<f64> {
    let line = text.lines().find(|line| line.strip_prefix(sample).is_some_and(|rest| rest.starts_with(' ')))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[tokio::test]
async fn every_metric_that_is_told_is_described_and_the_lanes_are_counted() {
    let mut app = App::builder("every_metric_that_is_told_is_described")
        .worker_env("QUIRE_CENSUS_INTERVAL_MS", "100")
        .worker_env("QUIRE_WORKER_SLOTS", "interactive=1,long=1")
        .start()
        .await;
    app.leaves_unfinished();
    // Nobody takes the lane of these.
    for number in 0..3 {
        app.client().submit(&text_job(&format!("number {number}"))).await;
    }
    app.client().get("/v1/jobs").await;
    let counted = eventually("the jobs to be counted", BOUND, async || {
        let text = app.worker(0).metrics().await;
        (value(&text, r#"quire_jobs_queued{lane="batch",class="steady"}"#) == Some(3.0)).then_some(text)
    })
    .await;
    assert_eq!(value(&counted, r#"quire_jobs_queued{lane="batch",class="flooding"}"#), Some(0.0));
    assert_eq!(value(&counted, r#"quire_jobs_running{lane="batch",class="steady"}"#), Some(0.0));
    assert_eq!(value(&counted, r#"quire_jobs_waiting{lane="batch"}"#), Some(0.0));
    assert_eq!(value(&counted, "quire_census_truncated"), Some(0.0));
    assert!(value(&counted, r#"quire_queue_oldest_seconds{lane="batch"}"#).is_some_and(|age| age > 0.0), "{counted}");
    let used = |text: &str, pool| value(text, &format!(r#"quire_store_connections{{pool="{pool}",state="open"}}"#));
    assert!(used(&counted, "main").is_some_and(|open| open >= 1.0), "{counted}");

    let worker = app.start_worker(&[("QUIRE_WORKER_SLOTS", "batch=2")]).await;
    eventually("no job to be queued", BOUND, async || {
        let text = app.worker(0).metrics().await;
        (value(&text, r#"quire_jobs_queued{lane="batch",class="steady"}"#) == Some(0.0)).then_some(())
    })
    .await;
    let waits = r#"quire_queue_wait_seconds_count{lane="batch",endpoint="/v1/documents/parse"}"#;
    eventually("three waits", BOUND, async || {
        (value(&app.worker(worker).metrics().await, waits) == Some(3.0)).then_some(())
    })
    .await;

    let api = app.api().metrics().await;
    for pool in ["main", "lists"] {
        assert!(used(&api, pool).is_some_and(|open| open >= 1.0), "{pool}: {api}");
    }
    let told = names(&[api, app.worker(0).metrics().await, app.worker(worker).metrics().await].concat());
    let described: BTreeSet<String> = METRICS.iter().map(|metric| metric.name.to_owned()).collect();
    let strange: Vec<_> = told.difference(&described).collect();
    assert!(told.len() > 20 && strange.is_empty(), "{} are told; these are not described: {strange:?}", told.len());
    app.finish().await;
}

/// The lines that attempts of a job have left in the log of a worker.
fn lines(log: &str, job: JobId) -> Vec<Value> {
    let events = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    events.filter(|event| event["job.id"] == job.to_string() && !event["outcome"].is_null()).collect()
}

#[tokio::test]
async fn every_attempt_leaves_one_line_that_tells_it_all() {
    let mut app = App::builder("every_attempt_leaves_one_line_that_tells_it_all")
        .env("QUIRE_ARTIFACT_MIN_BYTES", "1024")
        .worker_env("QUIRE_RETRY_BASE_MS", "2")
        .worker_env("QUIRE_RETRY_MAX_MS", "2")
        .workers(0)
        .start()
        .await;
    let lost = app.client().submit(&fixture_job("report.pdf")).await;
    std::fs::remove_dir_all(app.objects()).unwrap();
    let done = app.client().submit(&text_job("done")).await;
    app.start_worker(&[]).await;
    app.client().wait_until(lost, Status::Failed, BOUND).await;
    let job = app.client().wait_until(done, Status::Completed, BOUND).await;

    let line =
        eventually("the line of the attempt", BOUND, async || lines(&app.worker(0).process.log(), done).pop()).await;
    for (name, expected) in [
        ("organization.id", job["organization_id"].clone()),
        ("job.endpoint", json!("/v1/documents/parse")),
        ("lane", json!("batch")),
        ("attempt.number", json!(1)),
        ("budget.used", json!(1)),
        ("budget.of", json!(DEFAULT_ATTEMPTS)),
        ("outcome", json!("completed")),
        ("response.status", json!(200)),
    ] {
        assert_eq!(line[name], expected, "{name}: {line}");
    }
    for name in ["queue.wait_ms", "duration_ms", "request.bytes", "result.bytes"] {
        assert!(line[name].as_u64().is_some(), "{name}: {line}");
    }
    assert!(line["request.bytes"].as_u64() > Some(20) && line["result.bytes"].as_u64() > Some(20), "{line}");
    assert!(line["worker.id"].is_string() && line["code"].is_null() && line["retry.after_ms"].is_null(), "{line}");

    let attempts = usize::from(DEFAULT_ATTEMPTS);
    let failed = eventually("a line of each attempt", BOUND, async || {
        Some(lines(&app.worker(0).process.log(), lost)).filter(|lines| lines.len() >= attempts)
    })
    .await;
    assert_eq!(failed.len(), attempts);
    for (index, line) in failed.iter().enumerate() {
        let last = index + 1 == attempts;
        assert_eq!(line["outcome"], if last { "failed" } else { "retried" }, "{line}");
        assert_eq!(line["retry.after_ms"].is_null(), last, "{line}");
        assert_eq!((&line["code"], &line["budget.used"]), (&json!("payload_unavailable"), &json!(index + 1)), "{line}");
    }
    let metrics = app.worker(0).metrics().await;
    let labels = r#"{endpoint="/v1/documents/parse",code="payload_unavailable"}"#;
    assert_eq!(value(&metrics, &format!("quire_retries_total{labels}")), Some(f64::from(DEFAULT_ATTEMPTS) - 1.0));
    assert_eq!(value(&metrics, &format!("quire_failures_total{labels}")), Some(1.0));
    app.finish().await;
}
