use std::time::Duration;

use reqwest::Method;
use shared::domain::Status;
use tests::app::App;
use tests::documents::text_job;
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
    let worker = app.worker(0).metrics().await;
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
    let completed = worker.lines().find(|line| line.starts_with("quire_attempts_total") && line.contains("completed"));
    assert!(completed.is_some_and(|line| line.ends_with(" 1")), "{completed:?}");
    app.finish().await;
}
