//! `GET /v1/jobs/{job_id}`.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::{not_found_as, write_found};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IncludeQuery, JobPath};
use crate::routes::json_of;
use crate::routes::segments::Segments;
use crate::service::jobs::Found;
use crate::service::keys::Actor;
use crate::view::error::ErrorEnvelope;
use crate::view::job::{JobView, WarningView};

/// Retrieve a job.
///
/// Light by default: `request` and `response` are null unless they are asked for.
#[utoipa::path(
    get,
    path = "/v1/jobs/{job_id}",
    tag = "jobs",
    operation_id = "retrieve_job",
    params(
        ("job_id" = String, Path, description = "`job_` and 21 characters"),
        ("include_request" = Option<bool>, Query, description = "Default false"),
        ("include_response" = Option<bool>, Query, description = "Default false"),
        ("access_token" = Option<String>, Query, description = "An API key, instead of the header"),
    ),
    responses(
        (status = 200, body = JobView<'_>),
        (status = 401, body = ErrorEnvelope, description = "`unauthorized`"),
        (status = 404, body = ErrorEnvelope, description = "`not_found`: no job of the organization has this id"),
        (status = 422, body = ErrorEnvelope, description = "`validation_error`"),
        (status = 503, body = ErrorEnvelope, description = "`overloaded`, `database_unavailable`"),
    )
)]
pub(crate) async fn get_job(
    State(app): State<App>,
    actor: Actor,
    JobPath(id): JobPath,
    IncludeQuery(include): IncludeQuery,
) -> Result<Response, ApiError> {
    let found = app.jobs.get(actor, id, include).await.map_err(not_found_as(id))?;
    Ok(answer(StatusCode::OK, found, None))
}

/// The job with its payloads, and one more warning.
pub(super) fn answer(code: StatusCode, found: Found, warning: Option<WarningView>) -> Response {
    let mut segments = Segments::default();
    write_found(&mut segments, found, warning);
    json_of(code, segments)
}
