//! The first half of every transition that may wait for another one: the row is locked before anything else is read.

use std::time::Duration;

use deadpool_postgres::Transaction;
use tokio_postgres::Row;

use crate::domain::{JobId, OrganizationId, Status};
use crate::store::{Statement, StoreError};

pub(super) const LOCK: Statement = Statement::new("jobs.lock", include_str!("lock.sql"));

/// What decides whether a client may cancel or retry a job.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Its status as its clients see it, `expired` derived.
    pub(super) status: Status,
    /// How long ago a client retried it.
    retried_ago: Option<Duration>,
}

impl Seen {
    pub(super) fn of(row: &Row) -> Result<Self, StoreError> {
        let status = row.get::<_, &str>("status");
        // Negative when the retry began after this transaction did: it was waited for.
        let seconds: Option<f64> = row.get("retried_ago");
        Ok(Self {
            status: status.parse().map_err(|_| StoreError::Unknown { what: "jobs.status" })?,
            retried_ago: seconds.map(|seconds| Duration::try_from_secs_f64(seconds).unwrap_or_default()),
        })
    }

    /// A client has retried it no longer ago than this, and that retry has not ended yet.
    pub(super) fn is_retried_within(&self, repeat: Duration) -> bool {
        !self.status.is_terminal() && self.retried_ago.is_some_and(|ago| ago <= repeat)
    }
}

/// Locks a job of an organization, for the statement that follows. `None` when there is no such job.
pub(super) async fn lock(
    transaction: &Transaction<'_>,
    organization: OrganizationId,
    job: JobId,
) -> Result<Option<Seen>, StoreError> {
    let failed = |source| StoreError::from_postgres(LOCK.name, source);
    let lock = transaction.prepare_cached(LOCK.sql).await.map_err(failed)?;
    let row = transaction.query_opt(&lock, &[&job.uuid(), &organization.uuid()]).await.map_err(failed)?;
    row.as_ref().map(Seen::of).transpose()
}
