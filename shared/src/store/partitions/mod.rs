//! Partitions come and go whole: made ahead of time, taken away when the time of all that they hold is over. There is no
//! default one, so a missing partition is an error that is seen.

mod owners;
mod removal;

pub use removal::{Detached, Due, Removal};

use super::{Statement, Store, StoreError};

const WANTED: Statement = Statement::new("partitions.wanted", include_str!("wanted.sql"));
const AHEAD: Statement = Statement::new("partitions.ahead", include_str!("ahead.sql"));

pub(super) const STATEMENTS: &[Statement] =
    &[WANTED, AHEAD, removal::DUE, removal::DAY_HELD, removal::MONTH_HELD, removal::CLAIM, removal::YIELD];

/// The advisory lock under which one process makes partitions at a time: "parts" in ASCII.
const LOCK: i64 = 0x70_61_72_74_73;
/// Months of ids that are there ahead of time.
const MONTHS_AHEAD: i32 = 2;
/// Days beyond the retention that are there ahead of time: the maintenance may rest this long.
const SPARE_DAYS: i32 = 7;

impl Store {
    /// Makes the partitions that the coming time needs, and answers how many were missing. Stalls nobody: a new table is
    /// attached, which waits for no reader and no writer of its parent, whereas `create table .. partition of` would
    /// wait for all of them and hold up whoever comes after.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will, by many processes.
    pub async fn ensure_partitions(&self, retention_days: i32) -> Result<usize, StoreError> {
        let made = self.make_partitions(retention_days).await;
        // Told in any case: an alarm looks at this when they cannot be made.
        for row in self.query(AHEAD, &[&retention_days]).await? {
            let table: String = row.get("parent");
            metrics::gauge!("quire_partitions_ahead", "table" => table).set(row.get::<_, i32>("ahead"));
        }
        let made = made?;
        if made > 0 {
            tracing::info!(made, "made {made} partitions");
            metrics::counter!("quire_partitions_made_total").increment(made as u64);
        }
        Ok(made)
    }

    async fn make_partitions(&self, retention_days: i32) -> Result<usize, StoreError> {
        let failed = |source| StoreError::from_postgres("partitions.create", source);
        let days_ahead = retention_days.saturating_add(SPARE_DAYS);
        if self.query(WANTED, &[&MONTHS_AHEAD, &days_ahead]).await?.is_empty() {
            return Ok(0);
        }
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await.map_err(failed)?;
        let lock = format!("set local lock_timeout = '5s'; select pg_advisory_xact_lock({LOCK})");
        transaction.batch_execute(&lock).await.map_err(failed)?;
        // Once more under the lock: another process may have made them meanwhile.
        let rows = transaction.query(WANTED.sql, &[&MONTHS_AHEAD, &days_ahead]).await.map_err(failed)?;
        for row in &rows {
            transaction.batch_execute(row.get("statement")).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(rows.len())
    }
}
