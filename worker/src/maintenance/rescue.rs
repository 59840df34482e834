//! Taking jobs back from workers that stopped renewing their leases.

use shared::domain::Status;
use tokio_util::sync::CancellationToken;

use super::beat::Batches;
use super::{Beat, Left, RoundError};
use crate::context::Context;

/// Leases that one statement takes, at most.
const BATCH: usize = 200;

pub(super) async fn rescue(context: Context, shutdown: CancellationToken) {
    let interval = context.config.maintenance.rescue_interval;
    let mut beat = Beat::new("rescue", interval, interval, shutdown);
    while beat.run(round(&context)).await {}
}

async fn round(context: &Context) -> Result<Left, RoundError> {
    let max_crashes = context.config.execute.max_crashes;
    let (mut batches, mut failed) = (Batches::of(BATCH), 0);
    while batches.more() {
        let rescued = context.store.rescue_expired(BATCH as i64, max_crashes).await?;
        failed += rescued.iter().filter(|rescued| rescued.status == Status::Failed).count();
        batches.add(rescued.len());
    }
    let jobs = batches.total();
    if jobs > 0 {
        tracing::warn!(jobs, failed, "took {jobs} jobs from lost workers");
        metrics::counter!("quire_rescues_total", "by" => "expiry").increment(jobs as u64);
    }
    Ok(batches.left())
}
