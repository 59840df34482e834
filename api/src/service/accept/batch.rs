//! The jobs of one statement, and who waits for them.

use std::collections::HashMap;

use shared::domain::JobId;
use shared::store::jobs::{AcceptOutcome, Accepted, NewJob};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::{AcceptError, Answer};

/// Bytes that a job takes in a statement besides its request.
const OVERHEAD_BYTES: usize = 1024;

/// Who waits for a job.
#[derive(Debug)]
pub(super) struct Waiter {
    deadline: Instant,
    /// A try that held this job may have been committed.
    ambiguous: bool,
    reply: oneshot::Sender<Result<Answer, AcceptError>>,
}

/// A job that has arrived.
#[derive(Debug)]
pub(super) struct Member {
    job: NewJob,
    waiter: Waiter,
}

impl Member {
    pub(super) const fn new(
        job: NewJob,
        deadline: Instant,
        reply: oneshot::Sender<Result<Answer, AcceptError>>,
    ) -> Self {
        Self { job, waiter: Waiter { deadline, ambiguous: false, reply } }
    }

    /// What it adds to a statement, about.
    pub(super) fn bytes(&self) -> usize {
        self.job.request.inline().map_or(0, <[u8]>::len) + OVERHEAD_BYTES
    }
}

impl Waiter {
    /// Tells what became of the job; whoever has gone away does not hear it.
    fn tell(self, answer: Result<Answer, AcceptError>) {
        let _gone = self.reply.send(answer);
    }

    /// The job was not stored within its time, or cannot be.
    fn fail(self, error: AcceptError) {
        let error = if self.ambiguous { AcceptError::OutcomeUnknown } else { error };
        self.tell(Err(error));
    }
}

/// Jobs side by side with their waiters: a statement takes the jobs as a slice.
#[derive(Debug, Default)]
pub(super) struct Batch {
    jobs: Vec<NewJob>,
    waiters: Vec<Waiter>,
}

impl Batch {
    pub(super) fn push(&mut self, member: Member) {
        self.jobs.push(member.job);
        self.waiters.push(member.waiter);
    }

    pub(super) fn len(&self) -> usize {
        self.jobs.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    pub(super) fn jobs(&self) -> &[NewJob] {
        &self.jobs
    }

    /// When the first of them gives up.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.waiters.iter().map(|waiter| waiter.deadline).min()
    }

    /// Notes that the last try may have been committed.
    pub(super) fn mark_ambiguous(&mut self) {
        self.waiters.iter_mut().for_each(|waiter| waiter.ambiguous = true);
    }

    /// Gives up those whose time is over.
    pub(super) fn expire(&mut self, now: Instant) {
        self.retain(|_, waiter| {
            if waiter.deadline > now {
                return Some(waiter);
            }
            waiter.fail(AcceptError::Unavailable);
            None
        });
    }

    /// Tells those whose outcome is known. The others stay: each needs a statement with a younger snapshot.
    pub(super) fn settle(&mut self, outcomes: Vec<Accepted>) {
        let outcomes: HashMap<JobId, AcceptOutcome> =
            outcomes.into_iter().map(|accepted| (accepted.submitted, accepted.outcome)).collect();
        self.retain(|job, waiter| match outcomes.get(&job).and_then(answer_of) {
            Some(answer) => {
                waiter.tell(Ok(answer));
                None
            }
            None => Some(waiter),
        });
    }

    /// Fails all of them.
    pub(super) fn fail(self, error: AcceptError) {
        self.waiters.into_iter().for_each(|waiter| waiter.fail(error));
    }

    /// Takes the second half away.
    pub(super) fn split_half(&mut self) -> Self {
        let middle = self.len() / 2;
        Self { jobs: self.jobs.split_off(middle), waiters: self.waiters.split_off(middle) }
    }

    /// Keeps the jobs whose waiter is given back.
    fn retain(&mut self, mut keep: impl FnMut(JobId, Waiter) -> Option<Waiter>) {
        let (jobs, waiters) = (std::mem::take(&mut self.jobs), std::mem::take(&mut self.waiters));
        for (job, waiter) in jobs.into_iter().zip(waiters) {
            if let Some(waiter) = keep(job.id, waiter) {
                self.push(Member { job, waiter });
            }
        }
    }
}

/// `None` for a key or a name that another transaction took while this statement ran: the next one will see whose it is.
const fn answer_of(outcome: &AcceptOutcome) -> Option<Answer> {
    match *outcome {
        AcceptOutcome::Accepted { created_at, expires_at, publish } => {
            Some(Answer::Stored { created_at, expires_at, publish })
        }
        AcceptOutcome::Replayed(other) => Some(Answer::Replayed(other)),
        AcceptOutcome::Mismatch(other) => Some(Answer::Mismatch(other)),
        AcceptOutcome::NameTaken(other) => Some(Answer::NameTaken(other)),
        AcceptOutcome::Unseen => None,
    }
}
