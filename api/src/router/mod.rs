//! Every route, in one table.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::app::App;
use crate::middleware::{discard_unread, limit_heads, observe};
use crate::routes::{self, health, jobs, metrics, openapi};

/// The routes. `observe` is the outermost layer: it sees every request, matched or not, and every panic.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/v1/jobs", post(jobs::create::create_job).get(jobs::list::list_jobs))
        .route("/v1/jobs/{job_id}", get(jobs::get::get_job))
        .route("/v1/jobs/{job_id}/attempts", get(jobs::attempts::list_job_attempts))
        .route("/v1/jobs/{job_id}/cancel", post(jobs::cancel::cancel_job))
        .route("/v1/jobs/{job_id}/retry", post(jobs::retry::retry_job))
        .route("/v1/jobs/{job_id}/status", get(jobs::status::get_job_status))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(metrics::render))
        .route("/openapi.json", get(openapi::document))
        .fallback(routes::not_found)
        .method_not_allowed_fallback(routes::method_not_allowed)
        // Bodies have a cap and a budget of our own.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), limit_heads))
        .layer(from_fn(discard_unread))
        .layer(from_fn_with_state(app.clone(), observe))
        .with_state(app)
}

#[cfg(test)]
mod tests;
