//! One writer: takes a batch, stores it, tries again while that can help.

use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, histogram};
use shared::store::jobs::AcceptRules;
use shared::store::{Store, StoreError};
use tokio::sync::Mutex;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::AcceptError;
use super::batch::Batch;
use super::intake::Intake;
use crate::cause::Causes;
use crate::service::retry::jittered;

/// Longest pause before the second try; doubles with each.
const PAUSE_MIN: Duration = Duration::from_millis(20);
/// Longest pause before any try: a database that comes back should not wait for us.
const PAUSE_MAX: Duration = Duration::from_millis(500);

pub(super) struct Writer {
    store: Store,
    rules: AcceptRules,
    intake: Arc<Mutex<Intake>>,
    closing: CancellationToken,
}

/// What a try made of a batch.
enum Tried {
    /// Whoever is left needs another try, after a pause.
    Again(Batch),
    /// One of these is at fault; which, two smaller tries will tell.
    Split(Batch, Batch),
}

impl Writer {
    pub(super) const fn new(
        store: Store,
        rules: AcceptRules,
        intake: Arc<Mutex<Intake>>,
        closing: CancellationToken,
    ) -> Self {
        Self { store, rules, intake, closing }
    }

    pub(super) async fn run(self) {
        // Only the writer that waits for the next batch holds the intake.
        while let Some(batch) = { self.intake.lock().await.next_batch(&self.closing).await } {
            self.store_all(batch).await;
        }
    }

    /// Stores a batch, in parts when a member is at fault, until each member has been told.
    async fn store_all(&self, batch: Batch) {
        let mut parts = vec![batch];
        while let Some(part) = parts.pop() {
            if let Some((first, second)) = self.store_part(part).await {
                parts.extend([second, first]);
            }
        }
    }

    /// Tries a part until each member has been told, or until it has to be split.
    async fn store_part(&self, mut part: Batch) -> Option<(Batch, Batch)> {
        let mut pause = PAUSE_MIN;
        loop {
            part.expire(Instant::now());
            if part.is_empty() {
                return None;
            }
            part = match self.try_once(part).await {
                Tried::Again(rest) => rest,
                Tried::Split(first, second) => return Some((first, second)),
            };
            if let Some(deadline) = part.next_deadline() {
                counter!("quire_accept_retries_total").increment(1);
                tokio::time::sleep_until(deadline.min(Instant::now() + jittered(pause))).await;
                pause = (pause * 2).min(PAUSE_MAX);
            }
        }
    }

    async fn try_once(&self, mut batch: Batch) -> Tried {
        #[expect(clippy::cast_precision_loss, reason = "a batch has far less than 2^52 members")]
        histogram!("quire_accept_batch_size").record(batch.len() as f64);
        match self.store.accept(batch.jobs(), self.rules).await {
            Ok(outcomes) => batch.settle(outcomes),
            Err(error) if error.is_transient() => {
                tracing::warn!(error = %Causes(&error), jobs = batch.len(), "jobs could not be stored yet");
                if error.is_ambiguous() {
                    batch.mark_ambiguous();
                }
            }
            Err(error @ StoreError::Unknown { .. }) => {
                // The statement went through; what it said cannot be read.
                tracing::error!(error = %Causes(&error), jobs = batch.len(), "the answer to an accept is not understood");
                std::mem::take(&mut batch).fail(AcceptError::OutcomeUnknown);
            }
            // Not only errors of data: some that a value causes are of other classes, an index entry too large for one.
            Err(_) if batch.len() > 1 => {
                counter!("quire_accept_splits_total").increment(1);
                let second = batch.split_half();
                return Tried::Split(batch, second);
            }
            Err(error) => {
                tracing::error!(error = %Causes(&error), "a job cannot be stored");
                std::mem::take(&mut batch).fail(AcceptError::Failed);
            }
        }
        Tried::Again(batch)
    }
}
