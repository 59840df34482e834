//! The commands beside `serve`.

use shared::config::Env;
use shared::setup::{self, SetupError};
use shared::store::{MigrateError, StoreError};

use crate::config::SERVICE_NAME;
use crate::service::keys;

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
    /// A name is empty or too long.
    #[error("an organization's name and a key's name must have 1 to {MAX_NAME_CHARS} characters")]
    Names,
}

/// Brings the schema to this program's version and makes the partitions of the coming time. Answers the version.
///
/// # Errors
/// [`CommandError`].
pub async fn migrate(env: &Env) -> Result<i32, CommandError> {
    let store = setup::store(env, SERVICE_NAME)?;
    let retention_days = i32::try_from(setup::retention(env)?.as_secs() / 86_400).unwrap_or(i32::MAX);
    let migrated = store.migrate().await?;
    store.ensure_partitions(retention_days).await?;
    Ok(migrated.version)
}

/// Makes a key, and the organization when there is none of this name. Answers the secret, which is kept nowhere.
///
/// # Errors
/// [`CommandError`].
pub async fn create_key(env: &Env, organization: &str, name: &str) -> Result<String, CommandError> {
    let is_name = |text: &str| (1..=MAX_NAME_CHARS).contains(&text.chars().count());
    if !(is_name(organization) && is_name(name)) {
        return Err(CommandError::Names);
    }
    let store = setup::store(env, SERVICE_NAME)?;
    store.synchronize_clock().await?;
    Ok(keys::create_key(&store, organization, name).await?)
}
