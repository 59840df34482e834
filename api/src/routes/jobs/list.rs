//! `GET /v1/jobs`.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::json;

use super::write_found;
use crate::app::App;
use crate::error::ApiError;
use crate::extract::{ListParameters, ListQuery};
use crate::routes::json_of;
use crate::routes::segments::Segments;
use crate::service::jobs::{Found, FoundPage};
use crate::service::keys::Actor;
use crate::view::error::ErrorEnvelope;
use crate::view::job::JobList;

/// List jobs.
///
/// The youngest first, light, 20 to a page, unless asked otherwise. Filters are combined: a job on the list has all of
/// what is asked for. A parameter is given once and has a value; only `document_type` may be repeated. Parameters that are
/// not known are ignored.
///
/// A page is filled by looking at jobs in their order. When most of them do not match, this ends after a while with
/// `filter_too_broad`: then `from_date` helps, or a filter that leads to fewer jobs (`status`, `endpoint`, `project_id`,
/// `workflow_id`, `workflow_node_id`).
#[utoipa::path(
    get,
    path = "/v1/jobs",
    tag = "jobs",
    operation_id = "list_jobs",
    params(ListParameters),
    responses(
        (status = 200, body = JobList<'_>),
        (status = 400, body = ErrorEnvelope,
            description = "`invalid_date`: `from_date` or `to_date`. `invalid_cursor`: the organization has no job of \
                the id in `after` or `before`"),
        (status = 401, body = ErrorEnvelope, description = "`unauthorized`"),
        (status = 422, body = ErrorEnvelope, description = "`validation_error`, `filter_too_broad`"),
        (status = 503, body = ErrorEnvelope, description = "`overloaded`, `database_unavailable`"),
    )
)]
pub(crate) async fn list_jobs(
    State(app): State<App>,
    actor: Actor,
    ListQuery(list): ListQuery,
) -> Result<Response, ApiError> {
    Ok(answer(app.jobs.list(actor, list).await?))
}

fn answer(page: FoundPage) -> Response {
    let FoundPage { jobs, has_more } = page;
    let id_of = |found: &Found| found.job.id.to_string();
    let (first_id, last_id) = (jobs.first().map(id_of), jobs.last().map(id_of));
    let mut segments = Segments::default();
    segments.text(r#"{"object":"list","data":["#);
    for (index, found) in jobs.into_iter().enumerate() {
        if index > 0 {
            segments.text(",");
        }
        write_found(&mut segments, found, None);
    }
    segments.text("],");
    segments.close(&json!({ "first_id": first_id, "last_id": last_id, "has_more": has_more }));
    json_of(StatusCode::OK, segments)
}
