//! `GET /v1/jobs/{job_id}`.

use axum::body::Body;
use axum::extract::State;
use bytes::Bytes;
use http::StatusCode;

use super::{not_found_as, raw};
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{IncludeQuery, JobPath};
use crate::routes::json_holding;
use crate::service::ServiceError;
use crate::service::budget::Reserved;
use crate::service::jobs::{Found, Payload, Response};
use crate::service::keys::Actor;
use crate::view::error::ErrorEnvelope;
use crate::view::job::{JobStatusView, JobView, ResponseView, WarningView};

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
) -> Result<http::Response<Body>, ApiError> {
    let found = app.jobs.get(actor, id, include).await.map_err(not_found_as(id))?;
    answer(StatusCode::OK, found, None)
}

/// The job with its payloads, and one more warning.
pub(super) fn answer(
    code: StatusCode,
    found: Found,
    warning: Option<WarningView>,
) -> Result<http::Response<Body>, ApiError> {
    let mut reserved = Vec::new();
    let (mut status, payloads) = take_apart(found, &mut reserved);
    warning.into_iter().for_each(|warning| status.warn(warning));
    Ok(json_holding(code, &payloads.view(status)?, reserved))
}

/// The payloads of a job that was found.
pub(super) struct Payloads {
    request: Option<Bytes>,
    response: Option<(i32, Bytes)>,
}

/// The job without its payloads, and them. What they take of the budget is to be held until the answer is sent.
pub(super) fn take_apart(found: Found, reserved: &mut Vec<Reserved>) -> (JobStatusView, Payloads) {
    let Found { job, request, response, warnings, lost } = found;
    let mut status = JobStatusView::from(job);
    status.warnings = warnings.and_then(|stored| serde_json::from_value(stored).ok());
    lost.into_iter().map(WarningView::lost).for_each(|warning| status.warn(warning));
    let mut bytes_of = |payload: Payload| {
        reserved.push(payload.reserved);
        payload.bytes
    };
    let request = request.map(&mut bytes_of);
    let response = response.map(|Response { status_code, body }| (status_code, bytes_of(body)));
    (status, Payloads { request, response })
}

impl Payloads {
    /// The job with its payloads.
    pub(super) fn view(&self, status: JobStatusView) -> Result<JobView<'_>, ServiceError> {
        Ok(JobView {
            status,
            request: self.request.as_ref().map(raw).transpose()?,
            response: match &self.response {
                Some((status_code, body)) => Some(ResponseView { status_code: *status_code, body: raw(body)? }),
                None => None,
            },
        })
    }
}
