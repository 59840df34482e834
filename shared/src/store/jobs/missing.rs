//! Which of some ids belong to no job: asked about objects that nobody may own.

use uuid::Uuid;

use crate::domain::JobId;
use crate::store::{Statement, Store, StoreError};

pub(super) const MISSING: Statement = Statement::new(
    "jobs.missing",
    "-- jobs.missing
select u.id from unnest($1::uuid[]) as u (id) where not exists (select from jobs j where j.id = u.id) order by u.id",
);

impl Store {
    /// Those ids of which there is no job.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn missing_jobs(&self, jobs: &[JobId]) -> Result<Vec<JobId>, StoreError> {
        let ids: Vec<Uuid> = jobs.iter().map(|job| job.uuid()).collect();
        let rows = self.query(MISSING, &[&ids]).await?;
        Ok(rows.iter().map(|row| JobId::from_uuid(row.get("id"))).collect())
    }
}
