//! `/metrics`, in the text format of Prometheus.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use metrics::gauge;

use crate::app::App;

/// The metrics of this process.
#[utoipa::path(get, path = "/metrics", tag = "operation", operation_id = "metrics", security(()),
    responses((status = 200, content_type = "text/plain", body = String)))]
pub(crate) async fn render(State(app): State<App>) -> Response {
    let (open, in_use) = app.health.connections();
    #[expect(clippy::cast_precision_loss, reason = "a gauge is a float; pools are far below 2^52")]
    for (state, connections) in [("open", open as f64), ("in_use", in_use as f64)] {
        gauge!("quire_database_connections", "state" => state).set(connections);
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], app.metrics.render()).into_response()
}
