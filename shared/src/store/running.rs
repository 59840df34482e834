//! Leases in force.

use std::collections::HashSet;
use std::time::Duration;

use uuid::Uuid;

use super::{Statement, Store, StoreError};
use crate::domain::Lease;
use crate::domain::{JobId, LeaseToken};

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

pub(super) const STATEMENTS: &[Statement] = &[HEARTBEAT];

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
}
