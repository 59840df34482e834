//! What is too old: queued jobs that nobody started in time, idempotency keys, names of extractions, workers that were not seen for long.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::beat::Batches;
use super::{Beat, Left, RoundError};
use crate::context::Context;

/// How long an idempotency key is kept (contract A.9).
const KEY_AGE: Duration = Duration::from_secs(24 * 3600);
/// Keys that one statement deletes, at most.
const KEY_BATCH: usize = 2000;
/// A record may be kept so many days longer than was asked for: until its month is over.
const LONGEST_MONTH_DAYS: i32 = 31;
/// A worker that was not seen for so long is forgotten.
const WORKER_AGE: Duration = Duration::from_secs(120);
/// The trouble of an upstream of which nothing was heard for so long is forgotten: nobody has its endpoint any more.
const UPSTREAM_AGE: Duration = Duration::from_secs(24 * 3600);
/// The pause after a round that left work.
const SOON: Duration = Duration::from_millis(500);

pub(super) async fn expire(context: Context, shutdown: CancellationToken) {
    let mut beat = Beat::new("expiry", context.config.maintenance.expiry_interval, SOON, shutdown);
    while beat.run(round(&context)).await {}
}

async fn round(context: &Context) -> Result<Left, RoundError> {
    let batch = context.config.maintenance.expiry_batch;
    let mut jobs = Batches::of(batch as usize);
    while jobs.more() {
        jobs.add(context.store.expire(batch.into()).await?.len());
    }
    if jobs.total() > 0 {
        tracing::info!(jobs = jobs.total(), "expired {} jobs that nobody started in time", jobs.total());
        metrics::counter!("quire_expired_total").increment(jobs.total() as u64);
    }
    let mut keys = Batches::of(KEY_BATCH);
    while keys.more() {
        keys.add(context.store.purge_idempotency_keys(KEY_AGE, KEY_BATCH as i64).await?);
    }
    metrics::counter!("quire_idempotency_keys_purged_total").increment(keys.total() as u64);
    let mut names = Batches::of(KEY_BATCH);
    let days = context.config.maintenance.records_days.saturating_add(LONGEST_MONTH_DAYS);
    while names.more() {
        names.add(context.store.purge_extraction_names(days, KEY_BATCH as i64).await?);
    }
    context.store.forget_workers(WORKER_AGE).await?;
    context.store.forget_upstreams(UPSTREAM_AGE).await?;
    Ok(jobs.left().max(keys.left()).max(names.left()))
}
