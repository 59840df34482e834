//! The pool: so many tasks at a time, each in a child of its own for as long as it takes.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use documents::{Limits, Operation, Output, Progress};
use serde_json::Value;
use shared::contract::DOCUMENTS_MAX;
use thiserror::Error;
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::engine::budget::Budget;
use crate::engine::converse::{Opening, Talked};
use crate::engine::models::Models;
use crate::engine::process::{Death, Process};
use crate::engine::protocol::{self, Order, Part, Refusal, Start};

/// How the pool runs its children.
#[derive(Debug, Clone)]
pub struct EngineConfig {
    /// The program that runs as the engine when its first argument is `engine`: this one.
    pub program: PathBuf,
    /// The directory of the models' weights, from the root of the file system; `None`: there are none.
    pub models_dir: Option<PathBuf>,
    /// The most children that run at a time, busy and idle together.
    pub processes: usize,
    /// Bytes of address space for each child, its program and stacks (about 100 MiB) included.
    pub memory_bytes: u64,
    /// The most wall-clock time for one task, from the moment a child is given it.
    pub timeout: Budget,
    /// The most processor time for one task.
    pub cpu: Budget,
    /// A child is replaced after this many tasks, so that what its allocator holds on to goes back.
    pub recycle_after_jobs: u32,
    /// A child is replaced when it holds so much of the machine's memory after a task.
    pub recycle_bytes: u64,
    /// The most bytes of a task's documents on their way in, and of a result on its way out.
    pub frame_max_bytes: u64,
    /// Whether children are shut in, which needs a kernel with seccomp.
    pub sandbox: bool,
}

/// Where a document's progress is shown. What is not looked at is overwritten.
pub(crate) type Watch = watch::Sender<Option<Progress>>;

/// What to do, and with which documents.
#[derive(Debug, Clone)]
pub struct Task {
    /// What to do.
    pub operation: Operation,
    /// The documents, at most [`DOCUMENTS_MAX`]; all operations but one take a single one.
    pub documents: Vec<Document>,
    /// The caps on what each document may cost.
    pub limits: Limits,
    /// The most wall-clock time, however many pages there are.
    pub most: Duration,
}

/// A document of a task. Its bytes are shared with their holder and copied only into the child's pipe.
#[derive(Debug, Clone)]
pub struct Document {
    /// The sender's name for the file.
    pub filename: String,
    /// The declared media type.
    pub media_type: Option<String>,
    /// The file.
    pub bytes: Bytes,
}

/// Why there is no result.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The engine refused the document. Another attempt gives the same answer.
    #[error("{message}")]
    Document {
        /// The rule, as in [`documents::Error::code`].
        code: String,
        /// The rule in words, with the sizes it is about.
        message: String,
        /// The same for programs.
        details: Option<Value>,
    },
    /// The document needed more than it may. Its child is gone.
    #[error("document needs more than {limit}")]
    Exceeded {
        /// What it needed more of.
        limit: Limit,
    },
    /// Somebody has killed the child: the kernel, for want of memory, or an operator.
    #[error("engine was killed")]
    Killed,
    /// The operation has asked for a language model, and there is none.
    #[error("the operation needs a language model: no model server is configured")]
    NoModel,
    /// The child died of something else.
    #[error("engine crashed (signal {signal:?}, exit code {exit:?})")]
    Crashed {
        /// The signal that ended it.
        signal: Option<i32>,
        /// Its exit code.
        exit: Option<i32>,
        /// The end of its standard error, for the log only.
        stderr_tail: String,
    },
    /// The caller's token was cancelled, or the pool is shut down.
    #[error("engine call was stopped")]
    Stopped,
    /// No child could be started.
    #[error("engine could not be started: {0}")]
    Unavailable(#[source] io::Error),
}

/// What a child may use of the machine for one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So much wall-clock time.
    Time(Duration),
    /// So much processor time.
    Cpu(Duration),
    /// So many bytes of address space.
    Memory(u64),
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Time(limit) => write!(f, "{} ms", limit.as_millis()),
            Self::Cpu(limit) => write!(f, "{} ms of processor time", limit.as_millis()),
            Self::Memory(limit) => write!(f, "{limit} bytes of memory"),
        }
    }
}

/// Runs documents through child processes that stay warm between them.
#[derive(Debug)]
pub struct EnginePool {
    config: EngineConfig,
    models: Models,
    slots: Semaphore,
    /// Never longer than `slots` has permits: only the holder of one adds to it, and it takes from here first.
    idle: Mutex<Vec<Process>>,
}

impl EnginePool {
    /// A pool without children yet: each starts when a document first needs it.
    #[must_use]
    pub fn new(config: EngineConfig) -> Arc<Self> {
        let slots = Semaphore::new(config.processes);
        Arc::new(Self { config, models: Models, slots, idle: Mutex::new(Vec::new()) })
    }

    /// Works on a task, as soon as a slot is free.
    ///
    /// The call holds no more than the documents. Dropping it kills the child that works on them.
    ///
    /// # Errors
    ///
    /// See [`EngineError`]. The child of a call that ends in any but `Document` and `NoModel` is gone when the call returns.
    pub async fn run(&self, task: Task, watch: &Watch, stop: &CancellationToken) -> Result<Output, EngineError> {
        let Task { operation, documents, limits, most } = task;
        let (parts, documents): (Vec<Part>, Vec<Bytes>) = documents.into_iter().map(Document::into_parts).unzip();
        let start = Start { documents: parts, task: operation, limits, cpu: self.config.cpu };
        let head = self.head(start).map_err(too_large)?;
        let _slot = tokio::select! {
            biased;
            () = stop.cancelled() => return Err(EngineError::Stopped),
            slot = self.slots.acquire() => slot.map_err(|_closed| EngineError::Stopped)?,
        };
        let mut process = match self.take_idle() {
            Some(process) => process,
            None => Process::spawn(&self.config).map_err(EngineError::Unavailable)?,
        };
        // A child that was taken over cannot give itself more pages than there may be.
        let max_pages = u32::try_from(limits.max_pages).unwrap_or(u32::MAX);
        let pages = || watch.borrow().map_or(0, |progress| progress.total.min(max_pages));
        let documents: Vec<&[u8]> = documents.iter().map(|document| &**document).collect();
        let opening = Opening { head: &head, documents: &documents };
        let ended = tokio::select! {
            biased;
            () = stop.cancelled() => Ended::Stopped,
            called = process.call(opening, &self.models, watch) => Ended::Called(called),
            limit = self.time_out(&pages, most) => Ended::TimedOut(limit),
        };
        match ended {
            Ended::Stopped => {
                process.kill("stopped").await;
                Err(EngineError::Stopped)
            }
            Ended::TimedOut(limit) => {
                process.kill("timed_out").await;
                Err(EngineError::Exceeded { limit: Limit::Time(limit) })
            }
            Ended::Called(Err(failure)) => Err(self.cause(process.post_mortem(&failure).await, pages())),
            Ended::Called(Ok(talked)) => {
                self.settle(process).await;
                match talked {
                    Talked::Done(output) => Ok(output),
                    Talked::Refused(Refusal { code, message, details }) => {
                        Err(EngineError::Document { code, message, details })
                    }
                    Talked::Unanswered => Err(EngineError::NoModel),
                }
            }
        }
    }

    /// The head of the frame that opens a task.
    fn head(&self, start: Start) -> io::Result<Vec<u8>> {
        if start.documents.len() > DOCUMENTS_MAX {
            let message = format!("{} documents exceed the {DOCUMENTS_MAX} of one task", start.documents.len());
            return Err(protocol::invalid(message));
        }
        let body_len = start.documents.iter().map(|part| part.bytes).sum();
        protocol::encode_head(&Order::Start(Box::new(start)), body_len, self.config.frame_max_bytes)
    }

    /// Waits until the task's time is over, which grows when its pages are counted, and answers how much it was.
    async fn time_out(&self, pages: &(impl Fn() -> u32 + Sync), most: Duration) -> Duration {
        let began = Instant::now();
        loop {
            let limit = self.config.timeout.of(pages()).min(most);
            sleep_until(began + limit).await;
            if self.config.timeout.of(pages()).min(most) <= limit {
                return limit;
            }
        }
    }

    /// Refuses new calls and ends the idle children. Calls under way go on until they end or their tokens are
    /// cancelled, and their children end with them.
    pub async fn shutdown(&self) {
        self.slots.close();
        let idle = std::mem::take(&mut *self.lock_idle());
        for process in idle {
            process.kill("shutdown").await;
        }
    }

    /// Sends the child of a call that was answered back to wait, if it may.
    async fn settle(&self, process: Process) {
        let config = &self.config;
        if process.jobs() >= config.recycle_after_jobs || process.resident_bytes() >= config.recycle_bytes {
            process.kill("recycled").await;
        } else if let Some(process) = self.give_back(process) {
            process.kill("shutdown").await;
        }
    }

    /// The child used last, whose memory is warm. Children that died while they waited are passed over.
    fn take_idle(&self) -> Option<Process> {
        let mut idle = self.lock_idle();
        std::iter::from_fn(|| idle.pop()).find_map(|mut process| process.is_alive().then_some(process))
    }

    /// Returns the child if the pool no longer wants it. `shutdown` closes the slots before it empties the list, so a
    /// child added here under the lock is either found by it or not added.
    fn give_back(&self, process: Process) -> Option<Process> {
        let mut idle = self.lock_idle();
        if self.slots.is_closed() {
            return Some(process);
        }
        idle.push(process);
        None
    }

    fn lock_idle(&self) -> MutexGuard<'_, Vec<Process>> {
        // Pushes and pops leave the list whole wherever a panic strikes.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cause(&self, death: Death, pages: u32) -> EngineError {
        match death {
            Death::OutOfMemory => EngineError::Exceeded { limit: Limit::Memory(self.config.memory_bytes) },
            Death::OutOfCpu => EngineError::Exceeded { limit: Limit::Cpu(self.config.cpu.of(pages)) },
            Death::Killed => EngineError::Killed,
            Death::Unfit { stderr_tail } => EngineError::Unavailable(io::Error::other(stderr_tail)),
            Death::Crash { signal, exit, stderr_tail } => EngineError::Crashed { signal, exit, stderr_tail },
        }
    }
}

impl Document {
    fn into_parts(self) -> (Part, Bytes) {
        let Self { filename, media_type, bytes } = self;
        (Part { filename, media_type, bytes: bytes.len() as u64 }, bytes)
    }
}

/// How a call ended, in one way or another.
enum Ended {
    Stopped,
    TimedOut(Duration),
    Called(io::Result<Talked>),
}

/// A request that does not fit its frame is the document's fault, for good.
fn too_large(error: io::Error) -> EngineError {
    EngineError::Document { code: "document_limit_exceeded".to_owned(), message: error.to_string(), details: None }
}
