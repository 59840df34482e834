//! How long requests and results have been kept, ever: what lists of ended jobs are bounded by.

use super::{Statement, Store, StoreError};

const NOTE: Statement = Statement::new(
    "retentions.note",
    "-- retentions.note
insert into retentions (days) values ($1) on conflict (days) do nothing",
);

pub(super) const STATEMENTS: &[Statement] = &[NOTE];

impl Store {
    /// Notes that jobs are accepted with this retention from now on. To be called before the first of them is.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will, by many processes.
    pub async fn note_retention(&self, days: i32) -> Result<(), StoreError> {
        self.query(NOTE, &[&days]).await.map(drop)
    }
}
