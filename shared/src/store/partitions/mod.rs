//! Partitions are made ahead of time; there is no default one, so a missing partition is an error that is seen.

use super::{Statement, Store, StoreError};

const WANTED: Statement = Statement::new("partitions.wanted", include_str!("wanted.sql"));

pub(super) const STATEMENTS: &[Statement] = &[WANTED];

/// The advisory lock under which one process makes partitions at a time: "parts" in ASCII.
const LOCK: i64 = 0x70_61_72_74_73;
/// Months of ids that are there ahead of time.
const MONTHS_AHEAD: i32 = 2;
/// Days beyond the retention that are there ahead of time: the maintenance may rest this long.
const SPARE_DAYS: i32 = 7;

impl Store {
    /// Makes the partitions that the coming time needs, and answers how many were missing.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will, by many processes.
    pub async fn ensure_partitions(&self, retention_days: i32) -> Result<usize, StoreError> {
        let days_ahead = retention_days.saturating_add(SPARE_DAYS);
        let rows = self.query(WANTED, &[&MONTHS_AHEAD, &days_ahead]).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let statements: Vec<&str> = rows.iter().map(|row| row.get("statement")).collect();
        // One transaction, ended by the batch itself or by the first error in it.
        let batch = format!(
            "begin; select pg_advisory_xact_lock({LOCK}); set local lock_timeout = '5s'; {}; commit",
            statements.join("; ")
        );
        self.execute_batch("partitions.create", &batch).await?;
        Ok(rows.len())
    }
}
