//! How much lies in the queues that nobody is meant to wait for: dead letters, quarantine, rungs.

use shared::broker::{BrokerError, Rung, topology};
use shared::domain::Lane;
use tokio_util::sync::CancellationToken;

use super::{Beat, Left, RoundError};
use crate::context::Context;

pub(super) async fn watch(context: Context, shutdown: CancellationToken) {
    let interval = context.config.maintenance.queues_interval;
    let mut beat = Beat::new("queues", interval, interval, shutdown);
    while beat.run(round(&context)).await {}
}

async fn round(context: &Context) -> Result<Left, RoundError> {
    let dead = Lane::ALL.map(topology::dead_queue);
    let rungs = Rung::ALL.map(Rung::name);
    for queue in dead.into_iter().chain(rungs).chain([topology::QUARANTINE_QUEUE]) {
        match context.publisher.ready_count(queue).await {
            Ok(ready) => metrics::gauge!("quire_queue_ready_messages", "queue" => queue).set(ready),
            // A broker that is away is told of elsewhere.
            Err(BrokerError::Disconnected) => break,
            Err(error) => {
                tracing::debug!(error = &error as &dyn std::error::Error, queue, "a queue could not be counted");
            }
        }
    }
    Ok(Left::Nothing)
}
