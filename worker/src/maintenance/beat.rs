//! The pace of a reconciler, and what is told of its rounds.

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::RoundError;

/// Full batches of one statement in one round, at most: a backlog is worked off at once, but not without end.
const FULL_BATCHES: usize = 200;

/// What a round has left undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Left {
    Nothing,
    /// Work that is worth another round soon.
    Some,
}

/// Says when it is time.
pub(super) struct Beat {
    name: &'static str,
    interval: Duration,
    soon: Duration,
    next: Instant,
    shutdown: CancellationToken,
}

impl Beat {
    /// The first round is due at once, another after `interval`, or after `soon` when one failed or left work.
    pub(super) fn new(name: &'static str, interval: Duration, soon: Duration, shutdown: CancellationToken) -> Self {
        Self { name, interval, soon: soon.min(interval), next: Instant::now(), shutdown }
    }

    /// Runs a round when it is time. `false` when told to stop: a round that is under way is then dropped.
    pub(super) async fn run(&mut self, round: impl Future<Output = Result<Left, RoundError>>) -> bool {
        let shutdown = self.shutdown.clone();
        if shutdown.run_until_cancelled(tokio::time::sleep_until(self.next)).await.is_none() {
            return false;
        }
        let began = Instant::now();
        let Some(result) = shutdown.run_until_cancelled(round).await else { return false };
        metrics::histogram!("quire_maintenance_seconds", "reconciler" => self.name)
            .record(began.elapsed().as_secs_f64());
        let pause = match result {
            Ok(Left::Nothing) => self.interval,
            Ok(Left::Some) => self.soon,
            Err(error) => {
                metrics::counter!("quire_maintenance_failures_total", "reconciler" => self.name).increment(1);
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "{} failed and will be tried again",
                    self.name
                );
                self.soon
            }
        };
        // Replicas that were started together do not stay together.
        self.next = Instant::now() + pause.mul_f64(rand::random_range(0.8..1.2));
        true
    }
}

/// A statement that takes up to so many rows, repeated for as long as it finds that many.
pub(super) struct Batches {
    size: usize,
    done: usize,
    total: usize,
    full: bool,
}

impl Batches {
    pub(super) const fn of(size: usize) -> Self {
        Self { size, done: 0, total: 0, full: true }
    }

    /// Whether it is worth while to run it again.
    pub(super) const fn more(&self) -> bool {
        self.full && self.done < FULL_BATCHES
    }

    /// Notes what one run has found.
    pub(super) const fn add(&mut self, found: usize) {
        self.done += 1;
        self.total += found;
        self.full = found >= self.size;
    }

    /// What all runs have found.
    pub(super) const fn total(&self) -> usize {
        self.total
    }

    /// Whether the last run found that there may be more.
    pub(super) const fn left(&self) -> Left {
        if self.full { Left::Some } else { Left::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often a statement of up to 10 rows runs on so many.
    fn runs(mut rows: usize) -> (usize, Left) {
        let (mut batches, mut runs, all) = (Batches::of(10), 0, rows);
        while batches.more() {
            let found = rows.min(10);
            rows -= found;
            runs += 1;
            batches.add(found);
        }
        assert_eq!(batches.total(), all - rows);
        (runs, batches.left())
    }

    #[test]
    fn a_full_batch_is_followed_by_another_within_a_bound() {
        assert_eq!(runs(0), (1, Left::Nothing));
        assert_eq!(runs(9), (1, Left::Nothing));
        assert_eq!(runs(10), (2, Left::Nothing));
        assert_eq!(runs(35), (4, Left::Nothing));
        assert_eq!(runs(1_000_000), (FULL_BATCHES, Left::Some));
    }
}
