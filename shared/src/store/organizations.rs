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
const LIST: Statement = Statement::new(
    "organizations.list",
    "-- organizations.list
select
  o.id, o.name, to_char(o.created_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as created_at,
  count(k.id) filter (where k.revoked_at is null) as keys
from organizations o
left join api_keys k on k.organization_id = o.id
group by o.id
order by o.name",
);

pub(super) const STATEMENTS: &[Statement] = &[ENSURE, LIST];

/// An organization as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// When it was made: UTC, as ISO 8601 has it.
    pub created_at: String,
    /// Keys that are not revoked.
    pub keys: i64,
}

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

    /// All organizations, by name.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn list_organizations(&self) -> Result<Vec<Organization>, StoreError> {
        let rows = self.query(LIST, &[]).await?;
        let listed = rows.iter().map(|row| Organization {
            id: OrganizationId::from_uuid(row.get("id")),
            name: row.get("name"),
            created_at: row.get("created_at"),
            keys: row.get("keys"),
        });
        Ok(listed.collect())
    }
}
