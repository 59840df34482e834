//! Building the parts that both processes have from the environment. The one module that knows all of them.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use crate::blob::{ArtifactRules, Blob, BlobConfig, BlobError, CloudConfig, Usable};
use crate::broker::{BrokerConfig, BrokerError};
use crate::config::{ConfigError, Env};
use crate::domain::{Clock, Endpoints, Registry};
use crate::endpoints::{self, Mistakes, Surroundings};
use crate::payload::Secrets;
use crate::store::jobs::AcceptRules;
use crate::store::outbox::Window;
use crate::store::{Store, StoreConfig};
use crate::telemetry::TelemetryConfig;

/// Why a part could not be built.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The environment.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database's URL; not repeated here, because it may hold a password.
    #[error("QUIRE_DATABASE_URL must be postgres://user:password@host:port/database and cannot be understood")]
    DatabaseUrl(#[source] tokio_postgres::Error),
    /// The broker's URL; not repeated either.
    #[error("QUIRE_AMQP_URL must be amqp://user:password@host:port/vhost and cannot be understood")]
    AmqpUrl(#[from] BrokerError),
    /// The operator's endpoints: one mistake a line.
    #[error("QUIRE_ENDPOINTS_FILE cannot be used:\n{0}")]
    Endpoints(#[from] Mistakes),
    /// The object store.
    #[error("QUIRE_BLOB_URL cannot be used")]
    Blob(#[from] BlobError),
}

/// The database.
///
/// # Errors
/// [`SetupError`].
pub fn store(env: &Env, application_name: &str) -> Result<Store, SetupError> {
    Store::new(&store_config(env, application_name)?, Clock::default()).map_err(SetupError::DatabaseUrl)
}

/// The database once more, for lists: with connections and a time-out of their own.
///
/// # Errors
/// [`SetupError`].
pub fn list_store(env: &Env, application_name: &str, clock: Clock) -> Result<Store, SetupError> {
    let config = StoreConfig {
        pool_size: env.count("QUIRE_API_LIST_CONNECTIONS")? as usize,
        statement_timeout: env.millis("QUIRE_API_LIST_TIMEOUT_MS")?,
        ..store_config(env, application_name)?
    };
    Store::for_lists(&config, clock).map_err(SetupError::DatabaseUrl)
}

fn store_config(env: &Env, application_name: &str) -> Result<StoreConfig, SetupError> {
    Ok(StoreConfig {
        url: env.secret("QUIRE_DATABASE_URL")?,
        application_name: application_name.to_owned(),
        pool_size: env.count("QUIRE_DATABASE_POOL_SIZE")? as usize,
        acquire_timeout: env.millis("QUIRE_DATABASE_ACQUIRE_TIMEOUT_MS")?,
        statement_timeout: env.millis("QUIRE_DATABASE_STATEMENT_TIMEOUT_MS")?,
        lock_timeout: env.millis("QUIRE_DATABASE_LOCK_TIMEOUT_MS")?,
        idle_in_transaction_timeout: env.millis("QUIRE_DATABASE_IDLE_TIMEOUT_MS")?,
    })
}

/// The broker's settings.
///
/// # Errors
/// [`SetupError`].
pub fn broker(env: &Env, name: &str) -> Result<BrokerConfig, SetupError> {
    let mut config = BrokerConfig::new(&env.secret("QUIRE_AMQP_URL")?, name)?;
    config.confirm_timeout = env.millis("QUIRE_AMQP_CONFIRM_TIMEOUT_MS")?;
    config.connect_timeout = env.millis("QUIRE_AMQP_CONNECT_TIMEOUT_MS")?;
    config.publish_window = env.count("QUIRE_AMQP_PUBLISH_WINDOW")? as usize;
    config.publish_queue = env.count("QUIRE_AMQP_PUBLISH_QUEUE")? as usize;
    config.queue_max_length = env.count("QUIRE_AMQP_QUEUE_MAX_LENGTH")?;
    Ok(config)
}

/// The endpoints: the built-in ones, and those of the operator's file.
///
/// # Errors
/// [`SetupError`].
pub fn endpoints(env: &Env) -> Result<Endpoints, SetupError> {
    Ok(Endpoints::new(registry(env, &|_| Ok(()))?))
}

/// The same as a registry; `schema` says why the schema of a request cannot be used.
///
/// # Errors
/// [`SetupError`].
pub fn registry(env: &Env, schema: &dyn Fn(&Value) -> Result<(), String>) -> Result<Registry, SetupError> {
    let Some(file) = env.optional("QUIRE_ENDPOINTS_FILE")? else { return Ok(Registry::default()) };
    Ok(endpoints_of_file(env, Path::new(&file), schema)?)
}

/// What a file of endpoints says, in this environment.
///
/// # Errors
/// [`Mistakes`].
pub fn endpoints_of_file(
    env: &Env,
    file: &Path,
    schema: &dyn Fn(&Value) -> Result<(), String>,
) -> Result<Registry, Mistakes> {
    endpoints::read(file, Surroundings { variables: &|name| env.foreign(name), schema })
}

/// The object store.
///
/// # Errors
/// [`SetupError`].
pub fn blob(env: &Env) -> Result<Blob, SetupError> {
    let config = BlobConfig {
        url: env.optional("QUIRE_BLOB_URL")?,
        inline_max_bytes: env.bytes("QUIRE_INLINE_MAX_BYTES")?,
        payload_max_bytes: env.bytes("QUIRE_PAYLOAD_MAX_BYTES")?,
        cloud: CloudConfig {
            variables: env.secrets(CloudConfig::wants),
            connect_timeout: env.millis("QUIRE_BLOB_CONNECT_TIMEOUT_MS")?,
            request_timeout: env.millis("QUIRE_BLOB_REQUEST_TIMEOUT_MS")?,
            retries: env.within("QUIRE_BLOB_RETRIES", 0..=100)? as usize,
            retry_timeout: env.millis("QUIRE_BLOB_RETRY_TIMEOUT_MS")?,
        },
        artifacts: ArtifactRules {
            min_bytes: env.bytes("QUIRE_ARTIFACT_MIN_BYTES")?,
            max_count: env.count("QUIRE_ARTIFACTS_MAX")? as usize,
        },
    };
    Ok(Blob::open(&config)?)
}

/// What passwords of documents are kept encrypted with.
///
/// # Errors
/// [`ConfigError`].
pub fn secrets(env: &Env) -> Result<Secrets, ConfigError> {
    env.with("QUIRE_SECRETS_KEY", Secrets::parse)
}

/// Makes sure that the object store can be used. One that is away for the moment is only complained about.
///
/// # Errors
/// [`SetupError::Blob`], when the store refuses.
pub async fn check_blob(blob: &Blob) -> Result<(), SetupError> {
    if let Usable::Away(error) = blob.check().await? {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(error, "the object store cannot be used now: large requests and results have to wait for it");
    }
    Ok(())
}

/// Logs and traces.
///
/// # Errors
/// [`SetupError`].
pub fn telemetry(env: &Env, service_name: &'static str, instance: String) -> Result<TelemetryConfig, SetupError> {
    Ok(TelemetryConfig {
        service_name: service_name.to_owned(),
        service_version: env!("CARGO_PKG_VERSION").to_owned(),
        instance,
        log_filter: env.text("QUIRE_LOG")?,
        log_format: env.with("QUIRE_LOG_FORMAT", |value| value.parse().ok())?,
        otlp_endpoint: env.optional("OTEL_EXPORTER_OTLP_ENDPOINT")?,
    })
}

/// How jobs are accepted.
///
/// # Errors
/// [`SetupError`].
pub fn accept_rules(env: &Env) -> Result<AcceptRules, SetupError> {
    Ok(AcceptRules { retention: retention(env)?, window: window(env)?, hold: env.millis("QUIRE_OUTBOX_HOLD_MS")? })
}

/// How much of an organization's work the broker may hold in a lane.
///
/// # Errors
/// [`ConfigError`].
pub fn window(env: &Env) -> Result<Window, ConfigError> {
    Ok(Window {
        most: i64::from(env.count("QUIRE_FAIRNESS_WINDOW")?),
        per_slot: i64::from(env.count("QUIRE_FAIRNESS_PER_SLOT")?),
    })
}

/// How long requests and results are kept.
///
/// # Errors
/// [`SetupError`].
pub fn retention(env: &Env) -> Result<Duration, SetupError> {
    Ok(Duration::from_secs(u64::from(env.within("QUIRE_RETENTION_DAYS", 1..=365)?) * 86_400))
}

/// How many days records are kept after the end of their month. Longer than the data, which is found through them, and
/// longer than a month, because last month's partitions are made ahead too.
///
/// # Errors
/// [`SetupError`].
pub fn records_days(env: &Env) -> Result<i32, SetupError> {
    let retention_days = env.within("QUIRE_RETENTION_DAYS", 1..=365)?;
    let days: u32 = env.with("QUIRE_RECORDS_DAYS", |value| {
        value.parse().ok().filter(|days| (31..=3650).contains(days) && *days >= retention_days + 2)
    })?;
    Ok(i32::try_from(days).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_outlive_the_data_that_is_found_through_them() {
        let days = |retention: &str, records: &str| {
            let pairs = [("QUIRE_RETENTION_DAYS", retention), ("QUIRE_RECORDS_DAYS", records)];
            let env = Env::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))).unwrap();
            records_days(&env).map_err(|error| error.to_string())
        };
        assert_eq!(days("7", ""), Ok(90));
        assert_eq!(days("7", "31"), Ok(31));
        assert_eq!(days("100", "102"), Ok(102));
        for (retention, records) in [("7", "30"), ("100", "101"), ("100", ""), ("7", "3651"), ("7", "-1")] {
            let error = days(retention, records).unwrap_err();
            assert!(error.contains("QUIRE_RECORDS_DAYS") && error.contains("QUIRE_RETENTION_DAYS"), "{error}");
        }
    }
}
