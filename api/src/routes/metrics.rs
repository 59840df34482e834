//! `/metrics`, in the text format of Prometheus.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;

use crate::app::App;

/// The metrics of this process.
#[utoipa::path(get, path = "/metrics", tag = "operation", operation_id = "metrics", security(()),
    responses((status = 200, content_type = "text/plain", body = String)))]
pub(crate) async fn render(State(app): State<App>) -> Response {
    app.health.tell_connections();
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render()).into_response()
}
