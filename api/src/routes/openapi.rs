//! `/openapi.json`.

use std::sync::LazyLock;

use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;

use crate::openapi;

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| openapi::document().into());

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "operation", operation_id = "openapi", security(()),
    responses((status = 200, description = "An OpenAPI 3.1 document")))]
pub(crate) async fn document() -> Response {
    ([(CONTENT_TYPE, super::JSON)], DOCUMENT.clone()).into_response()
}
