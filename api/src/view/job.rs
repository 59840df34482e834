//! The job (contract A.4).

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use shared::domain::unix_seconds;
use utoipa::ToSchema;

use super::words::{JobFailureCode, JobIdText, JobStatus, Metadata, OrganizationIdText, ProgressStage};
use crate::service::jobs::{Job, Lost, Which};

/// A job. Describes what is written in parts: see `routes::jobs::write_job`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobView<'a> {
    #[serde(flatten)]
    pub(crate) status: JobStatusView,
    /// The request as the client sent it; null unless it was asked for.
    #[schema(required, value_type = Option<Object>)]
    pub(crate) request: Option<&'a RawValue>,
    /// What the target endpoint answered; null unless the job is completed and it was asked for.
    #[schema(required)]
    pub(crate) response: Option<ResponseView<'a>>,
}

/// A page of jobs. Describes what is written in parts, as [`JobView`] does.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobList<'a> {
    /// Always `list`.
    #[schema(pattern = "^list$", example = "list")]
    pub(crate) object: &'static str,
    pub(crate) data: Vec<JobView<'a>>,
    /// The first job's id; null on an empty page. As `before` it leads to the page before.
    #[schema(required, value_type = Option<JobIdText>)]
    pub(crate) first_id: Option<String>,
    /// The last job's id; null on an empty page. As `after` it leads to the page after.
    #[schema(required, value_type = Option<JobIdText>)]
    pub(crate) last_id: Option<String>,
    /// More jobs exist in the direction of travel.
    pub(crate) has_more: bool,
}

/// What the target endpoint answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResponseView<'a> {
    #[schema(example = 200)]
    pub(crate) status_code: i32,
    /// As the target endpoint's schema says.
    #[schema(value_type = Object)]
    pub(crate) body: &'a RawValue,
}

/// A job without its payloads. Every member is always there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobStatusView {
    #[schema(value_type = JobIdText)]
    id: String,
    /// Always `job`.
    #[schema(pattern = "^job$", example = "job")]
    object: &'static str,
    #[schema(value_type = JobStatus)]
    status: &'static str,
    /// The target endpoint. It may have been taken out of service since.
    #[schema(example = "/v1/documents/parse")]
    endpoint: String,
    /// Why it failed, if it did.
    #[schema(required)]
    error: Option<JobErrorView>,
    /// What the client should know although nothing failed.
    #[schema(required)]
    pub(crate) warnings: Option<Vec<WarningView>>,
    /// Seconds since 1970, like every time here.
    created_at: i64,
    #[schema(required)]
    started_at: Option<i64>,
    /// When it completed, failed or was cancelled.
    #[schema(required)]
    completed_at: Option<i64>,
    /// When its request and response are deleted.
    expires_at: i64,
    #[schema(value_type = OrganizationIdText)]
    organization_id: String,
    #[schema(required, value_type = Option<Metadata>)]
    metadata: Option<Map<String, Value>>,
    /// The earliest time that the client wants it to run at.
    run_at: Option<i64>,
    /// How far its attempt is; null unless it is in progress and has told.
    #[schema(required)]
    progress: Option<ProgressView>,
    /// The client cancelled it.
    cancelled: bool,
    /// Attempts that have begun; a retry goes on counting.
    #[schema(minimum = 0)]
    attempt_count: i32,
    #[schema(required)]
    last_attempt_at: Option<i64>,
    #[schema(required, value_type = Option<JobFailureCode>)]
    last_failure_code: Option<String>,
    /// Always null: internal to the hosted service.
    #[schema(required)]
    cloud_task_name: Option<String>,
    /// Always null: internal to the hosted service.
    #[schema(required, value_type = Option<Vec<String>>)]
    request_gcs_paths: Option<Vec<String>>,
}

/// How far an attempt is. Told every two seconds or so.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProgressView {
    #[schema(value_type = ProgressStage)]
    stage: &'static str,
    /// Pages that are finished.
    #[schema(minimum = 0)]
    done: u32,
    /// Pages in all.
    #[schema(minimum = 0)]
    total: u32,
}

/// Why a job failed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobErrorView {
    #[schema(value_type = JobFailureCode)]
    code: String,
    /// For people: what happened and by which rule.
    message: String,
    /// For programs: the values behind the message.
    #[schema(required, value_type = Option<Object>)]
    details: Option<Value>,
}

/// Something that the client should know although nothing failed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct WarningView {
    /// `dispatch_delayed`, `request_restore_failed`, `response_restore_failed`, or a word of the endpoint's, as
    /// `schema_unsatisfied`.
    #[schema(example = "dispatch_delayed")]
    code: String,
    /// For people.
    message: String,
    /// For programs: the values behind the message.
    #[schema(required, value_type = Option<Object>)]
    details: Option<Value>,
}

impl From<Job> for JobStatusView {
    fn from(job: Job) -> Self {
        Self {
            id: job.id.to_string(),
            object: "job",
            status: job.status.as_str(),
            endpoint: job.endpoint,
            error: job.error.map(|error| JobErrorView {
                code: error.code,
                message: error.message,
                details: error.details,
            }),
            warnings: job.warnings.and_then(|stored| serde_json::from_value(stored).ok()),
            created_at: unix_seconds(job.created_at),
            started_at: job.started_at.map(unix_seconds),
            completed_at: job.completed_at.map(unix_seconds),
            expires_at: unix_seconds(job.expires_at),
            organization_id: job.organization.to_string(),
            metadata: job.metadata,
            run_at: job.run_at.map(unix_seconds),
            progress: job.progress.map(|progress| ProgressView {
                stage: progress.stage.as_str(),
                done: progress.done,
                total: progress.total,
            }),
            cancelled: job.cancelled,
            attempt_count: job.attempt_count,
            last_attempt_at: job.last_attempt_at.map(unix_seconds),
            last_failure_code: job.last_failure_code,
            cloud_task_name: None,
            request_gcs_paths: None,
        }
    }
}

impl JobStatusView {
    /// The same with one more warning.
    pub(crate) fn warn(&mut self, warning: WarningView) {
        self.warnings.get_or_insert_default().push(warning);
    }
}

impl WarningView {
    /// The job is stored and will run; the broker does not know of it yet.
    pub(crate) fn dispatch_delayed() -> Self {
        let message =
            "the job is stored and will run, but its dispatch is delayed; poll it instead of creating another";
        Self { code: "dispatch_delayed".to_owned(), message: message.to_owned(), details: None }
    }

    /// A payload could not be read back.
    pub(crate) fn lost(lost: Lost) -> Self {
        let (code, what) = match lost.which {
            Which::Request => ("request_restore_failed", "request"),
            Which::Response => ("response_restore_failed", "response"),
        };
        Self {
            code: code.to_owned(),
            message: format!("the {what} is stored but cannot be read at the moment"),
            details: Some(json!({ "path": lost.path })),
        }
    }
}
