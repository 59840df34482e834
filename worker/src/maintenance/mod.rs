//! Maintenance: reconcilers that take no input, may run in any number of processes, and lose nothing by being late.

use std::time::Duration;

use shared::domain::Status;
use shared::store::StoreError;
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::context::Context;

/// Leases that one round rescues, at most; a full round is followed by another at once.
const RESCUE_BATCH: i64 = 200;
/// Queued jobs that one round expires, at most.
const EXPIRE_BATCH: i64 = 500;
/// How long an idempotency key is kept (contract A.9).
const IDEMPOTENCY_AGE: Duration = Duration::from_secs(24 * 3600);
const IDEMPOTENCY_BATCH: i64 = 2000;
/// A worker that was not seen for so long is forgotten.
const WORKER_AGE: Duration = Duration::from_secs(120);
/// How often the slower work is done.
const SLOW_INTERVAL: Duration = Duration::from_secs(30);
const PARTITIONS_INTERVAL: Duration = Duration::from_secs(3600);

/// Maintains until told to stop.
pub(crate) async fn maintain(context: Context, shutdown: CancellationToken) {
    let mut beat = tokio::time::interval(context.config.maintenance_interval);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut slow_at, mut partitions_at) = (Instant::now(), Instant::now());
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = beat.tick() => {}
        }
        warn_of("lost workers' jobs were not looked for", rescue(&context).await);
        if Instant::now() >= slow_at {
            slow_at = Instant::now() + SLOW_INTERVAL.mul_f64(rand::random_range(0.8..1.2));
            warn_of("late jobs, old keys and lost workers were not looked for", slow(&context).await);
        }
        if Instant::now() >= partitions_at {
            partitions_at = Instant::now() + PARTITIONS_INTERVAL.mul_f64(rand::random_range(0.8..1.2));
            warn_of("partitions were not made", partitions(&context).await);
        }
    }
}

fn warn_of(what: &str, result: Result<(), StoreError>) {
    if let Err(error) = result {
        tracing::warn!(error = &error as &dyn std::error::Error, "{what}");
    }
}

async fn rescue(context: &Context) -> Result<(), StoreError> {
    let rescued = context.store.rescue_expired(RESCUE_BATCH, context.config.execute.max_crashes).await?;
    if !rescued.is_empty() {
        let failed = rescued.iter().filter(|rescued| rescued.status == Status::Failed).count();
        tracing::warn!(jobs = rescued.len(), failed, "took {} jobs from lost workers", rescued.len());
        metrics::counter!("quire_rescues_total", "by" => "expiry").increment(rescued.len() as u64);
    }
    Ok(())
}

async fn slow(context: &Context) -> Result<(), StoreError> {
    let expired = context.store.expire(EXPIRE_BATCH).await?;
    if !expired.is_empty() {
        tracing::info!(jobs = expired.len(), "expired {} jobs that nobody started in time", expired.len());
        metrics::counter!("quire_expired_total").increment(expired.len() as u64);
    }
    context.store.purge_idempotency_keys(IDEMPOTENCY_AGE, IDEMPOTENCY_BATCH).await?;
    context.store.forget_workers(WORKER_AGE).await
}

async fn partitions(context: &Context) -> Result<(), StoreError> {
    let days = i32::try_from(context.config.retention.as_secs() / 86_400).unwrap_or(i32::MAX);
    let made = context.store.ensure_partitions(days).await?;
    if made > 0 {
        tracing::info!(made, "made {made} partitions");
    }
    Ok(())
}
