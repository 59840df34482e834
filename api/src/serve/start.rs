//! What PostgreSQL must be before requests are taken.

use std::time::Duration;

use shared::store::{MigrateError, Store, StoreError};
use tokio::time::Instant;

use super::ServeError;
use crate::cause::Causes;
use crate::config::Config;

/// Pause between two tries.
const PAUSE: Duration = Duration::from_millis(500);

/// Waits for PostgreSQL, then makes the schema, the partitions and the clock right.
pub(super) async fn prepare_database(store: &Store, config: &Config) -> Result<(), ServeError> {
    let timeout = config.server.start_timeout;
    let deadline = Instant::now() + timeout;
    let mut told = false;
    loop {
        let error = match prepare_once(store, config).await {
            Ok(()) => return Ok(()),
            Err(MigrateError::Store(error)) if error.is_transient() => error,
            Err(MigrateError::Store(error)) => return Err(ServeError::Database(error)),
            Err(error) => return Err(ServeError::Schema(error)),
        };
        if Instant::now() + PAUSE >= deadline {
            return Err(ServeError::DatabaseUnreachable { waited: timeout, source: error });
        }
        if !std::mem::replace(&mut told, true) {
            tracing::warn!(error = %Causes(&error), "waiting for PostgreSQL");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn prepare_once(store: &Store, config: &Config) -> Result<(), MigrateError> {
    if config.server.migrate {
        let migrated = store.migrate().await?;
        tracing::info!(version = migrated.version, applied = migrated.applied, "the schema is up to date");
    } else {
        store.check_schema().await?;
    }
    store.ensure_partitions(config.retention_days()).await?;
    store.note_retention(config.retention_days()).await?;
    store.synchronize_clock().await.map_err(StoreError::into)
}
