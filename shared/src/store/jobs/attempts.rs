//! The attempts of a job.

use std::time::SystemTime;

use crate::domain::{JobId, OrganizationId};
use crate::store::{Statement, Store, StoreError};

pub(super) const LIST: Statement = Statement::new(
    "jobs.attempts",
    "-- jobs.attempts
select a.generation, a.attempt, a.worker_id, a.started_at, a.ended_at, a.outcome, a.code, a.message, a.details::text as details,
  a.trace_id
from job_attempts a
join jobs j on j.id = a.id
where j.id = $1 and j.organization_id = $2
order by a.attempt
limit $3",
);

/// One execution of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The user's retries before it.
    pub generation: i32,
    /// Its number, from 1; never restarts.
    pub attempt: i32,
    /// Who ran it.
    pub worker: String,
    /// When it was claimed.
    pub started_at: SystemTime,
    /// When it ended.
    pub ended_at: Option<SystemTime>,
    /// How it ended: completed, failed, retried, cancelled, lost or released.
    pub outcome: Option<String>,
    /// Why it failed.
    pub code: Option<String>,
    /// Why it failed, for people.
    pub message: Option<String>,
    /// Why it failed, for programs: JSON.
    pub details: Option<String>,
    /// The trace of the attempt.
    pub trace_id: Option<String>,
}

impl Store {
    /// The first `limit` attempts of an organization's job; none when it has no such job.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn attempts(
        &self,
        organization: OrganizationId,
        job: JobId,
        limit: i64,
    ) -> Result<Vec<Attempt>, StoreError> {
        let rows = self.query(LIST, &[&job.uuid(), &organization.uuid(), &limit]).await?;
        let attempt = |row: &tokio_postgres::Row| Attempt {
            generation: row.get("generation"),
            attempt: row.get("attempt"),
            worker: row.get("worker_id"),
            started_at: row.get("started_at"),
            ended_at: row.get("ended_at"),
            outcome: row.get("outcome"),
            code: row.get("code"),
            message: row.get("message"),
            details: row.get("details"),
            trace_id: row.get("trace_id"),
        };
        Ok(rows.iter().map(attempt).collect())
    }
}
