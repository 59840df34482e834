//! Releasing leases: a draining worker gives back what it could not end, at no cost to the job's budget.

use uuid::Uuid;

use crate::domain::{JobId, Lease};
use crate::store::{Statement, Store, StoreError};

pub(super) const RELEASE: Statement = Statement::new("jobs.release", include_str!("release.sql"));

impl Store {
    /// Queues the jobs of these leases again. Answers those that were still held.
    ///
    /// # Errors
    /// [`StoreError`]; the same batch may be sent again.
    pub async fn release(&self, leases: &[Lease]) -> Result<Vec<JobId>, StoreError> {
        let ids: Vec<Uuid> = leases.iter().map(|lease| lease.job.uuid()).collect();
        let tokens: Vec<i64> = leases.iter().map(|lease| lease.token.value()).collect();
        let rows = self.query(RELEASE, &[&ids, &tokens]).await?;
        Ok(rows.iter().map(|row| JobId::from_uuid(row.get("id"))).collect())
    }
}
