//! Renewing the leases of the process: one statement a beat, however many there are.

use std::time::Instant;

use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::{Held, StopReason};
use crate::context::Context;

/// Renews until told to stop. A lease that does not come back is lost: its attempt is stopped.
pub(crate) async fn heartbeat(context: Context, held: Held, shutdown: CancellationToken) {
    let settings = &context.config.execute;
    let mut beat = tokio::time::interval(settings.heartbeat);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beat.tick() => {}
            () = shutdown.cancelled() => return,
        }
        let leases = held.leases();
        if leases.is_empty() {
            continue;
        }
        let began = Instant::now();
        match context.store.renew(&leases, settings.lease).await {
            Ok(renewed) => {
                for lost in leases.iter().filter(|lease| !renewed.contains(lease)) {
                    held.stop(lost, StopReason::LeaseLost);
                }
            }
            // The leases may run out meanwhile. Whoever takes them fences us; the next beat tells.
            Err(error) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                leases = leases.len(),
                "leases could not be renewed"
            ),
        }
        metrics::histogram!("quire_heartbeat_seconds").record(began.elapsed().as_secs_f64());
    }
}
