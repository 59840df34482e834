//! Logs, traces and metrics of a process.
//!
//! Logs go to standard error, one event a line. Traces leave only when an OTLP endpoint is configured. Metrics wait to be
//! scraped: whoever serves HTTP serves [`Metrics::render`].

mod catalog;
mod export;
mod logs;
mod metrics;
pub mod propagation;

use std::time::Duration;

use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing_subscriber::Layer as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

pub use catalog::{METRICS, Metric, MetricKind};
pub use logs::{LogFormat, UnknownLogFormat};
pub use metrics::Metrics;

/// How long the last spans of a process may take to leave.
const FLUSH_TIMEOUT: Duration = Duration::from_secs(5);

/// What a process says about itself, and where to.
#[derive(Debug, Clone)]
pub struct TelemetryConfig {
    /// `service.name` of the traces.
    pub service_name: String,
    /// `service.version` of the traces.
    pub service_version: String,
    /// `service.instance.id` of the traces: this process and no other.
    pub instance: String,
    /// Which logs are written, in the syntax of `RUST_LOG`; from `QUIRE_LOG`.
    pub log_filter: String,
    /// How they are written; from `QUIRE_LOG_FORMAT`.
    pub log_format: LogFormat,
    /// Base URL of an OTLP/HTTP collector, from `OTEL_EXPORTER_OTLP_ENDPOINT`; `None` exports nothing.
    pub otlp_endpoint: Option<String>,
}

/// Why telemetry could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// `QUIRE_LOG` is no filter.
    #[error("QUIRE_LOG: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
    /// `OTEL_EXPORTER_OTLP_ENDPOINT` is no HTTP address. The text is not repeated: it may hold a password.
    #[error("OTEL_EXPORTER_OTLP_ENDPOINT: not an http:// or https:// url")]
    Endpoint,
    /// The exporter of traces refused its settings.
    #[error("OTEL_EXPORTER_OTLP_*: {0}")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
    /// The exporter's HTTP client could not be built.
    #[error("cannot build the HTTP client of the trace exporter")]
    Client(#[from] reqwest::Error),
    /// The process has a subscriber already.
    #[error("logging is set up already")]
    Subscriber(#[from] tracing_subscriber::util::TryInitError),
    /// The process has a metrics recorder that is not ours.
    #[error("metrics are set up already")]
    Recorder(#[from] metrics_exporter_prometheus::BuildError),
}

/// Keeps the export of traces alive; [`TelemetryGuard::shutdown`] sends what is left.
#[must_use = "without its shutdown the last spans are lost"]
#[derive(Debug)]
pub struct TelemetryGuard {
    provider: Option<SdkTracerProvider>,
}

/// Sets up logs and, if an endpoint is configured, traces for the whole process. Call it once, inside the runtime.
///
/// # Errors
/// [`TelemetryError`] names the variable that is wrong.
pub fn init(config: TelemetryConfig) -> Result<TelemetryGuard, TelemetryError> {
    let logs = logs::layer(&config.log_filter, config.log_format)?;
    let provider = match &config.otlp_endpoint {
        Some(endpoint) => Some(export::provider(endpoint, &config)?),
        None => None,
    };
    let traces = provider.as_ref().map(|provider| export::layer(provider).boxed());
    tracing_subscriber::registry().with(logs).with(traces).try_init()?;
    Ok(TelemetryGuard { provider })
}

impl TelemetryGuard {
    /// Sends the spans that are left, within 5 s, and ends the export. Nothing is lost but telemetry if that fails.
    pub async fn shutdown(self) {
        let Some(provider) = self.provider else { return };
        // The exporter's thread works for this; waiting for it must not hold a thread of the runtime that it sends on.
        let flushing = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(FLUSH_TIMEOUT));
        match flushing.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last traces were not exported"),
            Err(error) => tracing::warn!(%error, "the export of the last traces failed"),
        }
    }
}
