//! Saying that the worker is there and how far it has come.

use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use shared::domain::Lane;
use shared::store::StoreError;
use shared::store::workers::Presence;

use crate::attempt::Held;
use crate::config::Role;
use crate::context::Context;

/// Tells PostgreSQL until told to stop, and corrects the clock on the way.
pub(crate) async fn presence(context: Context, held: Held, shutdown: CancellationToken) {
    let mut beat = tokio::time::interval(context.config.execute.presence);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = beat.tick() => {}
        }
        let told = match tell(&context, &held).await {
            Ok(()) => context.store.synchronize_clock().await,
            Err(error) => Err(error),
        };
        if let Err(error) = told {
            tracing::warn!(error = &error as &dyn std::error::Error, "the worker's presence was not noted");
        }
    }
}

async fn tell(context: &Context, held: &Held) -> Result<(), StoreError> {
    let config = &context.config;
    let roles: Vec<&str> = config.roles.iter().copied().map(Role::as_str).collect();
    // Whoever executes nothing has no slots, whatever is configured.
    let slots: Vec<(Lane, i32)> = if config.has(Role::Execute) {
        config.execute.slots.iter().map(|(lane, slots)| (*lane, i32::from(*slots))).collect()
    } else {
        Vec::new()
    };
    let presence = Presence {
        id: &context.worker_id,
        version: env!("CARGO_PKG_VERSION"),
        roles: &roles,
        slots: &slots,
        in_flight: i32::try_from(held.len()).unwrap_or(i32::MAX),
        claimed_through: &held.progress(),
    };
    context.store.worker_seen(&presence).await
}
