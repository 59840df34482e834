//! Reading one job.

use std::time::SystemTime;

use deadpool_postgres::Transaction;
use serde_json::{Map, Value};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::{Body, artifact};
use crate::domain::{JobId, OrganizationId, Progress, Status};
use crate::store::{Statement, Store, StoreError};

pub(super) const GET: Statement = Statement::new("jobs.get", include_str!("get.sql"));

/// Which payloads to read with a job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Include {
    /// The request.
    pub request: bool,
    /// The response, which only a completed job has.
    pub response: bool,
}

/// Why a job failed.
#[derive(Debug, Clone, PartialEq)]
pub struct JobError {
    /// A [`crate::domain::FailureCode`].
    pub code: String,
    /// For people.
    pub message: String,
    /// For programs.
    pub details: Option<Value>,
}

/// What a completed job answered.
#[derive(Debug, Clone, PartialEq)]
pub struct JobResult {
    /// The status code that the target endpoint would have answered with.
    pub status_code: i32,
    /// The body.
    pub body: Body,
}

/// A job as its organization sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Its owner.
    pub organization: OrganizationId,
    /// The target endpoint's path.
    pub endpoint: String,
    /// Its status, `expired` derived.
    pub status: Status,
    /// When it was accepted.
    pub created_at: SystemTime,
    /// When its first attempt of this generation began.
    pub started_at: Option<SystemTime>,
    /// When it completed, failed or was cancelled.
    pub completed_at: Option<SystemTime>,
    /// When its data may go.
    pub expires_at: SystemTime,
    /// When its last attempt began.
    pub last_attempt_at: Option<SystemTime>,
    /// Attempts begun.
    pub attempt_count: i32,
    /// Why the last failed attempt failed.
    pub last_failure_code: Option<String>,
    /// The client cancelled it.
    pub cancelled: bool,
    /// The earliest time that the client wants it to run at.
    pub run_at: Option<SystemTime>,
    /// How far its attempt is, while it is in progress and has told.
    pub progress: Option<Progress>,
    /// The client's metadata.
    pub metadata: Option<Map<String, Value>>,
    /// Why it failed, when it did.
    pub error: Option<JobError>,
    /// What the client should know of its result; lists read it with the response alone.
    pub warnings: Option<Value>,
    /// The request, when it was asked for and is still stored.
    pub request: Option<Body>,
    /// The response, when it was asked for and there is one.
    pub result: Option<JobResult>,
}

impl Store {
    /// A job of an organization.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn find_job(
        &self,
        organization: OrganizationId,
        job: JobId,
        include: Include,
    ) -> Result<Option<Job>, StoreError> {
        let rows = self.query(GET, &[&job.uuid(), &organization.uuid(), &include.request, &include.response]).await?;
        rows.first().map(found).transpose()
    }
}

/// A job as a transaction has left it, which has locked it.
pub(super) async fn read(
    transaction: &Transaction<'_>,
    organization: OrganizationId,
    job: JobId,
    include: Include,
) -> Result<Job, StoreError> {
    let failed = |source| StoreError::from_postgres(GET.name, source);
    let get = transaction.prepare_cached(GET.sql).await.map_err(failed)?;
    let parameters: [&(dyn ToSql + Sync); 4] = [&job.uuid(), &organization.uuid(), &include.request, &include.response];
    found(&transaction.query_one(&get, &parameters).await.map_err(failed)?)
}

fn progress(row: &Row) -> Result<Option<Progress>, StoreError> {
    let Some(stage) = row.get::<_, Option<&str>>("progress_stage") else { return Ok(None) };
    let stage = stage.parse().map_err(|_| StoreError::Unknown { what: "running.progress_stage" })?;
    let count = |name| u32::try_from(row.get::<_, i32>(name)).unwrap_or(0);
    Ok(Some(Progress { stage, done: count("progress_done"), total: count("progress_total") }))
}

/// The job of a row.
pub(super) fn found(row: &Row) -> Result<Job, StoreError> {
    let error_code: Option<String> = row.get("error_code");
    let request_bytes: Option<i64> = row.get("request_bytes");
    let body_bytes: Option<i64> = row.get("body_bytes");
    let metadata: Option<Value> = row.get("metadata");
    Ok(Job {
        id: JobId::from_uuid(row.get("id")),
        organization: OrganizationId::from_uuid(row.get("organization_id")),
        endpoint: row.get("endpoint"),
        status: row.get::<_, &str>("status").parse().map_err(|_| StoreError::Unknown { what: "jobs.status" })?,
        created_at: row.get("created_at"),
        started_at: row.get("started_at"),
        completed_at: row.get("completed_at"),
        expires_at: row.get("expires_at"),
        last_attempt_at: row.get("last_attempt_at"),
        attempt_count: row.get("attempt_count"),
        last_failure_code: row.get("last_failure_code"),
        cancelled: row.get("cancelled"),
        run_at: row.get("run_at"),
        progress: progress(row)?,
        metadata: match metadata {
            Some(Value::Object(map)) => Some(map),
            _ => None,
        },
        error: error_code.map(|code| JobError {
            code,
            message: row.get("error_message"),
            details: row.get("error_details"),
        }),
        request: request_bytes
            .map(|bytes| {
                let artifacts = artifact::of_row(row, "request_artifacts")?;
                Body::stored(row.get("request"), row.get("request_object"), bytes, artifacts)
            })
            .transpose()?,
        warnings: row.get("warnings"),
        result: body_bytes
            .map(|bytes| {
                let artifacts = artifact::of_row(row, "body_artifacts")?;
                Ok::<_, StoreError>(JobResult {
                    status_code: row.get("status_code"),
                    body: Body::stored(row.get("body"), row.get("body_object"), bytes, artifacts)?,
                })
            })
            .transpose()?,
    })
}
