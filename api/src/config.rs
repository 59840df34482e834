//! The settings of the api: one struct a concern, each defined beside what it configures.

use std::time::Duration;

use shared::broker::BrokerConfig;
use shared::config::{ConfigError, Env};
use shared::payload::Secrets;
use shared::setup::{self, SetupError};
use shared::store::jobs::RetryRules;
use shared::telemetry::TelemetryConfig;

pub use crate::service::accept::AcceptConfig;
pub use crate::service::jobs::JobRules;
pub use crate::service::keys::KeyCacheConfig;
pub use crate::service::validation::JsonLimits;

/// The name of this process in logs, traces and `pg_stat_activity`.
pub const SERVICE_NAME: &str = "quire-api";

/// How the process is started and stopped.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// `host:port` to listen on.
    pub address: String,
    /// Connections of clients, at most.
    pub connections: usize,
    /// Whether the schema is brought up to date at start.
    pub migrate: bool,
    /// How long a start waits for PostgreSQL.
    pub start_timeout: Duration,
    /// Time for requests under way to end at a stop.
    pub drain: Duration,
}

/// What the head of a request may be.
#[derive(Debug, Clone, Copy)]
pub struct HeadLimits {
    /// Path and query, at most.
    pub uri_bytes: usize,
    /// Names and values of all headers, at most.
    pub headers_bytes: usize,
}

/// How request bodies are received.
#[derive(Debug, Clone, Copy)]
pub struct BodyConfig {
    /// One body, at most.
    pub max_bytes: u64,
    /// All bodies in flight, at most.
    pub budget_bytes: u64,
    /// Time for one body to arrive.
    pub timeout: Duration,
}

/// Everything that `serve` reads from the environment, apart from the stores.
#[derive(Debug, Clone)]
pub struct Config {
    /// Start and stop.
    pub server: ServerConfig,
    /// Heads of requests.
    pub heads: HeadLimits,
    /// Request bodies.
    pub body: BodyConfig,
    /// What JSON may be.
    pub json: JsonLimits,
    /// Grouped accept.
    pub accept: AcceptConfig,
    /// Delays, retries.
    pub jobs: JobRules,
    /// Authentication.
    pub keys: KeyCacheConfig,
    /// RabbitMQ.
    pub broker: BrokerConfig,
    /// Logs and traces.
    pub telemetry: TelemetryConfig,
    /// How long a create waits for the broker's confirm.
    pub confirm_wait: Duration,
    /// Compressed requests up to this size stay in PostgreSQL.
    pub inline_max_bytes: u64,
    /// Jobs that are looked at for one page of a list, at most.
    pub list_scan_max: u32,
    /// What passwords of documents are kept encrypted with.
    pub secrets: Secrets,
    /// How often partitions are made ahead.
    pub partitions_interval: Duration,
}

impl Config {
    /// The settings of this environment.
    ///
    /// # Errors
    /// [`SetupError`] names the variable and its rule.
    pub fn from_env(env: &Env) -> Result<Self, SetupError> {
        let instance = format!("{:016x}", rand::random::<u64>());
        Ok(Self {
            server: server(env)?,
            heads: HeadLimits {
                uri_bytes: env.within("QUIRE_API_URI_MAX_BYTES", 1024..=65_000)? as usize,
                headers_bytes: env.within("QUIRE_API_HEADERS_MAX_BYTES", 1024..=1_048_576)? as usize,
            },
            body: body(env)?,
            json: JsonLimits {
                max_depth: env.within("QUIRE_API_JSON_MAX_DEPTH", 1..=120)? as usize,
                max_values: env.count("QUIRE_API_JSON_MAX_VALUES")? as usize,
            },
            accept: accept(env)?,
            jobs: jobs(env)?,
            keys: KeyCacheConfig {
                ttl: env.millis("QUIRE_API_KEY_CACHE_MS")?,
                capacity: env.count("QUIRE_API_KEY_CACHE")? as usize,
                used_interval: env.millis("QUIRE_API_KEY_USED_MS")?,
            },
            broker: setup::broker(env, SERVICE_NAME)?,
            telemetry: setup::telemetry(env, SERVICE_NAME, instance)?,
            confirm_wait: env.millis("QUIRE_API_CONFIRM_WAIT_MS")?,
            inline_max_bytes: env.bytes("QUIRE_INLINE_MAX_BYTES")?,
            list_scan_max: env.count("QUIRE_API_LIST_SCAN_MAX")?,
            secrets: setup::secrets(env)?,
            partitions_interval: env.millis("QUIRE_PARTITIONS_INTERVAL_MS")?,
        })
    }

    /// How long requests and results are kept, in whole days.
    #[must_use]
    pub fn retention_days(&self) -> i32 {
        i32::try_from(self.accept.rules.retention.as_secs() / 86_400).unwrap_or(i32::MAX)
    }
}

fn server(env: &Env) -> Result<ServerConfig, ConfigError> {
    Ok(ServerConfig {
        address: env.text("QUIRE_API_ADDR")?,
        connections: env.count("QUIRE_API_CONNECTIONS")? as usize,
        migrate: env.switch("QUIRE_API_MIGRATE")?,
        start_timeout: env.millis("QUIRE_API_START_MS")?,
        drain: env.millis("QUIRE_API_DRAIN_MS")?,
    })
}

/// A body that the budget or the object store could never take is too large, whatever its own cap says.
fn body(env: &Env) -> Result<BodyConfig, ConfigError> {
    let budget_bytes = env.bytes("QUIRE_API_BODIES_MAX_BYTES")?;
    let max_bytes = env.bytes("QUIRE_API_BODY_MAX_BYTES")?;
    Ok(BodyConfig {
        max_bytes: max_bytes.min(budget_bytes).min(env.bytes("QUIRE_PAYLOAD_MAX_BYTES")?),
        budget_bytes,
        timeout: env.millis("QUIRE_API_BODY_TIMEOUT_MS")?,
    })
}

fn accept(env: &Env) -> Result<AcceptConfig, SetupError> {
    Ok(AcceptConfig {
        batch: env.count("QUIRE_API_ACCEPT_BATCH")? as usize,
        batch_bytes: usize::try_from(env.bytes("QUIRE_API_ACCEPT_BATCH_BYTES")?).unwrap_or(usize::MAX),
        writers: env.count("QUIRE_API_ACCEPT_WRITERS")? as usize,
        queue: env.count("QUIRE_API_ACCEPT_QUEUE")? as usize,
        deadline: env.millis("QUIRE_API_ACCEPT_DEADLINE_MS")?,
        rules: setup::accept_rules(env)?,
    })
}

fn jobs(env: &Env) -> Result<JobRules, SetupError> {
    let accept = setup::accept_rules(env)?;
    Ok(JobRules {
        retry: RetryRules {
            retention: accept.retention,
            stop_grace: env.millis("QUIRE_API_STOP_GRACE_MS")?,
            repeat: env.millis("QUIRE_API_RETRY_REPEAT_MS")?,
            window: accept.window,
            hold: accept.hold,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, SetupError> {
        let urls = [("QUIRE_DATABASE_URL", "postgres://a@b/c"), ("QUIRE_AMQP_URL", "amqp://b")];
        let all = urls.iter().chain(pairs).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::from_env(&Env::from_pairs(all)?)
    }

    #[test]
    fn the_defaults_are_good() {
        let config = config(&[]).unwrap();
        assert_eq!(config.retention_days(), 7);
        assert_eq!(config.confirm_wait, Duration::from_millis(150));
    }

    #[test]
    fn one_body_cannot_exceed_the_budget_of_all() {
        let config = config(&[("QUIRE_API_BODIES_MAX_BYTES", "4096")]).unwrap();
        assert_eq!(config.body.max_bytes, 4096);
    }

    #[test]
    fn a_bad_key_is_named_and_not_shown() {
        let error = config(&[("QUIRE_SECRETS_KEY", "hunter2")]).unwrap_err().to_string();
        assert!(error.contains("QUIRE_SECRETS_KEY") && error.contains("32 random bytes"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }

    #[test]
    fn a_bad_value_names_its_variable() {
        let error = config(&[("QUIRE_API_DRAIN_MS", "soon")]).unwrap_err().to_string();
        assert!(error.contains("QUIRE_API_DRAIN_MS"), "{error}");
    }
}
