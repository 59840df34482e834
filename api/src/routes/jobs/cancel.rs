//! `POST /v1/jobs/{job_id}/cancel`.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::{get, not_found_as};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IgnoredBody, JobPath};
use crate::service::keys::Actor;
use crate::view::error::ErrorEnvelope;
use crate::view::job::JobView;

/// Cancel a job.
///
/// Takes no body; whatever small one is sent is ignored. A job that is running is cancelled at once too: its worker is
/// told to stop, and whatever it still answers is dropped.
#[utoipa::path(
    post,
    path = "/v1/jobs/{job_id}/cancel",
    tag = "jobs",
    operation_id = "cancel_job",
    params(
        ("job_id" = String, Path, description = "`job_` and 21 characters"),
        ("access_token" = Option<String>, Query, description = "An API key, instead of the header"),
    ),
    responses(
        (status = 200, body = JobView<'_>, description = "The job is cancelled"),
        (status = 400, body = ErrorEnvelope,
            description = "`job_not_cancellable`: it has ended, `details.status` says how. `body_incomplete`"),
        (status = 401, body = ErrorEnvelope, description = "`unauthorized`"),
        (status = 404, body = ErrorEnvelope, description = "`not_found`: no job of the organization has this id"),
        (status = 408, body = ErrorEnvelope, description = "`request_timeout`"),
        (status = 409, body = ErrorEnvelope,
            description = "`status_conflict`: it ended while this request was under way; read it again"),
        (status = 413, body = ErrorEnvelope, description = "`body_too_large`"),
        (status = 503, body = ErrorEnvelope, description = "`overloaded`, `database_unavailable`"),
    )
)]
pub(crate) async fn cancel_job(
    State(app): State<App>,
    actor: Actor,
    JobPath(id): JobPath,
    _: IgnoredBody,
) -> Result<Response, ApiError> {
    let found = app.jobs.cancel(actor, id).await.map_err(not_found_as(id))?;
    Ok(get::answer(StatusCode::OK, found, None))
}
