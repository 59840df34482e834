//! `/healthz` and `/readyz`: open to all, because what they tell is no secret.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::json;
use crate::app::App;
use crate::view::health::{HealthView, ReadinessView};

/// Whether the process is alive.
#[utoipa::path(get, path = "/healthz", tag = "operation", operation_id = "health", security(()),
    responses((status = 200, body = HealthView)))]
pub(crate) async fn healthz() -> Response {
    json(StatusCode::OK, &HealthView { status: "ok" })
}

/// Whether the process can do its work.
///
/// The broker is told of but does not count: jobs are accepted without it.
#[utoipa::path(get, path = "/readyz", tag = "operation", operation_id = "readiness", security(()),
    responses(
        (status = 200, body = ReadinessView, description = "Requests are welcome"),
        (status = 503, body = ReadinessView, description = "The database does not answer, or the clock is wrong"),
    ))]
pub(crate) async fn readyz(State(app): State<App>) -> Response {
    let readiness = app.health.readiness().await;
    let status = if readiness.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    json(status, &ReadinessView::from(readiness))
}
