//! Maintenance: reconcilers that take no input, may run in any number of processes, and lose nothing by being late or by
//! being cut short. Each beats at its own pace, so that a slow one never delays the rescue of lost workers' jobs.

mod beat;
mod census;
mod dead_letters;
mod expiry;
mod objects;
mod partitions;
mod queues;
mod removal;
mod rescue;
mod sweep;

use shared::blob::BlobError;
use shared::broker::BrokerConfig;
use shared::store::StoreError;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::context::Context;
use beat::{Beat, Left};

/// Why a round failed. The next one tries again.
#[derive(Debug, thiserror::Error)]
enum RoundError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Blob(#[from] BlobError),
}

/// Starts all of it; it ends when it is told to.
pub(crate) fn start(tasks: &TaskTracker, context: &Context, broker: BrokerConfig, shutdown: &CancellationToken) {
    tasks.spawn(rescue::rescue(context.clone(), shutdown.clone()));
    tasks.spawn(expiry::expire(context.clone(), shutdown.clone()));
    tasks.spawn(partitions::keep(context.clone(), shutdown.clone()));
    tasks.spawn(removal::remove(context.clone(), shutdown.clone()));
    tasks.spawn(dead_letters::reconcile(context.clone(), broker, shutdown.clone()));
    tasks.spawn(queues::watch(context.clone(), shutdown.clone()));
    tasks.spawn(census::tell(context.clone(), shutdown.clone()));
    tasks.spawn(sweep::sweep(context.clone(), shutdown.clone()));
}
