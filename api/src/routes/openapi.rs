//! `/openapi.json`.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;

use crate::app::App;
use crate::openapi;

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "operation", operation_id = "openapi", security(()),
    responses((status = 200, description = "An OpenAPI 3.1 document")))]
pub(crate) async fn document(State(app): State<App>) -> Response {
    let description = app.jobs.catalogs().current().description(openapi::document);
    ([(CONTENT_TYPE, super::JSON)], description).into_response()
}
