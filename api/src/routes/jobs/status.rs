//! `GET /v1/jobs/{job_id}/status`.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::not_found_as;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::JobPath;
use crate::routes::json;
use crate::service::jobs::Include;
use crate::service::keys::Actor;
use crate::view::error::ErrorEnvelope;
use crate::view::job::JobStatusView;

/// Retrieve a job's status.
///
/// The job without `request` and `response`: what to poll.
#[utoipa::path(
    get,
    path = "/v1/jobs/{job_id}/status",
    tag = "jobs",
    operation_id = "retrieve_job_status",
    params(
        ("job_id" = String, Path, description = "`job_` and 21 characters"),
        ("access_token" = Option<String>, Query, description = "An API key, instead of the header"),
    ),
    responses(
        (status = 200, body = JobStatusView),
        (status = 401, body = ErrorEnvelope, description = "`unauthorized`"),
        (status = 404, body = ErrorEnvelope, description = "`not_found`: no job of the organization has this id"),
        (status = 503, body = ErrorEnvelope, description = "`database_unavailable`"),
    )
)]
pub(crate) async fn get_job_status(
    State(app): State<App>,
    actor: Actor,
    JobPath(id): JobPath,
) -> Result<Response, ApiError> {
    let found = app.jobs.get(actor, id, Include::default()).await.map_err(not_found_as(id))?;
    Ok(json(StatusCode::OK, &JobStatusView::from(found.job)))
}
