//! The worker's settings, one struct for each concern, all read before anything starts.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use shared::config::{ConfigError, Env};
use shared::domain::Lane;
use shared::payload::Secrets;
use shared::setup::{self, SetupError};
use shared::store::jobs::FinishRules;
use shared::store::outbox::{CensusRules, RelayRules, ResendRules};
use shared::store::upstreams::HoldRules;

use crate::attempt::{Backoff, RetriesConfig};
use crate::engine::{Budget, EngineConfig};
use crate::executor::ClientConfig;
use crate::flow::FlowConfig;

/// What a worker process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Takes and runs jobs.
    Execute,
    /// Sends what waits in the outbox to the broker.
    Relay,
    /// Rescues, expires, makes partitions.
    Maintain,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Execute, Self::Relay, Self::Maintain];

    /// The word in `QUIRE_WORKER_ROLES`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Execute => "execute",
            Self::Relay => "relay",
            Self::Maintain => "maintain",
        }
    }
}

/// How attempts are taken, held and ended.
#[derive(Debug, Clone)]
pub struct ExecuteConfig {
    /// Attempts of each lane at the same time; lanes without slots are not consumed.
    pub slots: BTreeMap<Lane, u16>,
    /// How long the queue of a lane that is asked for work is left alone when it had none.
    pub pull_pause: Duration,
    /// Jobs that one statement claims.
    pub claim_batch: usize,
    /// Jobs that one statement finishes.
    pub finish_batch: usize,
    /// How ends leave jobs to the broker.
    pub finish_rules: FinishRules,
    /// How long a finished attempt tries to reach PostgreSQL.
    pub finish_deadline: Duration,
    /// How long a lease lasts.
    pub lease: Duration,
    /// How often it is renewed.
    pub heartbeat: Duration,
    /// Lost workers that end a job.
    pub max_crashes: i32,
    /// Delays after failures, where the endpoint has no schedule of its own.
    pub backoff: Backoff,
    /// Which retries are announced through the broker.
    pub retries: RetriesConfig,
    /// How long the broker must be away before the outbox is read directly.
    pub direct_after: Duration,
    /// How long running attempts may take to end at a stop.
    pub drain: Duration,
    /// How often the worker says that it is there.
    pub presence: Duration,
}

/// How the outbox is relayed.
#[derive(Debug, Clone)]
pub struct RelayConfig {
    /// Pause after a round that found nothing.
    pub interval: Duration,
    /// How rows are taken.
    pub rules: RelayRules,
    /// Pause between looks for lost messages.
    pub resend_interval: Duration,
    /// When a message is lost.
    pub resend: ResendRules,
    /// A lane with no more ready messages than this counts as empty.
    pub ready_max: u32,
}

/// What the maintenance may do at once, and how often it does it.
#[derive(Debug, Clone)]
pub struct MaintenanceConfig {
    /// Pause between looks for lost workers' jobs.
    pub rescue_interval: Duration,
    /// Pause between looks for what is too old.
    pub expiry_interval: Duration,
    /// Queued jobs that one statement expires.
    pub expiry_batch: u32,
    /// Pause between looks at the partitions.
    pub partitions_interval: Duration,
    /// How long taking a partition away waits for transactions under way.
    pub lock_timeout: Duration,
    /// Days that requests and results are kept.
    pub retention_days: i32,
    /// Days that records are kept after their month.
    pub records_days: i32,
    /// Pause between looks for objects of no job.
    pub sweep_interval: Duration,
    /// Objects that are looked at in one such round.
    pub sweep_batch: usize,
    /// Jobs whose objects are deleted at the same time.
    pub deletes: usize,
    /// How long a job whose message was given up is left alone.
    pub dead_letter_backoff: Duration,
    /// Pause between counts of the queues that nobody waits for.
    pub queues_interval: Duration,
    /// Pause between counts of what waits and runs.
    pub census_interval: Duration,
    /// How that is counted.
    pub census: CensusRules,
}

/// Everything.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where health and metrics are served.
    pub address: Option<SocketAddr>,
    /// What the process does.
    pub roles: Vec<Role>,
    /// Attempts.
    pub execute: ExecuteConfig,
    /// Upstreams in trouble.
    pub flow: FlowConfig,
    /// The relay.
    pub relay: RelayConfig,
    /// The maintenance.
    pub maintenance: MaintenanceConfig,
    /// The engine's children.
    pub engine: EngineConfig,
    /// What a document may hold.
    pub limits: documents::Limits,
    /// Connections to upstreams.
    pub upstreams: ClientConfig,
    /// A stored result, at most.
    pub payload_max_bytes: u64,
    /// What passwords of documents are kept encrypted with.
    pub secrets: Secrets,
}

impl Config {
    /// Reads everything.
    ///
    /// # Errors
    /// [`SetupError`], naming the variable and its rule.
    pub fn from_env(env: &Env) -> Result<Self, SetupError> {
        Ok(Self {
            address: env.with("QUIRE_WORKER_ADDR", parse_address)?,
            roles: env.with("QUIRE_WORKER_ROLES", parse_roles)?,
            execute: execute(env)?,
            flow: flow(env)?,
            relay: relay(env)?,
            maintenance: maintenance(env)?,
            engine: engine(env)?,
            limits: limits(env)?,
            upstreams: upstreams(env)?,
            payload_max_bytes: env.bytes("QUIRE_PAYLOAD_MAX_BYTES")?,
            secrets: setup::secrets(env)?,
        })
    }

    /// Whether the process has this role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

fn execute(env: &Env) -> Result<ExecuteConfig, ConfigError> {
    Ok(ExecuteConfig {
        slots: env.with("QUIRE_WORKER_SLOTS", parse_slots)?,
        pull_pause: env.millis("QUIRE_WORKER_PULL_PAUSE_MS")?,
        claim_batch: env.count("QUIRE_WORKER_CLAIM_BATCH")? as usize,
        finish_batch: env.count("QUIRE_WORKER_FINISH_BATCH")? as usize,
        finish_rules: FinishRules { window: setup::window(env)?.most, hold: env.millis("QUIRE_OUTBOX_HOLD_MS")? },
        finish_deadline: env.millis("QUIRE_WORKER_FINISH_DEADLINE_MS")?,
        lease: env.millis("QUIRE_LEASE_MS")?,
        heartbeat: env.millis("QUIRE_HEARTBEAT_MS")?,
        max_crashes: i32::try_from(env.count("QUIRE_MAX_CRASHES")?).unwrap_or(i32::MAX),
        backoff: Backoff { base: env.millis("QUIRE_RETRY_BASE_MS")?, max: env.millis("QUIRE_RETRY_MAX_MS")? },
        retries: RetriesConfig {
            hurry_max: env.millis("QUIRE_RETRY_HURRY_MAX_MS")?,
            waiting_max: env.count("QUIRE_RETRY_WAITING_MAX")? as usize,
            stamp_batch: env.count("QUIRE_WORKER_FINISH_BATCH")? as usize,
        },
        direct_after: env.millis("QUIRE_WORKER_DIRECT_AFTER_MS")?,
        drain: env.millis("QUIRE_WORKER_DRAIN_MS")?,
        presence: env.millis("QUIRE_WORKER_PRESENCE_MS")?,
    })
}

fn flow(env: &Env) -> Result<FlowConfig, ConfigError> {
    Ok(FlowConfig {
        failures: env.count("QUIRE_CIRCUIT_FAILURES")? as usize,
        hold: HoldRules { first: env.millis("QUIRE_CIRCUIT_HOLD_MS")?, most: env.millis("QUIRE_CIRCUIT_HOLD_MAX_MS")? },
        refresh: env.millis("QUIRE_HEARTBEAT_MS")?,
    })
}

fn relay(env: &Env) -> Result<RelayConfig, ConfigError> {
    Ok(RelayConfig {
        interval: env.millis("QUIRE_RELAY_INTERVAL_MS")?,
        rules: RelayRules {
            window: setup::window(env)?,
            batch: i64::from(env.count("QUIRE_RELAY_BATCH")?),
            hold: env.millis("QUIRE_OUTBOX_HOLD_MS")?,
        },
        resend_interval: env.millis("QUIRE_RESEND_INTERVAL_MS")?,
        resend: ResendRules {
            overtaken_after: env.millis("QUIRE_RESEND_OVERTAKEN_MS")?,
            settled_after: env.millis("QUIRE_RESEND_SETTLED_MS")?,
            limit: i64::from(env.count("QUIRE_RESEND_BATCH")?),
        },
        ready_max: env.within("QUIRE_RESEND_READY_MAX", 0..=1_000_000)?,
    })
}

fn maintenance(env: &Env) -> Result<MaintenanceConfig, SetupError> {
    Ok(MaintenanceConfig {
        rescue_interval: env.millis("QUIRE_MAINTENANCE_INTERVAL_MS")?,
        expiry_interval: env.millis("QUIRE_EXPIRY_INTERVAL_MS")?,
        expiry_batch: env.count("QUIRE_EXPIRY_BATCH")?,
        partitions_interval: env.millis("QUIRE_PARTITIONS_INTERVAL_MS")?,
        lock_timeout: env.millis("QUIRE_PARTITIONS_LOCK_TIMEOUT_MS")?,
        retention_days: i32::try_from(setup::retention(env)?.as_secs() / 86_400).unwrap_or(i32::MAX),
        records_days: setup::records_days(env)?,
        sweep_interval: env.millis("QUIRE_SWEEP_INTERVAL_MS")?,
        sweep_batch: env.count("QUIRE_SWEEP_BATCH")? as usize,
        deletes: env.count("QUIRE_SWEEP_DELETES")? as usize,
        dead_letter_backoff: env.millis("QUIRE_DEAD_LETTER_BACKOFF_MS")?,
        queues_interval: env.millis("QUIRE_QUEUES_INTERVAL_MS")?,
        census_interval: env.millis("QUIRE_CENSUS_INTERVAL_MS")?,
        census: CensusRules {
            flooding_from: i64::from(env.count("QUIRE_FAIRNESS_WINDOW")?),
            max_rows: i64::from(env.count("QUIRE_CENSUS_MAX_ROWS")?),
        },
    })
}

pub(crate) fn engine(env: &Env) -> Result<EngineConfig, ConfigError> {
    let processes = match env.within("QUIRE_ENGINE_PROCESSES", 0..=1024)? {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        some => some as usize,
    };
    Ok(EngineConfig {
        // Where the running program cannot be named, its usual name is looked for in PATH.
        program: std::env::current_exe().unwrap_or_else(|_| "quire-worker".into()),
        models_dir: env.with("QUIRE_MODELS_DIR", parse_directory)?,
        processes,
        memory_bytes: env.bytes("QUIRE_ENGINE_MEMORY_BYTES")?,
        timeout: Budget {
            base: env.millis("QUIRE_ENGINE_TIMEOUT_MS")?,
            page: env.millis("QUIRE_ENGINE_TIMEOUT_PAGE_MS")?,
        },
        cpu: Budget { base: env.millis("QUIRE_ENGINE_CPU_MS")?, page: env.millis("QUIRE_ENGINE_CPU_PAGE_MS")? },
        recycle_after_jobs: env.count("QUIRE_ENGINE_RECYCLE_JOBS")?,
        recycle_bytes: env.bytes("QUIRE_ENGINE_RECYCLE_BYTES")?,
        sandbox: env.switch("QUIRE_ENGINE_SANDBOX")?,
        frame_max_bytes: env.bytes("QUIRE_PAYLOAD_MAX_BYTES")?,
    })
}

pub(crate) fn limits(env: &Env) -> Result<documents::Limits, ConfigError> {
    Ok(documents::Limits {
        max_pages: u64::from(env.count("QUIRE_ENGINE_MAX_PAGES")?),
        max_text_bytes: env.bytes("QUIRE_ENGINE_MAX_TEXT_BYTES")?,
        ..documents::Limits::default()
    })
}

fn upstreams(env: &Env) -> Result<ClientConfig, ConfigError> {
    Ok(ClientConfig {
        idle_per_host: env.count("QUIRE_UPSTREAM_IDLE_PER_HOST")? as usize,
        idle_timeout: env.millis("QUIRE_UPSTREAM_IDLE_MS")?,
    })
}

#[expect(clippy::option_option, reason = "the outer one is the parser's, the inner one is the setting")]
fn parse_address(value: &str) -> Option<Option<SocketAddr>> {
    if value == "off" { Some(None) } else { value.parse().ok().map(Some) }
}

/// Children work in another directory than their parent.
#[expect(clippy::option_option, reason = "the outer one is the parser's, the inner one is the setting")]
fn parse_directory(value: &str) -> Option<Option<PathBuf>> {
    if value.is_empty() { Some(None) } else { std::path::absolute(value).ok().map(Some) }
}

fn parse_roles(value: &str) -> Option<Vec<Role>> {
    let mut roles = value
        .split(',')
        .map(|word| Role::ALL.into_iter().find(|role| role.as_str() == word.trim()))
        .collect::<Option<Vec<_>>>()?;
    roles.sort_unstable();
    roles.dedup();
    Some(roles)
}

fn parse_slots(value: &str) -> Option<BTreeMap<Lane, u16>> {
    let mut slots = BTreeMap::new();
    for part in value.split(',') {
        let (lane, count) = part.split_once('=')?;
        let count: u16 = count.trim().parse().ok().filter(|count| *count <= 1000)?;
        if slots.insert(lane.trim().parse().ok()?, count).is_some() {
            return None;
        }
    }
    slots.retain(|_, count| *count > 0);
    Some(slots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_read_by_lane() {
        let slots = parse_slots("interactive=2, batch=8,long=0").unwrap();
        assert_eq!(slots, BTreeMap::from([(Lane::Interactive, 2), (Lane::Batch, 8)]));
        for bad in ["", "batch", "batch=x", "batch=1001", "fast=1", "batch=1,batch=2"] {
            assert!(parse_slots(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn roles_are_a_set() {
        assert_eq!(parse_roles("relay,execute,relay"), Some(vec![Role::Execute, Role::Relay]));
        assert_eq!(parse_roles("execute,cook"), None);
        assert_eq!(parse_roles(""), None);
    }
}
