//! Grouped accept: concurrent creates share a statement and a commit.
//!
//! A writer takes one job, adds what has arrived while the last statements were in flight, and stores all of it at once.
//! A lone job waits for nothing, and under load the groups grow by themselves.

mod batch;
mod intake;
mod writer;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use metrics::{counter, gauge};
use shared::domain::JobId;
use shared::store::Store;
use shared::store::jobs::{AcceptRules, NewJob};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use batch::Member;
use intake::Intake;
use writer::Writer;

/// The limits of grouped accept.
#[derive(Debug, Clone, Copy)]
pub struct AcceptConfig {
    /// Jobs of one statement, at most.
    pub batch: usize,
    /// Stored bytes of the jobs of one statement, at most; one job may be more.
    pub batch_bytes: usize,
    /// Statements at the same time.
    pub writers: usize,
    /// Jobs that may wait for a writer.
    pub queue: usize,
    /// How long a job tries to be stored, from its arrival.
    pub deadline: Duration,
    /// How jobs are stored.
    pub rules: AcceptRules,
}

/// What became of a job that was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is stored.
    Stored {
        /// Database time.
        created_at: SystemTime,
        /// When its data may go.
        expires_at: SystemTime,
        /// It is ours to publish. Else the relay will.
        publish: bool,
    },
    /// The key was used before for the same request: this is the job.
    Replayed(JobId),
    /// The key was used before for another request: this is the job.
    Mismatch(JobId),
    /// The name for the extraction is that of this job's.
    NameTaken(JobId),
}

/// Why a job was not stored, or is not known to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AcceptError {
    /// Too many wait already; nothing was stored.
    #[error("too many jobs wait to be stored")]
    Full,
    /// The database did not answer in time; nothing was stored.
    #[error("the database did not answer in time")]
    Unavailable,
    /// The database did not answer in time, and a try may have been committed.
    #[error("the database did not say whether it stored the job")]
    OutcomeUnknown,
    /// The database refuses this job whatever the moment; nothing was stored.
    #[error("the database refuses the job")]
    Failed,
}

/// Where jobs are handed over.
#[derive(Debug, Clone)]
pub(crate) struct AcceptQueue {
    members: mpsc::Sender<Member>,
    deadline: Duration,
}

impl AcceptQueue {
    /// Starts the writers. They end when `closing` is cancelled, after they have stored what has arrived.
    pub(crate) fn start(
        store: &Store,
        config: AcceptConfig,
        closing: &CancellationToken,
    ) -> (Self, Vec<JoinHandle<()>>) {
        let (members, arriving) = mpsc::channel(config.queue);
        let intake = Arc::new(Mutex::new(Intake::new(arriving, config.batch, config.batch_bytes)));
        let writers = (0..config.writers)
            .map(|_| {
                let writer = Writer::new(store.clone(), config.rules, Arc::clone(&intake), closing.clone());
                tokio::spawn(writer.run())
            })
            .collect();
        (Self { members, deadline: config.deadline }, writers)
    }

    /// Hands a job over and waits for what becomes of it. A caller that goes away does not take the job back.
    pub(crate) async fn accept(&self, job: NewJob) -> Result<Answer, AcceptError> {
        let (reply, answer) = oneshot::channel();
        let member = Member::new(job, Instant::now() + self.deadline, reply);
        if self.members.try_send(member).is_err() {
            counter!("quire_accept_refused_total").increment(1);
            return Err(AcceptError::Full);
        }
        note_depth(self.members.max_capacity() - self.members.capacity());
        // A writer that dies holds members whose statement may have been sent.
        answer.await.unwrap_or(Err(AcceptError::OutcomeUnknown))
    }
}

/// Jobs that no writer has taken yet.
#[expect(clippy::cast_precision_loss, reason = "a gauge is a float; queues are far below 2^52")]
fn note_depth(waiting: usize) {
    gauge!("quire_accept_queue_depth").set(waiting as f64);
}
