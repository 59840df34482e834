//! Claiming jobs: the deliveries in hand become leases in one statement.

use std::time::{Duration, SystemTime};

use tokio_postgres::Row;
use uuid::Uuid;

use super::{Body, artifact};
use crate::domain::{JobId, Lane, Lease, LeaseToken, OrganizationId};
use crate::store::{Statement, Store, StoreError};

pub(super) const CLAIM: Statement = Statement::new("jobs.claim", include_str!("claim.sql"));

/// What a message names, and the token under which it is to be held.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// The job and the new token.
    pub lease: Lease,
    /// The dispatch sequence of the message.
    pub seq: i32,
}

/// A job that is now held.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The job and the token of the lease.
    pub lease: Lease,
    /// Its owner.
    pub organization: OrganizationId,
    /// The target endpoint's path.
    pub endpoint: String,
    /// The lane it waited in.
    pub lane: Lane,
    /// The user's retries so far.
    pub generation: i32,
    /// The number of this attempt, from 1; never restarts.
    pub attempt: i32,
    /// Attempts of the budget used, this one included.
    pub budget_used: i32,
    /// The budget.
    pub max_attempts: i32,
    /// The dispatch sequence that was claimed.
    pub seq: i32,
    /// Database time.
    pub created_at: SystemTime,
    /// How long it had been due.
    pub waited: Duration,
    /// When the broker confirmed the message, if it did.
    pub published_at: Option<SystemTime>,
    /// Why the attempt before failed.
    pub last_failure_code: Option<String>,
    /// The request; `None` when it is no longer stored.
    pub request: Option<Body>,
    /// The trace that the job belongs to.
    pub traceparent: Option<String>,
}

impl Store {
    /// Claims what can be claimed of a batch. Who is missing in the answer was not queued at that sequence, not due, or
    /// held by another transaction.
    ///
    /// # Errors
    /// [`StoreError`]; after an ambiguous one the leases, if any, run out by themselves.
    pub async fn claim(&self, batch: &[Claim], worker: &str, lease: Duration) -> Result<Vec<Claimed>, StoreError> {
        let ids: Vec<Uuid> = batch.iter().map(|claim| claim.lease.job.uuid()).collect();
        let seqs: Vec<i32> = batch.iter().map(|claim| claim.seq).collect();
        let tokens: Vec<i64> = batch.iter().map(|claim| claim.lease.token.value()).collect();
        let rows = self.query(CLAIM, &[&ids, &seqs, &tokens, &worker, &lease.as_secs_f64()]).await?;
        rows.into_iter().map(|row| claimed(&row)).collect()
    }
}

pub(super) fn claimed(row: &Row) -> Result<Claimed, StoreError> {
    let request_bytes: Option<i64> = row.get("request_bytes");
    let artifacts = artifact::of_row(row, "artifacts")?;
    let request = request_bytes
        .map(|bytes| Body::stored(row.get("request"), row.get("request_object"), bytes, artifacts))
        .transpose()?;
    Ok(Claimed {
        lease: Lease { job: JobId::from_uuid(row.get("id")), token: LeaseToken::from_value(row.get("lease_token")) },
        organization: OrganizationId::from_uuid(row.get("organization_id")),
        endpoint: row.get("endpoint"),
        lane: row.get::<_, &str>("lane").parse().map_err(|_| StoreError::Unknown { what: "jobs.lane" })?,
        generation: row.get("generation"),
        attempt: row.get("attempt_count"),
        budget_used: row.get("budget_used"),
        max_attempts: row.get("max_attempts"),
        seq: row.get("dispatch_seq"),
        created_at: row.get("created_at"),
        waited: Duration::try_from_secs_f64(row.get("waited")).unwrap_or_default(),
        published_at: row.get("published_at"),
        last_failure_code: row.get("last_failure_code"),
        request,
        traceparent: row.get("traceparent"),
    })
}
