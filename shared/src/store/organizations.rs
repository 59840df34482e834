//! Organizations: the owners of everything.

use super::{Statement, Store, StoreError};
use crate::domain::OrganizationId;

const ENSURE: Statement = Statement::new(
    "organizations.ensure",
    "-- organizations.ensure
with made as (
  insert into organizations (id, name) values ($1, $2) on conflict (name) do nothing returning id
)
select id from made
union all
select id from organizations where name = $2
limit 1",
);

pub(super) const STATEMENTS: &[Statement] = &[ENSURE];

impl Store {
    /// The organization of this name, made if there is none.
    ///
    /// # Errors
    /// [`StoreError`], as data when the name has no or more than 200 characters.
    pub async fn ensure_organization(&self, name: &str) -> Result<OrganizationId, StoreError> {
        // A name that another process inserts at this moment is in neither half of the union: ask again.
        for _ in 0..3 {
            let id = OrganizationId::generate(self.clock().unix_millis());
            let rows = self.query(ENSURE, &[&id.uuid(), &name]).await?;
            if let Some(row) = rows.first() {
                return Ok(OrganizationId::from_uuid(row.get("id")));
            }
        }
        Err(StoreError::Unknown { what: "organizations.name" })
    }
}
