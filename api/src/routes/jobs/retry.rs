//! `POST /v1/jobs/{job_id}/retry`.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::{get, not_found_as};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IgnoredBody, JobPath};
use crate::service::jobs::Retried;
use crate::service::keys::Actor;
use crate::view::error::ErrorEnvelope;
use crate::view::job::{JobView, WarningView};

/// Retry a job.
///
/// Queues a job again that failed, was cancelled or expired: the same id, without its error or its response, its data
/// kept for another full time. Takes no body; whatever small one is sent is ignored. Sent twice within a minute it
/// answers 200 both times.
#[utoipa::path(
    post,
    path = "/v1/jobs/{job_id}/retry",
    tag = "jobs",
    operation_id = "retry_job",
    params(
        ("job_id" = String, Path, description = "`job_` and 21 characters"),
        ("access_token" = Option<String>, Query, description = "An API key, instead of the header"),
    ),
    responses(
        (status = 200, body = JobView<'_>, description = "The job is queued again, or was a moment ago"),
        (status = 202, body = JobView<'_>,
            description = "The job is queued again; its dispatch is delayed, see `warnings`"),
        (status = 400, body = ErrorEnvelope,
            description = "`job_not_retryable`: `details.status` says why. `job_request_purged`: its request is no \
                longer stored. `body_incomplete`"),
        (status = 401, body = ErrorEnvelope, description = "`unauthorized`"),
        (status = 404, body = ErrorEnvelope, description = "`not_found`: no job of the organization has this id"),
        (status = 408, body = ErrorEnvelope, description = "`request_timeout`"),
        (status = 409, body = ErrorEnvelope,
            description = "`status_conflict`: its status changed while this request was under way; read it again"),
        (status = 413, body = ErrorEnvelope, description = "`body_too_large`"),
        (status = 503, body = ErrorEnvelope, description = "`overloaded`, `database_unavailable`"),
    )
)]
pub(crate) async fn retry_job(
    State(app): State<App>,
    actor: Actor,
    JobPath(id): JobPath,
    _: IgnoredBody,
) -> Result<Response, ApiError> {
    let Retried { found, delayed } = app.jobs.retry(actor, id).await.map_err(not_found_as(id))?;
    let code = if delayed { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok(get::answer(code, found, delayed.then(WarningView::dispatch_delayed)))
}
