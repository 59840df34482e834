//! Leases in force.

use std::collections::HashSet;
use std::time::Duration;

use uuid::Uuid;

use super::{Statement, Store, StoreError};
use crate::domain::{JobId, Lease, LeaseToken, Progress};

const HEARTBEAT: Statement = Statement::new(
    "running.heartbeat",
    "-- running.heartbeat
-- Renews a worker's leases, in key order like every statement that takes many. Not waiting for the commit is safe: a
-- renewal that a crash of the server forgets is renewed a second later.
with light as materialized (
  select set_config('synchronous_commit', 'off', true)
), held as (
  select u.job_id, u.token from light, unnest($1::uuid[], $2::bigint[]) as u (job_id, token)
), locked as (
  select r.job_id
  from running r
  join held h on h.job_id = r.job_id and h.token = r.lease_token
  order by r.job_id
  for update of r
)
update running r
set lease_expires_at = clock_timestamp() + make_interval(secs => $3)
from locked l
where r.job_id = l.job_id
returning r.job_id, r.lease_token",
);

const PROGRESS: Statement = Statement::new(
    "running.progress",
    "-- running.progress
-- Notes how far a worker's attempts are, in key order. An attempt that has lost its lease notes nothing. What a crash of the
-- server forgets is told again.
with light as materialized (
  select set_config('synchronous_commit', 'off', true)
), told as (
  select u.*
  from light, unnest($1::uuid[], $2::bigint[], $3::text[], $4::integer[], $5::integer[]) as u (job_id, token, stage, done, total)
), locked as (
  select r.job_id, t.stage, t.done, t.total
  from running r
  join told t on t.job_id = r.job_id and t.token = r.lease_token
  order by r.job_id
  for update of r
)
update running r
set progress_stage = l.stage, progress_done = l.done, progress_total = l.total
from locked l
where r.job_id = l.job_id",
);

pub(super) const STATEMENTS: &[Statement] = &[HEARTBEAT, PROGRESS];

impl Store {
    /// Renews leases and answers those that are still held. One that is missing is lost: its attempt must stop.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn renew(&self, leases: &[Lease], duration: Duration) -> Result<HashSet<Lease>, StoreError> {
        let ids: Vec<Uuid> = leases.iter().map(|lease| lease.job.uuid()).collect();
        let tokens: Vec<i64> = leases.iter().map(|lease| lease.token.value()).collect();
        let rows = self.query(HEARTBEAT, &[&ids, &tokens, &duration.as_secs_f64()]).await?;
        let lease = |row: &tokio_postgres::Row| Lease {
            job: JobId::from_uuid(row.get("job_id")),
            token: LeaseToken::from_value(row.get("lease_token")),
        };
        Ok(rows.iter().map(lease).collect())
    }

    /// Notes how far attempts are.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn note_progress(&self, moved: &[(Lease, Progress)]) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = moved.iter().map(|(lease, _)| lease.job.uuid()).collect();
        let tokens: Vec<i64> = moved.iter().map(|(lease, _)| lease.token.value()).collect();
        let stages: Vec<&str> = moved.iter().map(|(_, progress)| progress.stage.as_str()).collect();
        let count = |pages: u32| i32::try_from(pages).unwrap_or(i32::MAX);
        let done: Vec<i32> = moved.iter().map(|(_, progress)| count(progress.done)).collect();
        let total: Vec<i32> = moved.iter().map(|(_, progress)| count(progress.total)).collect();
        self.query(PROGRESS, &[&ids, &tokens, &stages, &done, &total]).await.map(drop)
    }
}
