//! Services that speak HTTP: the request is posted to them as the client wrote it, and what they answer is the job's
//! response.
//!
//! | file | |
//! |---|---|
//! | `client` | connections, by settings, across reloads of the endpoints |
//! | `headers` | what a request says of itself |
//! | `body` | a request body of known length that is put together while it is sent |
//! | `send` | one request, redirects included, and what went wrong with it |
//! | `answer` | an answer as a response or a failure |
//! | `content` | any body as JSON |
//! | `retry_after` | when to come back |
//! | `progress` | how far an attempt has come |

mod answer;
mod body;
mod client;
mod content;
mod headers;
mod progress;
mod retry_after;
mod send;

use shared::domain::{Clock, Endpoint, Failure, FailureClass, FailureCode, Upstream};
use shared::store::jobs::Claimed;
use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, Span, field};

use super::{Request, Response, timed_out};
use answer::Reader;
use client::Clients;
use progress::Progress;

pub use client::ClientConfig;

/// The executor of every endpoint that has an upstream.
pub struct Http {
    clients: Clients,
    /// A stored result, at most.
    payload_max_bytes: u64,
    /// For dates in answers that have none of their own.
    clock: Clock,
}

impl Http {
    /// The executor, without connections yet.
    #[must_use]
    pub fn new(config: ClientConfig, payload_max_bytes: u64, clock: Clock) -> Self {
        Self { clients: Clients::new(config), payload_max_bytes, clock }
    }

    /// One request, within the endpoint's time-out whatever hangs. When it is told to stop, the connection goes at once.
    pub(super) async fn execute(
        &self,
        endpoint: &Endpoint,
        upstream: &Upstream,
        claimed: &Claimed,
        request: Request,
        stop: &CancellationToken,
    ) -> Result<Response, Failure> {
        let span = span(upstream, claimed);
        let progress = Progress::default();
        let exchange = self.exchange(upstream, claimed, request, &progress).instrument(span.clone());
        let result = tokio::select! {
            biased;
            () = stop.cancelled() => {
                return Err(Failure::new(FailureCode::Internal, "the attempt was stopped").of_class(FailureClass::Transient));
            }
            ended = tokio::time::timeout(endpoint.timeout, exchange) => ended.unwrap_or_else(|_| {
                let details = serde_json::json!({ "upstream": upstream.origin(), "progress": progress.word() });
                Err(timed_out(endpoint, Some(&progress.to_string())).with_details(details))
            }),
        };
        if let Some(status) = progress.status() {
            span.record("http.response.status_code", status);
        }
        if let Err(failure) = &result {
            span.record("error.type", failure.code.as_str());
        }
        result
    }

    async fn exchange(
        &self,
        upstream: &Upstream,
        claimed: &Claimed,
        request: Request,
        progress: &Progress,
    ) -> Result<Response, Failure> {
        let bytes = request.bytes();
        if bytes > upstream.request_max_bytes {
            return Err(request_too_large(upstream, bytes));
        }
        let body = request.whole().await?;
        let client = self.clients.of(upstream).map_err(|error| send::failure(&error, upstream, progress))?;
        let headers = headers::of(upstream, claimed, &Span::current());
        let response = send::send(&client, upstream, &headers, &body, progress).await?;
        // A large request is not needed any more while a large answer comes.
        drop(body);
        let reader = Reader { upstream, progress, payload_max_bytes: self.payload_max_bytes, now: self.clock.now() };
        reader.read(response).await
    }
}

fn request_too_large(upstream: &Upstream, bytes: u64) -> Failure {
    let most = upstream.request_max_bytes;
    let message = format!("the request has {bytes} bytes, more than the {most} that {} takes", upstream.origin());
    let details = serde_json::json!({ "upstream": upstream.origin(), "bytes": bytes, "max_bytes": most });
    Failure::new(FailureCode::UpstreamRequestTooLarge, message).with_details(details)
}

/// A client span by OpenTelemetry's conventions for HTTP, without the URL: its query may hold a secret.
fn span(upstream: &Upstream, claimed: &Claimed) -> Span {
    let span = tracing::info_span!(
        "POST",
        otel.name = "POST",
        otel.kind = "client",
        http.request.method = "POST",
        server.address = upstream.url.host_str().unwrap_or_default(),
        server.port = upstream.url.port_or_known_default(),
        http.request.resend_count = field::Empty,
        http.response.status_code = field::Empty,
        error.r#type = field::Empty,
    );
    if claimed.attempt > 1 {
        span.record("http.request.resend_count", claimed.attempt - 1);
    }
    span
}
