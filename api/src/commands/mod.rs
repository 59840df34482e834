//! The commands beside `serve`: each answers with the text to print.

mod endpoints;
mod keys;
mod listing;
mod organizations;
mod restored;

use shared::config::Env;
use shared::domain::ApiKeyId;
use shared::setup::{self, SetupError};
use shared::store::{MigrateError, Store, StoreError};

use crate::config::SERVICE_NAME;

pub use endpoints::{Checked, check_endpoints, list_endpoints};
pub use keys::{NewKey, create_key, list_keys, revoke_key};
pub use organizations::{create_organization, list_organizations};
pub use restored::restored;

/// Characters of a name, at most: the schema's own rule.
const MAX_NAME_CHARS: usize = 200;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The environment.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The schema could not be brought to this program's version.
    #[error("the schema could not be migrated")]
    Migrate(#[from] MigrateError),
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
    /// The broker failed.
    #[error("the broker failed; nothing was changed")]
    Broker(#[from] shared::broker::BrokerError),
    /// A name is empty or too long.
    #[error("an organization's name and a key's name must have 1 to {MAX_NAME_CHARS} characters")]
    Names,
    /// There is no such key.
    #[error("there is no key {0}")]
    NoSuchKey(ApiKeyId),
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Brings the schema to this program's version and makes the partitions of the coming time.
///
/// # Errors
/// [`CommandError`].
pub async fn migrate(env: &Env) -> Result<String, CommandError> {
    let store = setup::store(env, SERVICE_NAME)?;
    let retention_days = i32::try_from(setup::retention(env)?.as_secs() / 86_400).unwrap_or(i32::MAX);
    let migrated = store.migrate().await?;
    store.ensure_partitions(retention_days).await?;
    Ok(format!("the schema is at version {}", migrated.version))
}

/// The database, with a clock that is right: ids carry its time.
async fn store_of(env: &Env) -> Result<Store, CommandError> {
    let store = setup::store(env, SERVICE_NAME)?;
    store.synchronize_clock().await?;
    Ok(store)
}

fn check_names(names: &[&str]) -> Result<(), CommandError> {
    let is_name = |name: &&str| (1..=MAX_NAME_CHARS).contains(&name.chars().count());
    if names.iter().all(is_name) { Ok(()) } else { Err(CommandError::Names) }
}
