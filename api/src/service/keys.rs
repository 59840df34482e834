//! API keys: how a secret becomes an actor.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngExt as _;
use sha2::{Digest as _, Sha256};
use shared::domain::{ApiKeyId, OrganizationId, Scope, Scopes};
use shared::store::api_keys::NewApiKey;
use shared::store::{Store, StoreError};

use super::{ServiceError, retry};

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
}

/// The keys, with a memory of those that were found. Keys that were not are not remembered: a new key works at once, and
/// nobody can push good keys out with bad ones.
#[derive(Debug)]
pub(crate) struct Keys {
    store: Store,
    config: KeyCacheConfig,
    found: Mutex<HashMap<[u8; 32], Found>>,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    actor: Actor,
    until: Instant,
}

impl Keys {
    pub(crate) fn new(store: Store, config: KeyCacheConfig) -> Self {
        Self { store, config, found: Mutex::default() }
    }

    /// Whom a secret speaks for; `None` when the key is unknown or revoked.
    pub(crate) async fn find_actor(&self, secret: &str) -> Result<Option<Actor>, ServiceError> {
        let hash = hash(secret);
        if let Some(actor) = self.remembered(&hash, Instant::now()) {
            return Ok(Some(actor));
        }
        let owner = retry::read(|| self.store.find_api_key(&hash)).await?;
        let actor = owner.map(|owner| Actor { organization: owner.organization, scopes: owner.scopes });
        if let Some(actor) = actor {
            self.remember(hash, actor, Instant::now());
        }
        Ok(actor)
    }

    fn remembered(&self, hash: &[u8; 32], now: Instant) -> Option<Actor> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.get(hash).filter(|found| found.until > now).map(|found| found.actor)
    }

    fn remember(&self, hash: [u8; 32], actor: Actor, now: Instant) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() >= self.config.capacity {
            found.retain(|_, found| found.until > now);
        }
        // Full of keys in use: forgetting all of them costs one look-up each and needs no bookkeeping.
        if found.len() >= self.config.capacity {
            found.clear();
        }
        found.insert(hash, Found { actor, until: now + self.config.ttl });
    }
}

/// A new key for the organization of this name, which is made if there is none. The secret is in the answer only.
pub(crate) async fn create_key(store: &Store, organization: &str, name: &str) -> Result<String, StoreError> {
    let organization = store.ensure_organization(organization).await?;
    let secret = generate_secret();
    let key = NewApiKey {
        id: ApiKeyId::generate(store.clock().unix_millis()),
        organization,
        name,
        prefix: &secret[..SHOWN_LETTERS],
        hash: hash(&secret),
        scopes: Scope::ALL.into_iter().collect(),
    };
    store.insert_api_key(&key).await?;
    Ok(secret)
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
        Keys::new(unreachable_store(), KeyCacheConfig { ttl: Duration::from_secs(5), capacity })
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
        let actor = Actor { organization: OrganizationId::generate(1), scopes: Scopes::default() };
        let now = Instant::now();
        keys.remember([1; 32], actor, now);
        assert_eq!(keys.remembered(&[1; 32], now), Some(actor));
        assert_eq!(keys.remembered(&[1; 32], now + Duration::from_secs(5)), None);
        assert_eq!(keys.remembered(&[2; 32], now), None);

        for key in 2..10 {
            keys.remember([key; 32], actor, now);
            assert!(keys.found.lock().unwrap().len() <= 2);
            assert_eq!(keys.remembered(&[key; 32], now), Some(actor));
        }
    }
}
