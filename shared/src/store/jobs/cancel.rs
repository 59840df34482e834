//! Cancelling a job: lock, then act with a fresh snapshot.
//!
//! One statement would not do: after waiting for the row's lock it reads `jobs` anew, but `running` and `outbox` with
//! its old snapshot, and leaves a lease or an outbox row behind.

use super::get::{self, Include, Job};
use super::lock::lock;
use crate::domain::{JobId, Lease, LeaseToken, OrganizationId, Status};
use crate::store::{Statement, Store, StoreError};

pub(super) const CANCEL: Statement = Statement::new("jobs.cancel", include_str!("cancel.sql"));

/// What cancelling did.
#[derive(Debug, Clone, PartialEq)]
pub enum CancelOutcome {
    /// The organization has no such job.
    NotFound,
    /// It had ended before it was asked for.
    Settled(Status),
    /// It was open when it was first read and had ended once its lock was had.
    Overtaken(Status),
    /// It is cancelled.
    Cancelled(Box<Cancelled>),
}

/// A job that was just cancelled.
#[derive(Debug, Clone, PartialEq)]
pub struct Cancelled {
    /// The job as the cancel left it, with its request.
    pub job: Job,
    /// Its status before.
    pub was: Status,
    /// The lease that a worker held on it: it is to be told.
    pub holder: Option<Holder>,
}

/// A lease that was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Whose it was.
    pub worker: String,
    /// The lease.
    pub lease: Lease,
}

impl Store {
    /// Cancels a job of an organization.
    ///
    /// # Errors
    /// [`StoreError`]; may be sent again, and then answers `Settled` if it was done the first time.
    pub async fn cancel(&self, organization: OrganizationId, job: JobId) -> Result<CancelOutcome, StoreError> {
        let failed = |source| StoreError::from_postgres(CANCEL.name, source);
        match self.seen(organization, job).await? {
            None => return Ok(CancelOutcome::NotFound),
            Some(seen) if seen.status.is_terminal() => return Ok(CancelOutcome::Settled(seen.status)),
            Some(_) => {}
        }
        let (id, owner) = (job.uuid(), organization.uuid());
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await.map_err(failed)?;
        let was = match lock(&transaction, organization, job).await? {
            None => return Ok(CancelOutcome::NotFound),
            Some(seen) if seen.status.is_terminal() => return Ok(CancelOutcome::Overtaken(seen.status)),
            Some(seen) => seen.status,
        };
        let act = transaction.prepare_cached(CANCEL.sql).await.map_err(failed)?;
        let row = transaction.query_one(&act, &[&id, &owner]).await.map_err(failed)?;
        let worker: Option<String> = row.get("worker_id");
        let token: Option<i64> = row.get("lease_token");
        let holder = worker.zip(token).map(|(worker, token)| {
            let token = LeaseToken::from_value(token);
            Holder { worker, lease: Lease { job, token } }
        });
        let include = Include { request: true, response: false };
        let job = get::read(&transaction, organization, job, include).await?;
        transaction.commit().await.map_err(failed)?;
        Ok(CancelOutcome::Cancelled(Box::new(Cancelled { job, was, holder })))
    }
}
