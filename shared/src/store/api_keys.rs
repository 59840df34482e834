//! API keys: stored as SHA-256, found by it.

use std::time::{Duration, SystemTime};

use tokio_postgres::Row;
use uuid::Uuid;

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
const LIST: Statement = Statement::new(
    "api_keys.list",
    "-- api_keys.list
select
  k.id, k.organization_id, o.name as organization, k.name, k.prefix, k.scopes,
  to_char(k.created_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as created_at,
  to_char(k.last_used_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as last_used_at,
  to_char(k.revoked_at, 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') as revoked_at
from api_keys k
join organizations o on o.id = k.organization_id
where $1::text is null or o.name = $1
order by o.name, k.id",
);
const REVOKE: Statement = Statement::new(
    "api_keys.revoke",
    "-- api_keys.revoke
update api_keys set revoked_at = coalesce(revoked_at, now()) where id = $1 returning id",
);
// Only rows that are older than $3 seconds: the same key is used through many processes, and each says so.
const USED: Statement = Statement::new(
    "api_keys.used",
    "-- api_keys.used
with light as materialized (
  select set_config('synchronous_commit', 'off', true)
), stale as (
  select k.id, u.used_at
  from light
  cross join unnest($1::uuid[], $2::timestamptz[]) as u (id, used_at)
  join api_keys k on k.id = u.id
  where k.last_used_at is null or k.last_used_at < u.used_at - make_interval(secs => $3)
  order by k.id
  for update of k
)
update api_keys k set last_used_at = s.used_at from stale s where k.id = s.id",
);

pub(super) const STATEMENTS: &[Statement] = &[INSERT, FIND, LIST, REVOKE, USED];

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

/// A key as lists show it: everything but the secret, of which only the hash is kept. Times are UTC, as ISO 8601 has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Its owner.
    pub organization: OrganizationId,
    /// Its owner's name.
    pub organization_name: String,
    /// A name for people.
    pub name: String,
    /// The secret's first letters.
    pub prefix: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: String,
    /// About when it was last used, if ever.
    pub last_used_at: Option<String>,
    /// When it was revoked, if it was.
    pub revoked_at: Option<String>,
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

    /// The keys of the organization of this name, or all.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn list_api_keys(&self, organization: Option<&str>) -> Result<Vec<ApiKey>, StoreError> {
        let rows = self.query(LIST, &[&organization]).await?;
        Ok(rows.iter().map(listed).collect())
    }

    /// Makes a key useless for good; `false` when there is none of this id. Processes that have found it lately take it
    /// until they forget it.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn revoke_api_key(&self, id: ApiKeyId) -> Result<bool, StoreError> {
        Ok(!self.query(REVOKE, &[&id.uuid()]).await?.is_empty())
    }

    /// Notes when keys were last used, where what is noted is older than that by more than `grain`.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn api_keys_used(&self, used: &[(ApiKeyId, SystemTime)], grain: Duration) -> Result<(), StoreError> {
        let (ids, times): (Vec<Uuid>, Vec<SystemTime>) = used.iter().map(|(id, at)| (id.uuid(), *at)).unzip();
        self.query(USED, &[&ids, &times, &grain.as_secs_f64()]).await.map(drop)
    }
}

fn listed(row: &Row) -> ApiKey {
    ApiKey {
        id: ApiKeyId::from_uuid(row.get("id")),
        organization: OrganizationId::from_uuid(row.get("organization_id")),
        organization_name: row.get("organization"),
        name: row.get("name"),
        prefix: row.get("prefix"),
        scopes: Scopes::of_names(row.get::<_, Vec<&str>>("scopes")),
        created_at: row.get("created_at"),
        last_used_at: row.get("last_used_at"),
        revoked_at: row.get("revoked_at"),
    }
}
