//! What a request says of itself.

use std::fmt::Display;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use secrecy::ExposeSecret as _;
use shared::domain::Upstream;
use shared::store::jobs::Claimed;
use shared::telemetry::propagation;
use tracing::Span;

const AGENT: &str = concat!("quire/", env!("CARGO_PKG_VERSION"));
const JSON: &str = "application/json";

/// Headers, apart by who may see them.
pub(super) struct Headers {
    /// Of every request.
    pub(super) ours: HeaderMap,
    /// For the origin that the operator has named, and no other. They stand above ours.
    pub(super) of_operator: HeaderMap,
}

/// The headers of an attempt. `span` is where the upstream continues the trace.
pub(super) fn of(upstream: &Upstream, claimed: &Claimed, span: &Span) -> Headers {
    let mut ours = HeaderMap::new();
    ours.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    ours.insert(ACCEPT, HeaderValue::from_static(JSON));
    ours.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    ours.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    let job = claimed.lease.job;
    // The same for every attempt that the queue makes by itself; a client's retry asks for the work to be done again.
    insert(&mut ours, "idempotency-key", format_args!("{job}.{}", claimed.generation));
    insert(&mut ours, "quire-job-id", job);
    insert(&mut ours, "quire-attempt", claimed.attempt);
    // Without traces of our own the client's goes on.
    if let Some(traceparent) = propagation::traceparent_of(span).or_else(|| claimed.traceparent.clone()) {
        insert(&mut ours, "traceparent", traceparent);
    }
    let mut of_operator = HeaderMap::new();
    for (name, value) in &upstream.headers {
        let value = value.expose_secret();
        if let (Ok(name), Ok(mut value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            value.set_sensitive(true);
            of_operator.insert(name, value);
        }
    }
    Headers { ours, of_operator }
}

fn insert(headers: &mut HeaderMap, name: &'static str, value: impl Display) {
    if let Ok(value) = HeaderValue::try_from(value.to_string()) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
