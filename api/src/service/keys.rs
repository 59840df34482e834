//! API keys: how a secret becomes an actor.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngExt as _;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use shared::domain::{ApiKeyId, OrganizationId, Scopes};
use shared::store::api_keys::{KeyOwner, NewApiKey};
use shared::store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

use super::key_use::KeyUse;
use super::{ServiceError, retry};
use crate::cause::Causes;

/// What every key begins with, so that a leaked one is recognised as ours.
const KEY_PREFIX: &str = "sk_quire_";
/// Letters of a key that are kept in the clear, for lists.
const SHOWN_LETTERS: usize = 12;

/// Who makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Actor {
    /// The owner of all that the request can reach.
    pub(crate) organization: OrganizationId,
    /// What its key may do.
    pub(crate) scopes: Scopes,
}

/// How long and how many keys are remembered.
#[derive(Debug, Clone, Copy)]
pub struct KeyCacheConfig {
    /// A key that was found is not looked up again for this long; a revoked key works for as long as that.
    pub ttl: Duration,
    /// Keys remembered at most.
    pub capacity: usize,
    /// How often it is written down when keys were last used.
    pub used_interval: Duration,
}

/// The keys, with a memory of those that were found. Keys that were not are not remembered: a new key works at once, and
/// nobody can push good keys out with bad ones.
#[derive(Debug)]
pub(crate) struct Keys {
    store: Store,
    config: KeyCacheConfig,
    found: Mutex<HashMap<[u8; 32], Found>>,
    uses: KeyUse,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    owner: KeyOwner,
    until: Instant,
}

impl Keys {
    pub(crate) fn new(store: Store, config: KeyCacheConfig) -> Self {
        Self { store, config, found: Mutex::default(), uses: KeyUse::new(config.capacity) }
    }

    /// Whom a secret speaks for; `None` when the key is unknown or revoked.
    pub(crate) async fn find_actor(&self, secret: &str) -> Result<Option<Actor>, ServiceError> {
        let Some(owner) = self.find_owner(&hash(secret)).await? else { return Ok(None) };
        self.uses.note(owner.key, self.store.clock().now());
        Ok(Some(Actor { organization: owner.organization, scopes: owner.scopes }))
    }

    async fn find_owner(&self, hash: &[u8; 32]) -> Result<Option<KeyOwner>, StoreError> {
        // Before the question: an answer is as old as that.
        let asked = Instant::now();
        if let Some(owner) = self.remembered(hash, asked) {
            return Ok(Some(owner));
        }
        let owner = retry::read(|| self.store.find_api_key(hash)).await?;
        if let Some(owner) = owner {
            self.remember(*hash, owner, asked);
        }
        Ok(owner)
    }

    /// Writes down from time to time when keys were last used, until `stop`.
    pub(crate) async fn keep_used(&self, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(self.config.used_interval)).await.is_some() {
            self.write_used().await;
        }
    }

    /// Writes down when keys were last used. Half an interval is the grain, whatever the number of processes.
    pub(crate) async fn write_used(&self) {
        if let Err(error) = self.uses.write(&self.store, self.config.used_interval / 2).await {
            tracing::warn!(error = %Causes(&error), "the last uses of keys could not be written down");
        }
    }

    fn remembered(&self, hash: &[u8; 32], now: Instant) -> Option<KeyOwner> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.get(hash).filter(|found| found.until > now).map(|found| found.owner)
    }

    fn remember(&self, hash: [u8; 32], owner: KeyOwner, now: Instant) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() >= self.config.capacity {
            found.retain(|_, found| found.until > now);
        }
        // Full of keys in use: forgetting all of them costs one look-up each and needs no bookkeeping.
        if found.len() >= self.config.capacity {
            found.clear();
        }
        found.insert(hash, Found { owner, until: now + self.config.ttl });
    }
}

/// A key that was just made. The only place where its secret is.
#[derive(Debug)]
pub(crate) struct CreatedKey {
    pub(crate) id: ApiKeyId,
    pub(crate) organization: OrganizationId,
    pub(crate) secret: SecretString,
}

/// A new key for the organization of this name, which is made if there is none.
pub(crate) async fn create_key(
    store: &Store,
    organization: &str,
    name: &str,
    scopes: Scopes,
) -> Result<CreatedKey, StoreError> {
    let organization = store.ensure_organization(organization).await?;
    let secret = generate_secret();
    let id = ApiKeyId::generate(store.clock().unix_millis());
    let key = NewApiKey { id, organization, name, prefix: &secret[..SHOWN_LETTERS], hash: hash(&secret), scopes };
    store.insert_api_key(&key).await?;
    Ok(CreatedKey { id, organization, secret: secret.into() })
}

/// The prefix and 32 random bytes in 43 letters of base64url.
fn generate_secret() -> String {
    let mut random = [0; 32];
    rand::rng().fill(&mut random);
    format!("{KEY_PREFIX}{}", URL_SAFE_NO_PAD.encode(random))
}

/// SHA-256 without salt: the secret has 256 random bits, so there is nothing to look up in a table.
fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::unreachable_store;

    fn keys(capacity: usize) -> Keys {
        let config = KeyCacheConfig { ttl: Duration::from_secs(5), capacity, used_interval: Duration::from_secs(60) };
        Keys::new(unreachable_store(), config)
    }

    #[test]
    fn a_secret_is_the_prefix_and_43_letters() {
        let secret = generate_secret();
        assert_eq!(secret.len(), KEY_PREFIX.len() + 43);
        assert!(secret.starts_with(KEY_PREFIX) && secret != generate_secret());
    }

    #[tokio::test]
    async fn a_found_key_is_remembered_for_its_time_and_within_the_cap() {
        let keys = keys(2);
        let (key, organization) = (ApiKeyId::generate(1), OrganizationId::generate(1));
        let owner = KeyOwner { key, organization, scopes: Scopes::default() };
        let now = Instant::now();
        keys.remember([1; 32], owner, now);
        assert_eq!(keys.remembered(&[1; 32], now), Some(owner));
        assert_eq!(keys.remembered(&[1; 32], now + Duration::from_secs(5)), None);
        assert_eq!(keys.remembered(&[2; 32], now), None);

        for key in 2..10 {
            keys.remember([key; 32], owner, now);
            assert!(keys.found.lock().unwrap().len() <= 2);
            assert_eq!(keys.remembered(&[key; 32], now), Some(owner));
        }
    }
}
