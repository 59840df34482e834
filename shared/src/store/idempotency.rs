//! Idempotency keys: which request a key stands for, and the job it made.

use std::time::Duration;

use super::jobs::{AcceptOutcome, Idempotency};
use super::{Statement, Store, StoreError};
use crate::domain::{JobId, OrganizationId};

const FIND: Statement = Statement::new(
    "idempotency.find",
    "-- idempotency.find
select request_hash, job_id from idempotency_keys where organization_id = $1 and route = $2 and key = $3",
);
const PURGE: Statement = Statement::new(
    "idempotency.purge",
    "-- idempotency.purge
with purged as (
  delete from idempotency_keys
  where ctid in (
    select ctid
    from idempotency_keys
    where created_at < now() - make_interval(secs => $1)
    order by created_at
    limit $2
    for update skip locked
  )
  returning 1
)
select count(*) as purged from purged",
);

pub(super) const STATEMENTS: &[Statement] = &[FIND, PURGE];

impl Store {
    /// What a key stands for: `Replayed`, `Mismatch`, or `Unseen` when it is new.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn find_idempotent(
        &self,
        organization: OrganizationId,
        key: &Idempotency,
    ) -> Result<AcceptOutcome, StoreError> {
        let rows = self.query(FIND, &[&organization.uuid(), &key.route, &key.key]).await?;
        let Some(row) = rows.first() else { return Ok(AcceptOutcome::Unseen) };
        let job = JobId::from_uuid(row.get("job_id"));
        if row.get::<_, &[u8]>("request_hash") == key.request_hash {
            Ok(AcceptOutcome::Replayed(job))
        } else {
            Ok(AcceptOutcome::Mismatch(job))
        }
    }

    /// Deletes up to `limit` keys that are older than `age`, and answers how many there were.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn purge_idempotency_keys(&self, age: Duration, limit: i64) -> Result<usize, StoreError> {
        let rows = self.query(PURGE, &[&age.as_secs_f64(), &limit]).await?;
        Ok(rows.first().map_or(0, |row| usize::try_from(row.get::<_, i64>("purged")).unwrap_or(usize::MAX)))
    }
}
