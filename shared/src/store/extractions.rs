//! The names that clients have chosen for extractions. What they stand for is stored with the jobs that made it.

use super::{Statement, Store, StoreError};

const PURGE_NAMES: Statement = Statement::new(
    "extractions.purge_names",
    "-- extractions.purge_names
with purged as (
  delete from extraction_ids
  where ctid in (
    select ctid
    from extraction_ids
    where created_at < now() - make_interval(days => $1)
    order by created_at
    limit $2
    for update skip locked
  )
  returning 1
)
select count(*) as purged from purged",
);

pub(super) const STATEMENTS: &[Statement] = &[PURGE_NAMES];

impl Store {
    /// Deletes up to `limit` names that were chosen more than so many days ago, and answers how many there were.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn purge_extraction_names(&self, days: i32, limit: i64) -> Result<usize, StoreError> {
        let rows = self.query(PURGE_NAMES, &[&days, &limit]).await?;
        Ok(rows.first().map_or(0, |row| usize::try_from(row.get::<_, i64>("purged")).unwrap_or(usize::MAX)))
    }
}
