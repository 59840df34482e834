//! The leases that this process holds, and how their attempts are told to stop.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use documents::Progress;
use shared::domain::{Lane, Lease};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::engine::Watch;

/// Why an attempt is stopped before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopReason {
    /// A client has cancelled the job, and the broker has told us so.
    Cancelled,
    /// The lease is not ours any more: cancelled, or rescued by somebody else.
    LeaseLost,
    /// The process is draining and the deadline has come.
    Drain,
}

/// The stop signal of one attempt.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop {
    token: CancellationToken,
    reason: Arc<OnceLock<StopReason>>,
}

impl Stop {
    /// Asks the attempt to stop; only the first reason counts.
    fn request(&self, reason: StopReason) {
        // Set before the token wakes anybody who would ask for it.
        let _already = self.reason.set(reason);
        self.token.cancel();
    }

    /// The signal, for the executor.
    pub(crate) const fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// Why, once the attempt is asked to stop.
    pub(crate) fn reason(&self) -> Option<StopReason> {
        self.reason.get().copied()
    }
}

/// What is known of one attempt.
struct Entry {
    stop: Stop,
    progress: watch::Receiver<Option<Progress>>,
}

/// Every lease of this process. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Held {
    attempts: Arc<Mutex<HashMap<Lease, Entry>>>,
    /// For each lane the newest publish time that was claimed: how far this worker has come.
    progress: Arc<Mutex<HashMap<Lane, SystemTime>>>,
    count: Arc<watch::Sender<usize>>,
}

/// One entry; removing it says that the attempt has ended.
pub(crate) struct Holding {
    held: Held,
    lease: Lease,
    stop: Stop,
    watch: Watch,
}

impl Held {
    pub(crate) fn new() -> Self {
        Self { attempts: Arc::default(), progress: Arc::default(), count: Arc::new(watch::Sender::new(0)) }
    }

    fn attempts(&self) -> MutexGuard<'_, HashMap<Lease, Entry>> {
        // A panic between two map operations leaves a map that is still whole.
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a lease from the moment that it is claimed, so that it is renewed from then on.
    pub(crate) fn insert(&self, lease: Lease) -> Holding {
        let stop = Stop::default();
        let (watch, progress) = watch::channel(None);
        let mut attempts = self.attempts();
        attempts.insert(lease, Entry { stop: stop.clone(), progress });
        self.count.send_replace(attempts.len());
        drop(attempts);
        Holding { held: self.clone(), lease, stop, watch }
    }

    /// The leases to renew.
    pub(crate) fn leases(&self) -> Vec<Lease> {
        self.attempts().keys().copied().collect()
    }

    /// The attempts that have come further since this was asked last, and how far.
    pub(crate) fn moved(&self) -> Vec<(Lease, Progress)> {
        let mut attempts = self.attempts();
        let moved = attempts.iter_mut().filter(|(_, entry)| entry.progress.has_changed().unwrap_or(false));
        moved.filter_map(|(lease, entry)| Some((*lease, (*entry.progress.borrow_and_update())?))).collect()
    }

    /// How many attempts are running.
    pub(crate) fn len(&self) -> usize {
        *self.count.borrow()
    }

    /// Stops one attempt, if it is still running, which is answered.
    pub(crate) fn stop(&self, lease: &Lease, reason: StopReason) -> bool {
        let attempts = self.attempts();
        let entry = attempts.get(lease);
        entry.inspect(|entry| entry.stop.request(reason)).is_some()
    }

    /// Stops every attempt.
    pub(crate) fn stop_all(&self, reason: StopReason) {
        self.attempts().values().for_each(|entry| entry.stop.request(reason));
    }

    /// Waits until nothing is held.
    pub(crate) async fn drained(&self) {
        // The sender lives as long as self does.
        let mut count = self.count.subscribe();
        let _closed = count.wait_for(|count| *count == 0).await;
    }

    /// Notes that a message published at this time has been claimed.
    pub(crate) fn advance(&self, lane: Lane, published_at: SystemTime) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        let through = progress.entry(lane).or_insert(published_at);
        *through = published_at.max(*through);
    }

    /// How far this worker has come through each lane.
    pub(crate) fn progress(&self) -> Vec<(Lane, SystemTime)> {
        let progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.iter().map(|(lane, at)| (*lane, *at)).collect()
    }
}

impl Holding {
    /// The attempt's stop signal.
    pub(crate) const fn stop(&self) -> &Stop {
        &self.stop
    }

    /// Where the attempt's progress is shown.
    pub(crate) const fn watch(&self) -> &Watch {
        &self.watch
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        let mut attempts = self.held.attempts();
        attempts.remove(&self.lease);
        self.held.count.send_replace(attempts.len());
    }
}

#[cfg(test)]
mod tests {
    use shared::domain::{JobId, LeaseToken};

    use super::*;

    fn lease() -> Lease {
        Lease { job: JobId::generate(1), token: LeaseToken::generate() }
    }

    #[tokio::test]
    async fn the_first_reason_to_stop_counts_and_the_end_is_seen() {
        let held = Held::new();
        let (one, two) = (lease(), lease());
        let (first, second) = (held.insert(one), held.insert(two));
        assert!(held.stop(&one, StopReason::LeaseLost));
        // The same job under another token is another attempt.
        assert!(!held.stop(&Lease { job: two.job, token: LeaseToken::generate() }, StopReason::Cancelled));
        held.stop_all(StopReason::Drain);
        assert_eq!(first.stop().reason(), Some(StopReason::LeaseLost));
        assert_eq!(second.stop().reason(), Some(StopReason::Drain));
        assert_eq!(held.len(), 2);
        drop(first);
        drop(second);
        held.drained().await;
        assert!(held.leases().is_empty());
    }

    #[test]
    fn an_attempt_has_moved_once_for_all_that_it_has_shown() {
        let held = Held::new();
        let (one, two) = (lease(), lease());
        let (first, _second) = (held.insert(one), held.insert(two));
        assert_eq!(held.moved(), []);
        let progress = |done| Progress { stage: documents::Stage::Reading, done, total: 3 };
        first.watch().send_replace(Some(progress(1)));
        first.watch().send_replace(Some(progress(2)));
        assert_eq!(held.moved(), [(one, progress(2))]);
        assert_eq!(held.moved(), []);
        first.watch().send_replace(Some(progress(3)));
        drop(first);
        assert_eq!(held.moved(), []);
    }
}
