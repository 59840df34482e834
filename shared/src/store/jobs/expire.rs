//! Expiring queued jobs. Ended jobs are not written `expired`: that is derived when they are read.

use crate::domain::JobId;
use crate::store::{Statement, Store, StoreError};

pub(super) const EXPIRE: Statement = Statement::new("jobs.expire", include_str!("expire.sql"));

impl Store {
    /// Expires up to `limit` queued jobs whose time has passed.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn expire(&self, limit: i64) -> Result<Vec<JobId>, StoreError> {
        let rows = self.query(EXPIRE, &[&limit]).await?;
        Ok(rows.iter().map(|row| JobId::from_uuid(row.get("id"))).collect())
    }
}
