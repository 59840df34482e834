//! Noting in the outbox that the broker has confirmed a message, many at once.

use std::time::Duration;

use metrics::counter;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::domain::JobId;
use crate::store::Store;

/// Pause before the second and last try.
const PAUSE: Duration = Duration::from_millis(100);

/// Where confirmed dispatches are handed over. A stamp may be lost: the relay then sends a message that changes nothing.
#[derive(Debug, Clone)]
pub struct Stamper {
    confirmed: mpsc::Sender<(JobId, i32)>,
}

impl Stamper {
    /// Starts the task that writes the stamps, up to `batch` at once. It ends when every handle is gone, after it has
    /// written what they left.
    #[must_use]
    pub fn start(store: Store, queue: usize, batch: usize) -> (Self, JoinHandle<()>) {
        let (confirmed, arriving) = mpsc::channel(queue);
        (Self { confirmed }, tokio::spawn(run(store, arriving, batch)))
    }

    /// Hands a confirmed dispatch over, or drops it when too many wait.
    pub fn stamp(&self, job: JobId, seq: i32) {
        if self.confirmed.try_send((job, seq)).is_err() {
            counter!("quire_stamps_dropped_total").increment(1);
        }
    }
}

async fn run(store: Store, mut arriving: mpsc::Receiver<(JobId, i32)>, batch: usize) {
    let mut confirmed = Vec::with_capacity(batch);
    while arriving.recv_many(&mut confirmed, batch).await > 0 {
        if store.stamp(&confirmed).await.is_err() {
            tokio::time::sleep(PAUSE).await;
            if let Err(error) = store.stamp(&confirmed).await {
                counter!("quire_stamps_dropped_total").increment(confirmed.len() as u64);
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, stamps = confirmed.len(), "confirmed messages could not be stamped");
            }
        }
        confirmed.clear();
    }
}
