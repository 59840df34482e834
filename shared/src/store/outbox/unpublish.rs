//! Forgetting that the broker was told: after a restore the rows speak of messages that are long gone.

use uuid::Uuid;

use crate::store::{Statement, Store, StoreError};

pub(super) const UNPUBLISH: Statement = Statement::new("outbox.unpublish", include_str!("unpublish.sql"));

/// Rows that one statement takes.
const BATCH: i64 = 2000;

impl Store {
    /// Makes every published row publishable again, and answers how many they were.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will. A message too many changes nothing.
    pub async fn unpublish(&self) -> Result<u64, StoreError> {
        let (mut last, mut total) = ((Uuid::nil(), 0_i32), 0);
        loop {
            let rows = self.query(UNPUBLISH, &[&last.0, &last.1, &BATCH]).await?;
            let Some(end) = rows.iter().map(|row| (row.get::<_, Uuid>("job_id"), row.get::<_, i32>("seq"))).max()
            else {
                return Ok(total);
            };
            total += rows.len() as u64;
            last = end;
        }
    }
}
