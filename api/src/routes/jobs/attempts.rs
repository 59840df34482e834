//! `GET /v1/jobs/{job_id}/attempts`.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

use super::not_found_as;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{AttemptsQuery, JobPath};
use crate::routes::json_of;
use crate::routes::segments::Segments;
use crate::service::jobs::FoundAttempts;
use crate::service::keys::Actor;
use crate::view::attempt::AttemptList;
use crate::view::error::ErrorEnvelope;

/// List a job's attempts.
///
/// How each execution of the job went, oldest first: when, where, and why it failed if it did. They are kept as long as the
/// job's record, longer than its request and response.
#[utoipa::path(
    get,
    path = "/v1/jobs/{job_id}/attempts",
    tag = "jobs",
    operation_id = "list_job_attempts",
    params(
        ("job_id" = String, Path, description = "`job_` and 21 characters"),
        ("after" = Option<i32>, Query, minimum = 0, maximum = 2_147_483_647,
            description = "The `attempt` after which the page begins"),
        ("limit" = Option<u16>, Query, minimum = 1, maximum = 100, description = "Attempts on the page; 20 unless said"),
        ("access_token" = Option<String>, Query, description = "An API key, instead of the header"),
    ),
    responses(
        (status = 200, body = AttemptList),
        (status = 401, body = ErrorEnvelope, description = "`unauthorized`"),
        (status = 404, body = ErrorEnvelope, description = "`not_found`: no job of the organization has this id"),
        (status = 422, body = ErrorEnvelope, description = "`validation_error`"),
        (status = 503, body = ErrorEnvelope, description = "`overloaded`, `database_unavailable`"),
    )
)]
pub(crate) async fn list_job_attempts(
    State(app): State<App>,
    actor: Actor,
    JobPath(id): JobPath,
    AttemptsQuery(wanted): AttemptsQuery,
) -> Result<Response, ApiError> {
    let FoundAttempts { page, reserved } = app.jobs.attempts(actor, id, wanted).await.map_err(not_found_as(id))?;
    let mut segments = Segments::default();
    segments.held(&AttemptList::from(page), reserved);
    Ok(json_of(StatusCode::OK, segments))
}
