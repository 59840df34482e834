//! When keys were last used: noted in memory with each request, written down for all of them now and then.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use shared::domain::ApiKeyId;
use shared::store::{Store, StoreError};

/// The uses that are not written down yet.
#[derive(Debug)]
pub(super) struct KeyUse {
    /// Keys at most. One that finds no room is noted with its next use.
    capacity: usize,
    latest: Mutex<HashMap<ApiKeyId, SystemTime>>,
}

impl KeyUse {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity, latest: Mutex::default() }
    }

    /// Notes a use.
    pub(super) fn note(&self, key: ApiKeyId, now: SystemTime) {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if latest.len() < self.capacity || latest.contains_key(&key) {
            latest.insert(key, now);
        }
    }

    /// Writes the uses down, in one statement. What could not be written is kept for the next time.
    pub(super) async fn write(&self, store: &Store, grain: Duration) -> Result<(), StoreError> {
        let used: Vec<(ApiKeyId, SystemTime)> = self.taken().into_iter().collect();
        if used.is_empty() {
            return Ok(());
        }
        let written = store.api_keys_used(&used, grain).await;
        if written.is_err() {
            let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, at) in used {
                latest.entry(key).or_insert(at);
            }
        }
        written
    }

    fn taken(&self) -> HashMap<ApiKeyId, SystemTime> {
        std::mem::take(&mut *self.latest.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::unreachable_store;

    const NOON: SystemTime = SystemTime::UNIX_EPOCH;

    #[tokio::test]
    async fn uses_are_bounded_and_wait_for_the_database() {
        let keys = [1, 2, 3].map(ApiKeyId::generate);
        let uses = KeyUse::new(2);
        for key in keys {
            uses.note(key, NOON);
        }
        uses.note(keys[0], NOON + Duration::from_secs(1));
        assert!(uses.write(&unreachable_store(), Duration::ZERO).await.is_err());
        let kept = uses.taken();
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[&keys[0]], NOON + Duration::from_secs(1));
        // Nothing to write is nothing to ask the database for.
        assert!(uses.write(&unreachable_store(), Duration::ZERO).await.is_ok());
    }
}
