//! The answers of the probes.

use serde::Serialize;
use utoipa::ToSchema;

use crate::service::health::Readiness;

/// The process is alive.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthView {
    #[schema(example = "ok")]
    pub(crate) status: &'static str,
}

/// Whether the process can do its work.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadinessView {
    /// `ready` or `not_ready`.
    #[schema(pattern = "^(not_)?ready$", example = "ready")]
    status: &'static str,
    /// The database answers.
    database: bool,
    /// Its schema is one that this version knows.
    schema: bool,
    /// Distance of this machine's clock from the database's; 5,000 at most.
    clock_skew_ms: u64,
    /// The broker takes messages. Jobs are accepted without it, so it does not count.
    broker: bool,
}

impl From<Readiness> for ReadinessView {
    fn from(readiness: Readiness) -> Self {
        Self {
            status: if readiness.is_ready() { "ready" } else { "not_ready" },
            database: readiness.database,
            schema: readiness.schema,
            clock_skew_ms: u64::try_from(readiness.clock_skew.as_millis()).unwrap_or(u64::MAX),
            broker: readiness.broker,
        }
    }
}
