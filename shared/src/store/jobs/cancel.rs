//! Cancelling a job: lock, then act with a fresh snapshot.
//!
//! One statement would not do: after waiting for the row's lock it reads `jobs` anew, but `running` and `outbox` with
//! its old snapshot, and leaves a lease or an outbox row behind.

use crate::domain::{JobId, OrganizationId, Status};
use crate::store::{Statement, Store, StoreError};

pub(super) const LOCK: Statement = Statement::new("jobs.lock", include_str!("lock.sql"));
pub(super) const CANCEL: Statement = Statement::new("jobs.cancel", include_str!("cancel.sql"));

/// What cancelling did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CancelOutcome {
    /// The organization has no such job.
    NotFound,
    /// It had ended before it was asked for.
    Settled(Status),
    /// It was open when it was first read and had ended once its lock was had.
    Overtaken(Status),
    /// It is cancelled; the worker, if one held it, is to be told.
    Cancelled {
        /// Who was running it.
        worker: Option<String>,
    },
}

impl Store {
    /// Cancels a job of an organization.
    ///
    /// # Errors
    /// [`StoreError`]; may be sent again, and then answers `Settled`.
    pub async fn cancel(&self, organization: OrganizationId, job: JobId) -> Result<CancelOutcome, StoreError> {
        let failed = |source| StoreError::from_postgres(CANCEL.name, source);
        match self.status_of(organization, job).await? {
            None => return Ok(CancelOutcome::NotFound),
            Some(status) if status.is_terminal() => return Ok(CancelOutcome::Settled(status)),
            Some(_) => {}
        }
        let (id, owner) = (job.uuid(), organization.uuid());
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await.map_err(failed)?;
        let Some(row) = transaction.query_opt(LOCK.sql, &[&id, &owner]).await.map_err(failed)? else {
            return Ok(CancelOutcome::NotFound);
        };
        let status: Status =
            row.get::<_, &str>("status").parse().map_err(|_| StoreError::Unknown { what: "jobs.status" })?;
        if status.is_terminal() {
            return Ok(CancelOutcome::Overtaken(status));
        }
        let row = transaction.query_one(CANCEL.sql, &[&id, &owner]).await.map_err(failed)?;
        let worker = row.get("worker_id");
        transaction.commit().await.map_err(failed)?;
        Ok(CancelOutcome::Cancelled { worker })
    }
}
