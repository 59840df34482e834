//! Recording ends: whatever ended while the last statement was under way goes into the next one.

use std::time::Duration;

use shared::store::jobs::{Ended, FinishRules, Finished};
use shared::store::{Store, StoreError};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// First pause before a failed statement is sent again; doubles up to [`RETRY_MAX`].
const RETRY_MIN: Duration = Duration::from_millis(50);
const RETRY_MAX: Duration = Duration::from_secs(2);

/// What became of an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Recorded {
    /// It counts: this is where the job is now.
    Moved(Finished),
    /// The lease was not ours any more: the result is nowhere.
    Fenced,
    /// PostgreSQL refused the result itself; the caller may record a failure instead.
    Refused,
    /// PostgreSQL could not be reached in time. The lease will run out and the job be rescued.
    Unrecorded,
}

struct Request {
    ended: Ended,
    reply: oneshot::Sender<Recorded>,
}

/// A handle to the task that records ends.
#[derive(Clone)]
pub(crate) struct Finisher {
    requests: mpsc::Sender<Request>,
}

impl Finisher {
    /// Starts the task. It ends when every handle is gone, after it has recorded what it was given.
    pub(crate) fn start(store: Store, rules: FinishRules, batch: usize, deadline: Duration) -> (Self, JoinHandle<()>) {
        let (requests, incoming) = mpsc::channel(batch);
        (Self { requests }, tokio::spawn(record(Recorder { store, rules }, incoming, batch, deadline)))
    }

    /// Records one end and says what became of it.
    pub(crate) async fn finish(&self, ended: Ended) -> Recorded {
        let (reply, answer) = oneshot::channel();
        if self.requests.send(Request { ended, reply }).await.is_err() {
            return Recorded::Unrecorded;
        }
        answer.await.unwrap_or(Recorded::Unrecorded)
    }
}

/// Ends that share a statement, and who waits for each.
#[derive(Default)]
struct Part {
    ended: Vec<Ended>,
    replies: Vec<oneshot::Sender<Recorded>>,
}

impl Part {
    fn of(requests: &mut Vec<Request>) -> Self {
        let (ended, replies) = requests.drain(..).map(|request| (request.ended, request.reply)).unzip();
        Self { ended, replies }
    }

    fn halves(mut self) -> [Self; 2] {
        let middle = self.ended.len() / 2;
        let other = Self { ended: self.ended.split_off(middle), replies: self.replies.split_off(middle) };
        [self, other]
    }

    fn answer(self, recorded: impl Fn(&Ended) -> Recorded) {
        for (ended, reply) in self.ended.iter().zip(self.replies) {
            // A caller that is gone does not need to know.
            let _gone = reply.send(recorded(ended));
        }
    }
}

/// Where ends are recorded, and by which rules.
struct Recorder {
    store: Store,
    rules: FinishRules,
}

async fn record(recorder: Recorder, mut incoming: mpsc::Receiver<Request>, batch: usize, deadline: Duration) {
    let mut requests = Vec::with_capacity(batch);
    while incoming.recv_many(&mut requests, batch).await > 0 {
        #[expect(clippy::cast_precision_loss, reason = "a batch is small")]
        metrics::histogram!("quire_finish_batch_size").record(requests.len() as f64);
        let until = Instant::now() + deadline;
        // A batch that PostgreSQL refuses is halved, so that only the bad member fails.
        let mut parts = vec![Part::of(&mut requests)];
        while let Some(part) = parts.pop() {
            match recorder.send(&part.ended, until).await {
                Ok(Sent { finished, ambiguous }) => part.answer(|ended| {
                    let moved = finished.iter().find(|done| done.job == ended.lease.job);
                    match moved {
                        Some(done) => Recorded::Moved(*done),
                        // An earlier try that was done after all has left no lease behind.
                        None if ambiguous => Recorded::Unrecorded,
                        None => Recorded::Fenced,
                    }
                }),
                Err(error) if error.is_transient() => {
                    let error = &error as &dyn std::error::Error;
                    tracing::error!(error, jobs = part.ended.len(), "ends were not recorded");
                    part.answer(|_| Recorded::Unrecorded);
                }
                Err(_) if part.ended.len() > 1 => parts.extend(part.halves()),
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "a result cannot be stored");
                    part.answer(|_| Recorded::Refused);
                }
            }
        }
    }
}

struct Sent {
    finished: Vec<Finished>,
    /// An earlier try may have been done.
    ambiguous: bool,
}

impl Recorder {
    /// Sends ends until PostgreSQL answers or time is up.
    async fn send(&self, ended: &[Ended], until: Instant) -> Result<Sent, StoreError> {
        let mut pause = RETRY_MIN;
        let mut ambiguous = false;
        loop {
            match self.store.finish(ended, self.rules).await {
                Ok(finished) => return Ok(Sent { finished, ambiguous }),
                Err(error) if error.is_transient() && Instant::now() < until => {
                    ambiguous |= error.is_ambiguous();
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        jobs = ended.len(),
                        "ends not recorded yet"
                    );
                    tokio::time::sleep(pause.mul_f64(rand::random_range(0.5..1.0))).await;
                    pause = (pause * 2).min(RETRY_MAX);
                }
                Err(error) => return Err(error),
            }
        }
    }
}
