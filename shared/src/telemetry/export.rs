//! Traces by OTLP over HTTP.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use metrics::counter;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tokio::runtime::Handle;
use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use super::{TelemetryConfig, TelemetryError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// One export. Spans wait in a bounded queue meanwhile and are dropped when it is full.
const EXPORT_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) fn provider(endpoint: &str, config: &TelemetryConfig) -> Result<SdkTracerProvider, TelemetryError> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(RuntimeClient::new()?)
        .with_endpoint(traces_url(endpoint)?)
        .with_timeout(EXPORT_TIMEOUT)
        .build()?;
    let resource = Resource::builder()
        .with_service_name(config.service_name.clone())
        .with_attribute(KeyValue::new("service.version", config.service_version.clone()))
        .with_attribute(KeyValue::new("service.instance.id", config.instance.clone()))
        .build();
    opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new());
    Ok(SdkTracerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build())
}

/// Our spans of level info and up; libraries have their own.
pub(super) fn layer<S>(provider: &SdkTracerProvider) -> impl Layer<S> + use<S>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let libraries = ["lapin", "opentelemetry", "hyper", "hyper_util", "reqwest", "rustls", "h2", "tokio_postgres"];
    let filter = Targets::new()
        .with_default(LevelFilter::INFO)
        .with_targets(libraries.map(|library| (library, LevelFilter::OFF)));
    tracing_opentelemetry::layer().with_tracer(provider.tracer("quire")).with_filter(filter)
}

/// The address of the traces below the base address, as the OTLP specification has it.
fn traces_url(base: &str) -> Result<String, TelemetryError> {
    let url = reqwest::Url::parse(base).map_err(|_| TelemetryError::Endpoint)?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(TelemetryError::Endpoint);
    }
    Ok(format!("{}/v1/traces", base.trim_end_matches('/')))
}

/// An HTTP client for the exporter's thread, which has no runtime: requests run on ours.
#[derive(Debug)]
struct RuntimeClient {
    client: reqwest::Client,
    runtime: Handle,
    failing: AtomicBool,
}

impl RuntimeClient {
    fn new() -> Result<Self, reqwest::Error> {
        // reqwest is built without a TLS implementation of its own and takes the process's.
        let _already_installed = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(EXPORT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { client, runtime: Handle::current(), failing: AtomicBool::new(false) })
    }

    /// Says once that export fails and once that it works again, not with every batch.
    fn report(&self, result: &Result<Response<Bytes>, HttpError>) {
        let failure = match result {
            Ok(response) if response.status().is_success() => None,
            Ok(response) => Some(format!("the collector answered {}", response.status())),
            Err(error) => Some(error.to_string()),
        };
        let failing = failure.is_some();
        let was_failing = self.failing.swap(failing, Ordering::Relaxed);
        match failure {
            Some(error) => {
                counter!("quire_telemetry_export_failures_total").increment(1);
                if !was_failing {
                    tracing::warn!(error, "traces are not exported");
                }
            }
            None if was_failing => tracing::info!("traces are exported again"),
            None => {}
        }
    }
}

#[async_trait]
impl HttpClient for RuntimeClient {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        let sending = self.runtime.spawn(async move {
            let response = client.execute(request.try_into()?).await.map_err(reqwest::Error::without_url)?;
            let status = response.status();
            let body = response.bytes().await.map_err(reqwest::Error::without_url)?;
            let mut answer = Response::new(body);
            *answer.status_mut() = status;
            Ok(answer)
        });
        let result = match sending.await {
            Ok(result) => result,
            Err(error) => Err(error.into()),
        };
        self.report(&result);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_go_below_the_base_address() {
        assert_eq!(traces_url("http://collector:4318").unwrap(), "http://collector:4318/v1/traces");
        assert_eq!(traces_url("https://collector/otlp/").unwrap(), "https://collector/otlp/v1/traces");
    }

    #[test]
    fn an_address_that_is_none_is_refused_without_being_repeated() {
        for bad in ["", "collector:4318", "grpc://user:hunter2@collector", "/v1/traces"] {
            let error = traces_url(bad).unwrap_err();
            assert!(matches!(error, TelemetryError::Endpoint), "{bad}");
            assert!(!error.to_string().contains("hunter2"));
        }
    }
}
