//! A client's retry of an ended job: the same id, a new generation.

use std::time::Duration;

use super::cancel::LOCK;
use crate::domain::{Event, JobId, OrganizationId, Status, apply};
use crate::store::{Statement, Store, StoreError};

pub(super) const USER_RETRY: Statement = Statement::new("jobs.user_retry", include_str!("user_retry.sql"));

/// What a client's retry did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryOutcome {
    /// The organization has no such job.
    NotFound,
    /// Its status, when it was asked for, is not one that a retry leads out of.
    Settled(Status),
    /// It could be retried when it was first read and no more once its lock was had.
    Overtaken(Status),
    /// Its request is no longer stored.
    Purged,
    /// It is queued again.
    Queued,
}

impl Store {
    /// Queues an ended job of an organization again. `stop_grace` is what a just cancelled handler is given to end.
    ///
    /// # Errors
    /// [`StoreError`]; may be sent again, and then answers `Settled(Queued)` or what came after.
    pub async fn user_retry(
        &self,
        organization: OrganizationId,
        job: JobId,
        retention: Duration,
        stop_grace: Duration,
    ) -> Result<RetryOutcome, StoreError> {
        let failed = |source| StoreError::from_postgres(USER_RETRY.name, source);
        match self.status_of(organization, job).await? {
            None => return Ok(RetryOutcome::NotFound),
            Some(status) if apply(status, Event::UserRetried).is_err() => return Ok(RetryOutcome::Settled(status)),
            Some(_) => {}
        }
        let (id, owner) = (job.uuid(), organization.uuid());
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await.map_err(failed)?;
        let Some(row) = transaction.query_opt(LOCK.sql, &[&id, &owner]).await.map_err(failed)? else {
            return Ok(RetryOutcome::NotFound);
        };
        let status: Status =
            row.get::<_, &str>("status").parse().map_err(|_| StoreError::Unknown { what: "jobs.status" })?;
        if apply(status, Event::UserRetried).is_err() {
            return Ok(RetryOutcome::Overtaken(status));
        }
        let moved = transaction
            .query_opt(USER_RETRY.sql, &[&id, &owner, &retention.as_secs_f64(), &stop_grace.as_secs_f64()])
            .await
            .map_err(failed)?;
        if moved.is_none() {
            return Ok(RetryOutcome::Purged);
        }
        transaction.commit().await.map_err(failed)?;
        Ok(RetryOutcome::Queued)
    }
}
