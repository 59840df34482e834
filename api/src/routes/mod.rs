//! Handlers: take a request apart, ask a service, put the answer into the wire's shape.

pub(crate) mod health;
pub(crate) mod jobs;
pub(crate) mod metrics;
pub(crate) mod openapi;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;

use crate::error::ApiError;
use crate::service::budget::Reserved;

/// The Node SDK refuses a success of any other type (contract A.1).
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An answer in JSON.
pub(crate) fn json(status: StatusCode, view: &impl Serialize) -> Response {
    json_holding(status, view, Vec::new())
}

/// An answer in JSON that keeps its bytes in the budget until they are sent.
fn json_holding(status: StatusCode, view: &impl Serialize, reserved: Vec<Reserved>) -> Response {
    let text = serde_json::to_vec(view).unwrap_or_else(|_| unreachable!("views have text keys"));
    let body = Bytes::from_owner(Held { text, _reserved: reserved });
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

/// A text, and the part of the budget that it takes.
struct Held {
    text: Vec<u8>,
    _reserved: Vec<Reserved>,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.text
    }
}

/// Any path that no route has.
pub(crate) async fn not_found() -> ApiError {
    ApiError::RouteNotFound
}

/// Any method that a route does not have.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}
