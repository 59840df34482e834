//! Which upstreams are in trouble, as the fleet saw it when it was last read.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use shared::store::upstreams::UpstreamState;

/// When each endpoint that is in trouble may be tried again.
#[derive(Debug, Default)]
pub(super) struct States(Mutex<HashMap<String, Instant>>);

impl States {
    fn map(&self) -> MutexGuard<'_, HashMap<String, Instant>> {
        // A panic while a map is replaced leaves one of the two.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether any endpoint is in trouble.
    pub(super) fn any(&self) -> bool {
        !self.map().is_empty()
    }

    /// How long an endpoint that is in trouble is still left alone; `None` when all is well.
    pub(super) fn held(&self, endpoint: &str) -> Option<Duration> {
        self.map().get(endpoint).map(|until| until.saturating_duration_since(Instant::now()))
    }

    /// Takes over what was read, and answers the endpoints that are well again.
    pub(super) fn replace(&self, states: Vec<UpstreamState>) -> Vec<String> {
        for UpstreamState { endpoint, allowed, held } in &states {
            let is_held = if held.is_zero() { 0.0 } else { 1.0 };
            metrics::gauge!("quire_upstream_allowed", "endpoint" => endpoint.clone()).set(f64::from(*allowed));
            metrics::gauge!("quire_upstream_held", "endpoint" => endpoint.clone()).set(is_held);
        }
        let now = Instant::now();
        let fresh: HashMap<_, _> = states.into_iter().map(|state| (state.endpoint, now + state.held)).collect();
        let before = std::mem::replace(&mut *self.map(), fresh);
        let map = self.map();
        let well: Vec<String> = before.into_keys().filter(|endpoint| !map.contains_key(endpoint)).collect();
        drop(map);
        for endpoint in &well {
            metrics::gauge!("quire_upstream_allowed", "endpoint" => endpoint.clone()).set(f64::INFINITY);
            metrics::gauge!("quire_upstream_held", "endpoint" => endpoint.clone()).set(0.0);
        }
        well
    }
}
