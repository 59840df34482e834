//! `/v1/jobs`.

pub(crate) mod attempts;
pub(crate) mod cancel;
pub(crate) mod create;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod retry;
pub(crate) mod status;

use shared::domain::JobId;

use super::segments::Segments;
use crate::error::ApiError;
use crate::service::ServiceError;
use crate::service::jobs::{Content, Found, Response};
use crate::view::job::{JobStatusView, WarningView};

/// Names the job that was not found.
fn not_found_as(id: JobId) -> impl FnOnce(ServiceError) -> ApiError {
    move |error| match error {
        ServiceError::JobNotFound => ApiError::JobNotFound(id.to_string()),
        other => other.into(),
    }
}

/// Writes a job with its payloads: a [`crate::view::job::JobView`], in parts.
fn write_job(segments: &mut Segments, status: &JobStatusView, request: Option<Content>, response: Option<Response>) {
    segments.open(status);
    segments.text(",\"request\":");
    match request {
        Some(request) => segments.payload(request),
        None => segments.text("null"),
    }
    match response {
        Some(Response { status_code, body }) => {
            segments.text(&format!(",\"response\":{{\"status_code\":{status_code},\"body\":"));
            segments.payload(body);
            segments.text("}}");
        }
        None => segments.text(",\"response\":null}"),
    }
}

/// Writes a job that was found, with what is to be said of it, and one more warning.
fn write_found(segments: &mut Segments, found: Found, warning: Option<WarningView>) {
    let Found { job, request, response, lost } = found;
    let mut status = JobStatusView::from(job);
    lost.into_iter().map(WarningView::lost).chain(warning).for_each(|warning| status.warn(warning));
    write_job(segments, &status, request, response);
}
