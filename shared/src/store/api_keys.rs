//! API keys: stored as SHA-256, found by it.

use super::{Statement, Store, StoreError};
use crate::domain::{ApiKeyId, OrganizationId, Scopes};

const INSERT: Statement = Statement::new(
    "api_keys.insert",
    "-- api_keys.insert
insert into api_keys (id, organization_id, name, prefix, hash, scopes) values ($1, $2, $3, $4, $5, $6::text[])",
);
const FIND: Statement = Statement::new(
    "api_keys.find",
    "-- api_keys.find
select id, organization_id, scopes from api_keys where hash = $1 and revoked_at is null",
);

pub(super) const STATEMENTS: &[Statement] = &[INSERT, FIND];

/// A key to be stored; the secret itself never comes here.
#[derive(Debug, Clone)]
pub struct NewApiKey<'a> {
    /// Its id.
    pub id: ApiKeyId,
    /// Its owner.
    pub organization: OrganizationId,
    /// A name for people.
    pub name: &'a str,
    /// The secret's first letters, for lists.
    pub prefix: &'a str,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// What it may do; at least one thing.
    pub scopes: Scopes,
}

/// Whom a key speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyOwner {
    /// The key.
    pub key: ApiKeyId,
    /// Its owner.
    pub organization: OrganizationId,
    /// What it may do.
    pub scopes: Scopes,
}

impl Store {
    /// Stores a key.
    ///
    /// # Errors
    /// [`StoreError`], as data when the name has no or more than 200 characters.
    pub async fn insert_api_key(&self, key: &NewApiKey<'_>) -> Result<(), StoreError> {
        let hash = &key.hash[..];
        let (id, organization, scopes) = (key.id.uuid(), key.organization.uuid(), key.scopes.names());
        self.query(INSERT, &[&id, &organization, &key.name, &key.prefix, &hash, &scopes]).await.map(drop)
    }

    /// Whom the key of this hash speaks for; `None` when it is unknown or revoked.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn find_api_key(&self, hash: &[u8; 32]) -> Result<Option<KeyOwner>, StoreError> {
        let rows = self.query(FIND, &[&&hash[..]]).await?;
        Ok(rows.first().map(|row| KeyOwner {
            key: ApiKeyId::from_uuid(row.get("id")),
            organization: OrganizationId::from_uuid(row.get("organization_id")),
            scopes: Scopes::of_names(row.get::<_, Vec<&str>>("scopes")),
        }))
    }
}
