//! Telling how far attempts are: one statement for all that have moved, however many there are.

use std::time::Duration;

use shared::domain::{Lease, Progress, Stage};
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::Held;
use crate::context::Context;

/// How often the process tells. Whoever polls a job more often than this gains nothing.
const EVERY: Duration = Duration::from_secs(2);

/// Tells until told to stop. What could not be written is not written again: the next page brings news.
pub(crate) async fn progress(context: Context, held: Held, shutdown: CancellationToken) {
    let mut beat = tokio::time::interval(EVERY);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = beat.tick() => {}
            () = shutdown.cancelled() => return,
        }
        let moved: Vec<(Lease, Progress)> = held.moved().into_iter().map(|(lease, at)| (lease, shown(at))).collect();
        if moved.is_empty() {
            continue;
        }
        if let Err(error) = context.store.note_progress(&moved).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                attempts = moved.len(),
                "the progress of attempts was not noted"
            );
        }
    }
}

/// The engine's progress in the words of jobs.
fn shown(progress: documents::Progress) -> Progress {
    let stage = match progress.stage {
        documents::Stage::Reading => Stage::Reading,
        documents::Stage::Recognizing => Stage::Recognizing,
    };
    Progress { stage, done: progress.done, total: progress.total }
}
