//! What every handler works with.

use std::sync::Arc;

use shared::domain::Clock;
use shared::telemetry::Metrics;

use crate::config::HeadLimits;
use crate::extract::BodyLimits;
use crate::service::health::Health;
use crate::service::jobs::Jobs;
use crate::service::keys::Keys;

/// The parts, as handlers see them: cheap to clone, once a request.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) keys: Arc<Keys>,
    pub(crate) jobs: Jobs,
    pub(crate) health: Arc<Health>,
    pub(crate) heads: HeadLimits,
    pub(crate) bodies: BodyLimits,
    pub(crate) metrics: Metrics,
    /// Database time, for request ids.
    pub(crate) clock: Clock,
}
