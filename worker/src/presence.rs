//! Saying that the worker is there and how far it has come.

use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use shared::store::workers::Presence;

use crate::attempt::Held;
use crate::config::Role;
use crate::context::Context;

/// Tells PostgreSQL until told to stop, and corrects the clock on the way.
pub(crate) async fn presence(context: Context, held: Held, shutdown: CancellationToken) {
    let settings = &context.config.execute;
    let roles: Vec<&str> = context.config.roles.iter().copied().map(Role::as_str).collect();
    let slots = settings.slots.values().map(|slots| i32::from(*slots)).sum();
    let mut beat = tokio::time::interval(settings.presence);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = beat.tick() => {}
        }
        let progress = held.progress();
        let presence = Presence {
            id: &context.worker_id,
            version: env!("CARGO_PKG_VERSION"),
            roles: &roles,
            slots,
            in_flight: i32::try_from(held.len()).unwrap_or(i32::MAX),
            claimed_through: &progress,
        };
        let told = context.store.worker_seen(&presence).await;
        let told = match told {
            Ok(()) => context.store.synchronize_clock().await,
            Err(error) => Err(error),
        };
        if let Err(error) = told {
            tracing::warn!(error = &error as &dyn std::error::Error, "the worker's presence was not noted");
        }
    }
}
