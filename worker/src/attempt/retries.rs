//! Bringing jobs back that are tried again soon: their messages go through the broker's rungs, so that no relay has to look
//! for them. The outbox row is left to us for that long; whatever goes wrong here, the relay finds it afterwards.

use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, gauge};
use shared::broker::{DispatchMessage, Publisher, Rung};
use shared::store::Store;
use shared::store::jobs::Outcome;
use shared::store::outbox::Stamper;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Added to every wait. A message that comes before its job is due claims nothing, and its loss is noticed late; clocks
/// are read in milliseconds, by three parties.
const MARGIN: Duration = Duration::from_millis(20);

/// Which retries are announced through the broker.
#[derive(Debug, Clone, Copy)]
pub struct RetriesConfig {
    /// Those that are due within this.
    pub hurry_max: Duration,
    /// So many that wait in memory, at most.
    pub waiting_max: usize,
    /// Confirmed messages that one statement notes.
    pub stamp_batch: usize,
}

/// Announces retries. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Retries {
    config: RetriesConfig,
    publisher: Publisher,
    stamper: Stamper,
    places: Arc<Semaphore>,
    waiting: TaskTracker,
    stop: CancellationToken,
}

/// The right to wait in memory for one job's time.
pub(super) struct Place {
    after: Duration,
    permit: OwnedSemaphorePermit,
}

impl Retries {
    /// Starts the task that notes what the broker has confirmed. It ends when every handle is gone.
    pub(crate) fn start(store: Store, publisher: Publisher, config: RetriesConfig) -> (Self, JoinHandle<()>) {
        let (stamper, task) = Stamper::start(store, config.waiting_max, config.stamp_batch);
        let places = Arc::new(Semaphore::new(config.waiting_max));
        let (waiting, stop) = (TaskTracker::new(), CancellationToken::new());
        (Self { config, publisher, stamper, places, waiting, stop }, task)
    }

    /// A place for a job that is to be tried again soon; `None` when its message is for the relay to send, and then the
    /// outcome says so. Of an endpoint that is `paced` every message is.
    pub(super) fn place(&self, outcome: &mut Outcome, paced: impl FnOnce() -> bool) -> Option<Place> {
        let Outcome::Retried(_, again) = outcome else { return None };
        let place = if again.hurry && !paced() { self.room(again.after) } else { None };
        again.hurry = place.is_some();
        place
    }

    fn room(&self, after: Duration) -> Option<Place> {
        if after > self.config.hurry_max || self.stop.is_cancelled() || !self.publisher.is_available() {
            return None;
        }
        let permit = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Place { after, permit })
    }

    /// Announces a job for the time of its place. To be called once the job is queued: its delay counts from then.
    pub(super) fn announce(&self, place: Place, message: DispatchMessage, traceparent: Option<String>) {
        let retries = self.clone();
        self.waiting.spawn(async move {
            gauge!("quire_retries_waiting").increment(1);
            retries.clone().wait_and_publish(place.after, message, traceparent).await;
            gauge!("quire_retries_waiting").decrement(1);
            drop(place.permit);
        });
    }

    async fn wait_and_publish(self, after: Duration, message: DispatchMessage, traceparent: Option<String>) {
        let (wait, rung) = route(after);
        if self.stop.run_until_cancelled(tokio::time::sleep(wait)).await.is_none() {
            return;
        }
        let result = match rung {
            Some(rung) => self.publisher.publish_later(rung, message, traceparent).await,
            None => self.publisher.publish(message, traceparent).await,
        };
        let word = result.map_or_else(shared::broker::PublishError::as_str, |()| "ok");
        let through = rung.map_or(shared::broker::topology::JOBS_EXCHANGE, Rung::name);
        counter!("quire_retries_announced_total", "through" => through, "result" => word).increment(1);
        if result.is_ok() {
            self.stamper.stamp(message.job, message.seq);
        }
    }

    /// Takes no more, and lets go of those that wait: their rows are the relay's as soon as they are overdue.
    pub(crate) async fn end(self) {
        self.stop.cancel();
        self.waiting.close();
        self.waiting.wait().await;
    }
}

/// How long a delay is waited for in memory, and by which rung the rest is served. The draw stays as it is: served by the
/// rungs alone, jobs that failed together would come back together.
fn route(after: Duration) -> (Duration, Option<Rung>) {
    let rung = Rung::within(after);
    (after - rung.map_or(Duration::ZERO, Rung::delay) + MARGIN, rung)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_and_rung_together_are_never_shorter_than_the_delay() {
        for ms in [0, 1, 999, 1_000, 1_001, 4_999, 5_000, 17_123, 29_999, 30_000, 60_000] {
            let after = Duration::from_millis(ms);
            let (wait, rung) = route(after);
            assert_eq!(wait + rung.map_or(Duration::ZERO, Rung::delay), after + MARGIN, "{ms} ms");
            assert!(wait <= Duration::from_secs(30) + MARGIN, "{ms} ms: {wait:?} in memory");
        }
    }
}
