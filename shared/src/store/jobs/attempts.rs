//! The attempts of a job.

use std::time::SystemTime;

use tokio_postgres::Row;

use crate::domain::{JobId, OrganizationId};
use crate::store::{Statement, Store, StoreError};

pub(super) const LIST: Statement = Statement::new("jobs.attempts", include_str!("attempts.sql"));

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

/// A page of the attempts of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptsPage {
    /// Oldest first.
    pub attempts: Vec<Attempt>,
    /// There are later ones.
    pub has_more: bool,
}

impl Store {
    /// Up to `limit` attempts of an organization's job, those after attempt `after`; `None` when it has no such job. Of
    /// an expired job they are shown without what failures said of its data.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn attempts(
        &self,
        organization: OrganizationId,
        job: JobId,
        after: i32,
        limit: u16,
    ) -> Result<Option<AttemptsPage>, StoreError> {
        let one_more = i64::from(limit) + 1;
        let rows = self.query(LIST, &[&job.uuid(), &organization.uuid(), &after, &one_more]).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let mut attempts: Vec<Attempt> = rows.iter().filter_map(attempt).collect();
        let has_more = attempts.len() > usize::from(limit);
        attempts.truncate(limit.into());
        Ok(Some(AttemptsPage { attempts, has_more }))
    }
}

/// The attempt of a row; a job without any has one row that holds none.
fn attempt(row: &Row) -> Option<Attempt> {
    Some(Attempt {
        attempt: row.get::<_, Option<i32>>("attempt")?,
        generation: row.get("generation"),
        worker: row.get("worker_id"),
        started_at: row.get("started_at"),
        ended_at: row.get("ended_at"),
        outcome: row.get("outcome"),
        code: row.get("code"),
        message: row.get("message"),
        details: row.get("details"),
        trace_id: row.get("trace_id"),
    })
}
