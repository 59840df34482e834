//! What flows where: the limits of endpoints, the upstreams in trouble, and the nudge that has the relay look again.
//!
//! PostgreSQL decides, for the whole fleet ([`shared::store::upstreams`]). A worker only notices: it counts the failures
//! of each upstream, says when one is in trouble, and reads what the others have said.

mod detector;
mod states;

use std::sync::Arc;
use std::time::Duration;

use shared::domain::{Endpoints, Failure, FailureClass, FailureCode, JobId, Lane, Registry};
use shared::store::upstreams::{HoldRules, Trouble};
use shared::store::{Limits, Store, StoreError};
use tokio::sync::Notify;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use detector::Detector;
use states::States;

/// Jobs that an upstream in trouble has failed come back spread over so much.
const SPREAD_MIN: Duration = Duration::from_secs(1);
const SPREAD_MAX: Duration = Duration::from_secs(10);

/// When an upstream is in trouble, and what follows.
#[derive(Debug, Clone, Copy)]
pub struct FlowConfig {
    /// Jobs that it has failed one after the other.
    pub failures: usize,
    /// For how long it is left alone.
    pub hold: HoldRules,
    /// How often the fleet's view is read.
    pub refresh: Duration,
}

/// One for each lane: who nudges one has nothing to say of the others.
#[derive(Debug, Default)]
struct Nudges {
    interactive: Notify,
    batch: Notify,
    long: Notify,
}

impl Nudges {
    const fn of(&self, lane: Lane) -> &Notify {
        match lane {
            Lane::Interactive => &self.interactive,
            Lane::Batch => &self.batch,
            Lane::Long => &self.long,
        }
    }
}

/// A handle to all of it. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Flow {
    store: Store,
    endpoints: Endpoints,
    config: FlowConfig,
    detector: Arc<Detector>,
    states: Arc<States>,
    nudged: Arc<Nudges>,
}

impl Flow {
    pub(crate) fn new(store: Store, endpoints: Endpoints, config: FlowConfig) -> Self {
        let (detector, states) = (Arc::new(Detector::new(config.failures)), Arc::default());
        Self { store, endpoints, config, detector, states, nudged: Arc::default() }
    }

    /// The limits in force, when a claim must heed any: of the configuration, or of an upstream in trouble.
    pub(crate) fn limits_of_claims(&self) -> Option<Limits> {
        let limits = self.limits();
        (!limits.is_empty() || self.states.any()).then_some(limits)
    }

    /// The limits of the configuration.
    pub(crate) fn limits(&self) -> Limits {
        Limits::of(&self.endpoints.current())
    }

    /// Tells this process's relay that there may be room for more in a lane.
    pub(crate) fn nudge(&self, lane: Lane) {
        self.nudged.of(lane).notify_one();
    }

    /// Waits until somebody says that there may be room for more.
    pub(crate) async fn nudged(&self, lane: Lane) {
        self.nudged.of(lane).notified().await;
    }

    /// An attempt is over and recorded. A place at its endpoint may be free: nobody waits for the relay's next look.
    pub(crate) fn ended(&self, endpoint: &str, lane: Lane) {
        if self.is_paced(endpoint) {
            self.nudge(lane);
        }
    }

    /// Whether the relay alone knows when a job of this endpoint has room.
    pub(crate) fn is_paced(&self, endpoint: &str) -> bool {
        let registry = self.endpoints.current();
        let limited = registry.find(endpoint).is_ok_and(|endpoint| endpoint.concurrency.is_limited());
        limited || self.states.held(endpoint).is_some()
    }

    /// The upstream has answered an attempt that took so long.
    pub(crate) async fn answered(&self, endpoint: &str, took: Duration) {
        let Some(origin) = origin(&self.endpoints.current(), endpoint) else { return };
        self.detector.answered(&origin);
        if self.states.held(endpoint).is_none() {
            return;
        }
        match self.store.upstream_recovers(endpoint, took).await {
            Ok(true) => {
                tracing::info!(job.endpoint = endpoint, "the upstream of {endpoint} is well again");
                self.refresh().await;
            }
            Ok(false) => {}
            Err(error) => unsaid(&error),
        }
    }

    /// An attempt that took so long has failed. Answers how long its endpoint is still left alone if that is what failed
    /// it: the failure says nothing about the job then.
    pub(crate) async fn failed(
        &self,
        endpoint: &str,
        job: JobId,
        failure: &Failure,
        took: Duration,
    ) -> Option<Duration> {
        let registry = self.endpoints.current();
        let origin = origin(&registry, endpoint)?;
        if !is_of_upstream(failure.code) {
            if is_answer(failure.code) {
                self.answered(endpoint, took).await;
            }
            return None;
        }
        let known = self.states.held(endpoint).is_some();
        let tripped = self.detector.failed(&origin, job);
        let overloaded = failure.code == FailureCode::UpstreamOverloaded;
        if !(known || tripped || overloaded) {
            return None;
        }
        let trouble = if tripped { Trouble::Broken } else { Trouble::Overloaded };
        let same_origin: Vec<&str> = if known {
            vec![endpoint]
        } else {
            let all = registry.iter().filter(|other| other.upstream().is_some_and(|other| other.origin() == origin));
            all.map(|endpoint| &*endpoint.path).collect()
        };
        let told =
            self.store.upstream_trouble(&same_origin, trouble, took, failure.retry_after, self.config.hold).await;
        match told {
            Ok(changed) if changed.is_empty() => {}
            Ok(changed) => {
                metrics::counter!("quire_upstream_trips_total", "endpoint" => endpoint.to_owned()).increment(1);
                tracing::warn!(
                    job.endpoint = endpoint,
                    code = failure.code.as_str(),
                    endpoints = changed.len(),
                    "the upstream of {endpoint} is in trouble and is asked less"
                );
            }
            Err(error) => unsaid(&error),
        }
        self.refresh().await;
        // An overload that is noted now was met by a healthy endpoint; and some failures nothing can mend.
        ((known || tripped) && failure.class == FailureClass::Transient)
            .then(|| self.states.held(endpoint).unwrap_or_default())
    }

    /// Reads the fleet's view until told to stop.
    pub(crate) async fn watch(self, shutdown: CancellationToken) {
        let mut beat = tokio::time::interval(self.config.refresh);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = beat.tick() => self.refresh().await,
            }
        }
    }

    async fn refresh(&self) {
        match self.store.upstream_states().await {
            Ok(states) => {
                let registry = self.endpoints.current();
                // Another worker may have had the answer. What failed here before it is over.
                for endpoint in self.states.replace(states) {
                    origin(&registry, &endpoint).inspect(|origin| self.detector.answered(origin));
                }
            }
            // What was read last stays in force.
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "it could not be read which upstreams are in trouble"
            ),
        }
    }
}

/// When a job is tried again that an upstream in trouble has failed: not before it may be, and not all at once.
pub(crate) fn again_after(held: Duration, failure: &Failure) -> Duration {
    let rest = held.max(failure.retry_after.unwrap_or_default());
    rest + (rest / 2).clamp(SPREAD_MIN, SPREAD_MAX).mul_f64(rand::random())
}

fn unsaid(error: &StoreError) {
    tracing::warn!(error = error as &dyn std::error::Error, "the state of an upstream was not noted");
}

fn origin(registry: &Registry, endpoint: &str) -> Option<String> {
    registry.find(endpoint).ok()?.upstream().map(|upstream| upstream.origin())
}

/// Whether a failure speaks of the upstream and not of the job.
const fn is_of_upstream(code: FailureCode) -> bool {
    matches!(
        code,
        FailureCode::UpstreamUnavailable
            | FailureCode::UpstreamError
            | FailureCode::UpstreamOverloaded
            | FailureCode::AttemptTimedOut
    )
}

/// Whether it is the answer of an upstream that works.
const fn is_answer(code: FailureCode) -> bool {
    matches!(code, FailureCode::UpstreamRejected | FailureCode::UpstreamResponseTooLarge)
}
