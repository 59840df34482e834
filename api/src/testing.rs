//! What the unit tests share. Everything that needs a database is tested in the `tests` crate, against a real one.

use std::time::Duration;

use shared::domain::Clock;
use shared::store::{Store, StoreConfig};

/// A store whose database nobody runs: every call fails at once, and for certain did nothing.
pub(crate) fn unreachable_store() -> Store {
    let config = StoreConfig {
        url: "postgres://nobody@127.0.0.1:1/nothing".to_owned().into(),
        application_name: "test".to_owned(),
        pool_size: 4,
        acquire_timeout: Duration::from_secs(1),
        statement_timeout: Duration::from_secs(1),
        lock_timeout: Duration::from_secs(1),
        idle_in_transaction_timeout: Duration::from_secs(1),
    };
    Store::new(&config, Clock::default()).unwrap()
}
