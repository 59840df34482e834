//! Rescuing jobs from workers that were lost.

use std::time::SystemTime;

use tokio_postgres::Row;
use uuid::Uuid;

use crate::domain::{JobId, Lease, Status};
use crate::store::{Statement, Store, StoreError};

pub(super) const RESCUE: Statement = Statement::new("jobs.rescue", include_str!("rescue.sql"));

/// A job that was taken from a lost worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rescued {
    /// The job.
    pub job: JobId,
    /// Queued again, or failed because too many workers were lost over it.
    pub status: Status,
    /// The sequence at which it is queued.
    pub seq: i32,
}

impl Store {
    /// Rescues up to `limit` jobs whose leases ran out. `max_crashes` lost workers end a job.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn rescue_expired(&self, limit: i64, max_crashes: i32) -> Result<Vec<Rescued>, StoreError> {
        let none: Option<Vec<Uuid>> = None;
        let no_tokens: Option<Vec<i64>> = None;
        let no_times: Option<Vec<SystemTime>> = None;
        let rows = self.query(RESCUE, &[&none, &no_tokens, &no_times, &limit, &max_crashes]).await?;
        rows.iter().map(rescued).collect()
    }

    /// Rescues one job whose lease was seen to expire at `lease_expires_at` and has not been renewed since.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn rescue_unrenewed(
        &self,
        lease: Lease,
        lease_expires_at: SystemTime,
        max_crashes: i32,
    ) -> Result<Option<Rescued>, StoreError> {
        let ids = Some(vec![lease.job.uuid()]);
        let tokens = Some(vec![lease.token.value()]);
        let times = Some(vec![lease_expires_at]);
        let rows = self.query(RESCUE, &[&ids, &tokens, &times, &1_i64, &max_crashes]).await?;
        rows.first().map(rescued).transpose()
    }
}

fn rescued(row: &Row) -> Result<Rescued, StoreError> {
    Ok(Rescued {
        job: JobId::from_uuid(row.get("id")),
        status: row.get::<_, &str>("status").parse().map_err(|_| StoreError::Unknown { what: "jobs.status" })?,
        seq: row.get("dispatch_seq"),
    })
}
