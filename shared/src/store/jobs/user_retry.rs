//! A client's retry of an ended job: the same id, a new generation.

use std::time::Duration;

use super::get::{self, Include, Job};
use super::lock::lock;
use crate::domain::{Event, JobId, Lane, OrganizationId, Status, apply};
use crate::store::outbox::Window;
use crate::store::{Statement, Store, StoreError};

pub(super) const USER_RETRY: Statement = Statement::new("jobs.user_retry", include_str!("user_retry.sql"));

/// How a client's retry is done.
#[derive(Debug, Clone, Copy)]
pub struct RetryRules {
    /// Time until the data of the new generation may go.
    pub retention: Duration,
    /// What a handler that was just cancelled is given to end, unless its worker says that it has.
    pub stop_grace: Duration,
    /// A retry this soon after another, which has not ended yet, asks for the same.
    pub repeat: Duration,
    /// Published and unclaimed messages of one organization in a lane.
    pub window: Window,
    /// How long the relay leaves the row to the caller.
    pub hold: Duration,
}

/// What a client's retry did.
#[derive(Debug, Clone, PartialEq)]
pub enum RetryOutcome {
    /// The organization has no such job.
    NotFound,
    /// Its status, when it was asked for, is not one that a retry leads out of.
    Settled(Status),
    /// It could be retried when it was first read and no more once its lock was had.
    Overtaken(Status),
    /// Its request is no longer stored.
    Purged,
    /// A retry a moment ago has done it already.
    Repeated,
    /// It is queued again.
    Queued(Box<Requeued>),
}

/// A job that was just queued again.
#[derive(Debug, Clone, PartialEq)]
pub struct Requeued {
    /// The job as the retry left it, with its request.
    pub job: Job,
    /// The lane it waits in.
    pub lane: Lane,
    /// Its dispatch sequence.
    pub seq: i32,
    /// The trace that the job belongs to.
    pub traceparent: Option<String>,
    /// The caller holds the outbox row for a moment and is to publish it. Else the relay will, when it is due.
    pub publish: bool,
}

impl Store {
    /// Queues an ended job of an organization again.
    ///
    /// # Errors
    /// [`StoreError`]; may be sent again, and then answers `Repeated` if it was done the first time.
    pub async fn user_retry(
        &self,
        organization: OrganizationId,
        job: JobId,
        rules: RetryRules,
    ) -> Result<RetryOutcome, StoreError> {
        let failed = |source| StoreError::from_postgres(USER_RETRY.name, source);
        match self.seen(organization, job).await? {
            None => return Ok(RetryOutcome::NotFound),
            Some(seen) if seen.is_retried_within(rules.repeat) => return Ok(RetryOutcome::Repeated),
            Some(seen) if !is_retryable(seen.status) => return Ok(RetryOutcome::Settled(seen.status)),
            Some(_) => {}
        }
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await.map_err(failed)?;
        match lock(&transaction, organization, job).await? {
            None => return Ok(RetryOutcome::NotFound),
            Some(seen) if seen.is_retried_within(rules.repeat) => return Ok(RetryOutcome::Repeated),
            Some(seen) if !is_retryable(seen.status) => return Ok(RetryOutcome::Overtaken(seen.status)),
            Some(_) => {}
        }
        let act = transaction.prepare_cached(USER_RETRY.sql).await.map_err(failed)?;
        let moved = transaction
            .query_opt(
                &act,
                &[
                    &job.uuid(),
                    &organization.uuid(),
                    &rules.retention.as_secs_f64(),
                    &rules.stop_grace.as_secs_f64(),
                    &rules.window.most,
                    &rules.hold.as_secs_f64(),
                    &rules.window.per_slot,
                ],
            )
            .await
            .map_err(failed)?;
        let Some(row) = moved else { return Ok(RetryOutcome::Purged) };
        let include = Include { request: true, response: false };
        let requeued = Requeued {
            job: get::read(&transaction, organization, job, include).await?,
            lane: row.get::<_, &str>("lane").parse().map_err(|_| StoreError::Unknown { what: "jobs.lane" })?,
            seq: row.get("dispatch_seq"),
            traceparent: row.get("traceparent"),
            publish: row.get("publish"),
        };
        transaction.commit().await.map_err(failed)?;
        Ok(RetryOutcome::Queued(Box::new(requeued)))
    }
}

const fn is_retryable(status: Status) -> bool {
    apply(status, Event::UserRetried).is_ok()
}
