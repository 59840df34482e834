//! `POST /v1/jobs`.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode};
use shared::contract::ParseRequest;
use utoipa::ToSchema;

use super::write_job;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{KeyHeader, Traceparent};
use crate::middleware::Notes;
use crate::routes::json_of;
use crate::routes::segments::Segments;
use crate::service::jobs::{Created, Payload, Submission};
use crate::service::keys::Actor;
use crate::view::error::ErrorEnvelope;
use crate::view::job::{JobStatusView, JobView, WarningView};
use crate::view::words::{ExecutedEndpointPath, Metadata};

/// Says that the job was there already.
const REPLAYED: &str = "idempotent-replayed";

// Shown in the OpenAPI document; the body itself is checked piece by piece, so that every broken rule is named and the
// request is kept as it was written.
/// A job to be created. Other members are ignored.
#[derive(ToSchema)]
#[schema(as = CreateJobRequest)]
#[expect(dead_code, reason = "describes the body")]
pub(crate) struct CreateJobRequest {
    #[schema(value_type = ExecutedEndpointPath)]
    endpoint: String,
    /// The request for the target endpoint.
    #[schema(value_type = ParseRequest)]
    request: serde_json::Value,
    #[schema(value_type = Option<Metadata>)]
    metadata: Option<serde_json::Value>,
    /// The earliest time to run at: not more than a minute in the past, and not further ahead than requests are kept.
    /// A job that has not started when its `expires_at` comes expires.
    run_at: Option<RunAt>,
}

/// A time: a text of RFC 3339 with its offset, or whole seconds since 1970.
#[derive(ToSchema)]
#[schema(as = RunAt)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes a part of the body")]
pub(crate) enum RunAt {
    /// RFC 3339, with an offset.
    #[schema(example = "2026-09-21T16:13:20+02:00", format = DateTime)]
    Text(String),
    /// Seconds since 1970.
    #[schema(example = 1_790_000_000)]
    UnixSeconds(i64),
}

/// Create a job.
///
/// The job is stored before the answer is sent. With an `Idempotency-Key` the same request may be sent again: it answers
/// with the job that the first one made.
#[utoipa::path(
    post,
    path = "/v1/jobs",
    tag = "jobs",
    operation_id = "create_job",
    params(
        ("idempotency-key" = Option<String>, Header, description = "1 to 255 visible ASCII characters"),
        ("access_token" = Option<String>, Query, description = "An API key, instead of the header"),
    ),
    request_body = CreateJobRequest,
    responses(
        (status = 200, body = JobView<'_>, description = "The job is queued, or was made before by the same key",
            headers(("idempotent-replayed" = Option<String>, description = "`true` when the job was there already"))),
        (status = 202, body = JobView<'_>, description = "The job is stored; its dispatch is delayed, see `warnings`"),
        (status = 401, body = ErrorEnvelope, description = "`unauthorized`"),
        (status = 408, body = ErrorEnvelope, description = "`request_timeout`"),
        (status = 409, body = ErrorEnvelope, description = "`idempotency_key_reused` or `extraction_id_taken`"),
        (status = 413, body = ErrorEnvelope, description = "`body_too_large`"),
        (status = 422, body = ErrorEnvelope,
            description = "`malformed_json`, `validation_error` or `endpoint_not_available`"),
        (status = 503, body = ErrorEnvelope,
            description = "`overloaded`, `database_unavailable`, `object_store_unavailable`: nothing was stored. \
                `outcome_unknown`: the job in `details.job_id` may be"),
    )
)]
pub(crate) async fn create_job(
    State(app): State<App>,
    actor: Actor,
    KeyHeader(idempotency_key): KeyHeader,
    Traceparent(traceparent): Traceparent,
    notes: Notes,
    body: Payload,
) -> Result<Response, ApiError> {
    let created = app.jobs.create(Submission { actor, idempotency_key, body, traceparent }).await?;
    notes.job(created.job.id);
    Ok(answer(created))
}

fn answer(created: Created) -> Response {
    let Created { job, request, replayed, delayed } = created;
    let mut status = JobStatusView::from(job);
    if delayed {
        status.warn(WarningView::dispatch_delayed());
    }
    let mut segments = Segments::default();
    write_job(&mut segments, &status, Some(request), None);
    let code = if delayed { StatusCode::ACCEPTED } else { StatusCode::OK };
    let mut response = json_of(code, segments);
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
    response
}
