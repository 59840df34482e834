//! Headers that a create may carry.

use axum::extract::FromRequestParts;
use http::request::Parts;
use shared::telemetry::propagation;

use crate::app::App;
use crate::error::ApiError;
use crate::service::jobs::IdempotencyKey;

/// `Idempotency-Key`, if the client sent one.
#[derive(Debug)]
pub(crate) struct KeyHeader(pub(crate) Option<IdempotencyKey>);

impl FromRequestParts<App> for KeyHeader {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get("idempotency-key") else { return Ok(Self(None)) };
        // Bytes that are no text break the same rule as characters that are not visible.
        let key = String::from_utf8_lossy(value.as_bytes()).parse()?;
        Ok(Self(Some(key)))
    }
}

/// The trace that the request belongs to: our own span where traces are exported, else the client's.
#[derive(Debug)]
pub(crate) struct Traceparent(pub(crate) Option<String>);

impl FromRequestParts<App> for Traceparent {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        let client = || {
            let header = parts.headers.get("traceparent")?.to_str().ok()?;
            propagation::parse_traceparent(header).map(|parsed| parsed.to_string())
        };
        Ok(Self(propagation::current_traceparent().or_else(client)))
    }
}
