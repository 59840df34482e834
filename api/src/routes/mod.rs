//! Handlers: take a request apart, ask a service, put the answer into the wire's shape.

pub(crate) mod health;
pub(crate) mod jobs;
pub(crate) mod metrics;
pub(crate) mod openapi;
mod segments;

use axum::body::Body;
use axum::response::Response;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use crate::error::ApiError;
use segments::Segments;

/// The Node SDK refuses a success of any other type (contract A.1).
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An answer in JSON.
pub(crate) fn json(status: StatusCode, view: &impl Serialize) -> Response {
    let text = serde_json::to_vec(view).unwrap_or_else(|_| unreachable!("views have text keys"));
    json_body(status, Body::from(text))
}

/// An answer in JSON that is put together while it is sent.
fn json_of(status: StatusCode, segments: Segments) -> Response {
    json_body(status, Body::new(segments))
}

fn json_body(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

/// Any path that no route has.
pub(crate) async fn not_found() -> ApiError {
    ApiError::RouteNotFound
}

/// Any method that a route does not have.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}
