//! Around every request: an id, a span, a barrier for panics, one line in the log, metrics.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::FutureExt as _;
use http::{HeaderValue, Method, StatusCode};
use metrics::{counter, histogram};
use shared::domain::RequestId;
use shared::telemetry::propagation;
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::Notes;
use crate::app::App;
use crate::error::ApiError;

const REQUEST_ID: &str = "x-request-id";
/// The route of a path that no route has: the path itself would make a time series for every typing error.
const UNMATCHED: &str = "unmatched";
/// Routes that machines ask for all day; they are logged at `debug`.
const PROBES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// What is known of a request before it is handled.
struct Seen {
    id: String,
    method: &'static str,
    route: String,
    began: Instant,
    notes: Notes,
}

/// The middleware.
pub(crate) async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let seen = Seen {
        id: RequestId::generate(app.clock.unix_millis()).to_string(),
        method: known_method(request.method()),
        route: request.extensions().get::<MatchedPath>().map_or(UNMATCHED, MatchedPath::as_str).to_owned(),
        began: Instant::now(),
        notes: Notes::default(),
    };
    request.extensions_mut().insert(seen.notes.clone());
    let span = span_of(&seen, &request);
    let handled = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span.clone()).await;
    let mut response = handled.unwrap_or_else(|_| span.in_scope(|| ApiError::Panicked.into_response()));
    if let Ok(id) = HeaderValue::from_str(&seen.id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    // Outside the span, whose fields are the same ones in OpenTelemetry's words.
    seen.tell(&span, response.status());
    response
}

/// The server span, named and filled after OpenTelemetry's conventions for HTTP.
fn span_of(seen: &Seen, request: &Request) -> Span {
    let span = tracing::info_span!(
        "request",
        otel.name = format!("{} {}", seen.method, seen.route),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = seen.method,
        http.route = seen.route,
        http.response.status_code = Empty,
        url.path = request.uri().path(),
        request.id = seen.id,
        organization.id = Empty,
        job.id = Empty,
    );
    if let Some(parent) = request.headers().get("traceparent").and_then(|value| value.to_str().ok()) {
        propagation::set_parent(&span, parent);
    }
    span
}

impl Seen {
    /// Tells the span, the metrics and the log how it ended.
    fn tell(&self, span: &Span, status: StatusCode) {
        let elapsed = self.began.elapsed();
        span.record("http.response.status_code", status.as_u16());
        if status.is_server_error() {
            span.record("otel.status_code", "ERROR");
        }
        let labels = [("route", self.route.clone()), ("method", self.method.to_owned())];
        histogram!("quire_http_request_seconds", &labels).record(elapsed);
        let labels = labels.into_iter().chain([("status", status.as_str().to_owned())]).collect::<Vec<_>>();
        counter!("quire_http_requests_total", &labels).increment(1);
        self.log(status, elapsed);
    }

    fn log(&self, status: StatusCode, elapsed: Duration) {
        macro_rules! line {
            ($level:ident) => {
                tracing::$level!(
                    method = self.method,
                    route = self.route,
                    status = status.as_u16(),
                    elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX),
                    request = self.id,
                    organization = self.notes.logged_organization(),
                    job = self.notes.logged_job(),
                    body_bytes = self.notes.logged_body_bytes(),
                    "request"
                )
            };
        }
        if status.is_server_error() {
            line!(warn);
        } else if PROBES.contains(&self.route.as_str()) {
            line!(debug);
        } else {
            line!(info);
        }
    }
}

/// The method's name, if it is one that HTTP defines: clients may send any word, and each would be a time series.
const fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "_OTHER",
    }
}
