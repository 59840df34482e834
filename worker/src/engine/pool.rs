//! The pool: so many documents at a time, each in a child of its own for as long as it takes.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use documents::{Limits, ParseOptions, Parsed};
use thiserror::Error;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::engine::process::{Death, Process};
use crate::engine::protocol::{self, Reply, Request};

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
    /// The most wall-clock time for one document, from the moment a child is given it.
    pub timeout: Duration,
    /// A child is replaced after this many documents, so that what its allocator holds on to goes back.
    pub recycle_after_jobs: u32,
    /// The most bytes of a document on its way in, and of a result on its way out.
    pub frame_max_bytes: u64,
}

/// A document to parse. The bytes are shared with their holder and copied only into the child's pipe.
#[derive(Debug, Clone)]
pub struct ParseRequest {
    /// The sender's name for the file.
    pub filename: String,
    /// The declared media type.
    pub media_type: Option<String>,
    /// The file.
    pub bytes: Bytes,
    /// The options of the parser.
    pub options: ParseOptions,
    /// The caps on what the document may cost.
    pub limits: Limits,
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
    },
    /// The document took longer than it may. Its child was killed.
    #[error("document was not parsed within {} ms", limit.as_millis())]
    TimedOut {
        /// The configured limit.
        limit: Duration,
    },
    /// The document needed more memory than a child may have.
    #[error("document needs more than the {limit_bytes} bytes of memory that the engine may use")]
    MemoryExceeded {
        /// The configured limit.
        limit_bytes: u64,
    },
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

/// Runs documents through child processes that stay warm between them.
#[derive(Debug)]
pub struct EnginePool {
    config: EngineConfig,
    slots: Semaphore,
    /// Never longer than `slots` has permits: only the holder of one adds to it, and it takes from here first.
    idle: Mutex<Vec<Process>>,
}

impl EnginePool {
    /// A pool without children yet: each starts when a document first needs it.
    #[must_use]
    pub fn new(config: EngineConfig) -> Arc<Self> {
        let slots = Semaphore::new(config.processes);
        Arc::new(Self { config, slots, idle: Mutex::new(Vec::new()) })
    }

    /// Parses a document, as soon as a slot is free.
    ///
    /// The call holds no more than the document. Dropping it kills the child that works on it.
    ///
    /// # Errors
    ///
    /// See [`EngineError`]. The child of a call that ends in any but `Document` is gone when the call returns.
    pub async fn parse(&self, request: ParseRequest, stop: &CancellationToken) -> Result<Parsed, EngineError> {
        let ParseRequest { filename, media_type, bytes, options, limits } = request;
        let header = Request { filename, media_type, options, limits };
        let head = protocol::encode_head(&header, bytes.len(), self.config.frame_max_bytes).map_err(too_large)?;
        let _slot = tokio::select! {
            biased;
            () = stop.cancelled() => return Err(EngineError::Stopped),
            slot = self.slots.acquire() => slot.map_err(|_closed| EngineError::Stopped)?,
        };
        let mut process = match self.take_idle() {
            Some(process) => process,
            None => Process::spawn(&self.config).map_err(EngineError::Unavailable)?,
        };
        let called = tokio::select! {
            biased;
            () = stop.cancelled() => None,
            called = timeout(self.config.timeout, process.call(&head, &bytes)) => Some(called),
        };
        match called {
            None => {
                process.kill("stopped").await;
                Err(EngineError::Stopped)
            }
            Some(Err(_elapsed)) => {
                process.kill("timed_out").await;
                Err(EngineError::TimedOut { limit: self.config.timeout })
            }
            Some(Ok(Err(failure))) => Err(self.cause(process.post_mortem(&failure).await)),
            Some(Ok(Ok((reply, body)))) => self.settle(process, reply, &body).await,
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

    /// Ends a call that was answered: reads the answer and sends the child back to wait, if it may.
    async fn settle(&self, process: Process, reply: Reply, body: &[u8]) -> Result<Parsed, EngineError> {
        let result = match reply {
            Reply::Refused { code, message } => Err(EngineError::Document { code, message }),
            Reply::Parsed => match serde_json::from_slice(body) {
                Ok(parsed) => Ok(parsed),
                Err(error) => return Err(self.cause(process.post_mortem(&error.into()).await)),
            },
        };
        if process.jobs() >= self.config.recycle_after_jobs {
            process.kill("recycled").await;
        } else if let Some(process) = self.give_back(process) {
            process.kill("shutdown").await;
        }
        result
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

    fn cause(&self, death: Death) -> EngineError {
        match death {
            Death::OutOfMemory => EngineError::MemoryExceeded { limit_bytes: self.config.memory_bytes },
            Death::Crash { signal, exit, stderr_tail } => EngineError::Crashed { signal, exit, stderr_tail },
        }
    }
}

/// A request that does not fit its frame is the document's fault, for good.
fn too_large(error: io::Error) -> EngineError {
    EngineError::Document { code: "document_limit_exceeded".to_owned(), message: error.to_string() }
}
