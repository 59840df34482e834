//! Jobs: creating one, reading one, listing them, cancelling one, running one again.

mod attempts;
mod cancel;
mod create;
mod get;
mod list;
mod retry;

use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use shared::blob::Blob;
use shared::payload::{Restored, Secrets};
use shared::store::Store;
use shared::store::jobs::RetryRules;
use tokio_util::task::TaskTracker;
use tracing::Instrument as _;

use super::ServiceError;
use super::accept::AcceptQueue;
use super::budget::{ByteBudget, Reserved};
use super::catalog::Catalogs;
use super::dispatch::Dispatcher;
use super::validation::JsonLimits;

pub(crate) use attempts::{AttemptsWanted, FoundAttempts};
pub(crate) use create::{Created, IdempotencyKey, Submission};
pub(crate) use get::{Found, Lost, Response, Which};
pub(crate) use list::{FoundPage, Lists};
pub(crate) use retry::Retried;
/// The attempts of a job.
pub(crate) use shared::store::jobs::{Attempt, AttemptsPage};
/// A list as the service is asked for it.
pub(crate) use shared::store::jobs::{Cursor, Filter, List, Source};
/// A job as the service hands it out; its payloads are apart.
pub(crate) use shared::store::jobs::{Include, Job};

/// A body in memory, with the part of the budget that it takes.
#[derive(Debug)]
pub(crate) struct Payload {
    pub(crate) bytes: Bytes,
    pub(crate) reserved: Reserved,
}

/// What the operator has said about jobs.
#[derive(Debug, Clone)]
pub struct JobRules {
    /// How a client's retry is done.
    pub retry: RetryRules,
}

/// A payload as it was written, with the part of the budget that it takes until it is sent.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) text: Restored,
    pub(crate) reserved: Reserved,
}

/// What the functions on jobs work with.
#[derive(Clone)]
pub(crate) struct Jobs {
    parts: Arc<Parts>,
}

/// The parts themselves, as the composition root puts them together.
pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) blob: Blob,
    pub(crate) accept: AcceptQueue,
    pub(crate) dispatcher: Dispatcher,
    pub(crate) budget: ByteBudget,
    /// Compressed requests up to this size stay in PostgreSQL.
    pub(crate) inline_max_bytes: u64,
    pub(crate) json: JsonLimits,
    pub(crate) lists: Lists,
    pub(crate) rules: JobRules,
    pub(crate) catalogs: Catalogs,
    /// What passwords are kept encrypted with.
    pub(crate) secrets: Secrets,
    /// What is under way, whether its clients wait or not.
    pub(crate) under_way: TaskTracker,
}

impl Jobs {
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// The endpoints in force.
    pub(crate) fn catalogs(&self) -> &Catalogs {
        &self.parts.catalogs
    }

    /// Finishes what has been begun, whether its client waits for it or not.
    async fn see_through<T, F>(&self, work: F) -> Result<T, ServiceError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, ServiceError>> + Send + 'static,
    {
        match self.parts.under_way.spawn(work.in_current_span()).await {
            Ok(done) => done,
            Err(ended) => match ended.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(ServiceError::Overloaded("the process is stopping")),
            },
        }
    }

    /// Waits for what is still under way.
    pub(crate) async fn drain(&self) {
        self.parts.under_way.close();
        self.parts.under_way.wait().await;
        self.parts.dispatcher.drain().await;
    }
}
