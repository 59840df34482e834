//! Taking work: deliveries in hand become leases, one statement a handful.

mod claim;
mod direct;
mod missed;

use std::sync::Arc;

use shared::broker::Delivery;
use shared::domain::Lane;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) use direct::direct;

use crate::attempt::Runner;
use crate::context::Context;

/// A job that a message, or the outbox itself, has named.
pub(crate) struct Offer {
    job: shared::domain::JobId,
    seq: i32,
    /// `None` when it was read from the outbox.
    delivery: Option<Delivery>,
    slot: OwnedSemaphorePermit,
}

/// Whether a lane's messages are acknowledged as soon as their jobs are held: the broker takes back what is not acknowledged
/// within half an hour, and the jobs of this lane may take longer. Should the worker die, its leases run out.
pub(crate) const fn acknowledges_early(lane: Lane) -> bool {
    matches!(lane, Lane::Long)
}

/// One lane's intake.
#[derive(Clone)]
pub(crate) struct Intake {
    context: Context,
    runner: Runner,
    lane: Lane,
    /// One permit an attempt. The broker's prefetch is the same number, so that a delivery never waits for one.
    slots: Arc<Semaphore>,
    /// Attempts and parked deliveries: what a drain waits for.
    tasks: TaskTracker,
    /// Cancelled when the process stops taking work.
    stop: CancellationToken,
}

impl Intake {
    pub(crate) fn new(
        context: Context,
        runner: Runner,
        lane: Lane,
        slots: Arc<Semaphore>,
        tasks: TaskTracker,
        stop: CancellationToken,
    ) -> Self {
        Self { context, runner, lane, slots, tasks, stop }
    }

    /// Takes deliveries until the process stops taking work. What is delivered and not claimed by then goes back to the
    /// broker when the connection closes.
    pub(crate) async fn consume(self, mut deliveries: mpsc::Receiver<Delivery>) {
        let batch = self.context.config.execute.claim_batch;
        let mut handful = Vec::with_capacity(batch);
        loop {
            let received = tokio::select! {
                biased;
                () = self.stop.cancelled() => return,
                received = deliveries.recv_many(&mut handful, batch) => received,
            };
            if received == 0 {
                return;
            }
            let mut offers = Vec::with_capacity(received);
            // What came on a connection that has ended is on its way to somebody else.
            for mut delivery in handful.drain(..).filter(Delivery::is_live) {
                let slot = match delivery.slot.take() {
                    Some(slot) => slot,
                    None => match self.slot().await {
                        Some(slot) => slot,
                        None => return,
                    },
                };
                let (job, seq) = (delivery.message.job, delivery.message.seq);
                offers.push(Offer { job, seq, delivery: Some(delivery), slot });
            }
            if !offers.is_empty() {
                self.claim(offers).await;
            }
        }
    }

    async fn slot(&self) -> Option<OwnedSemaphorePermit> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => None,
            // The semaphore is never closed.
            slot = Arc::clone(&self.slots).acquire_owned() => slot.ok(),
        }
    }
}
