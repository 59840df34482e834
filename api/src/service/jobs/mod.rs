//! Jobs: creating one, reading one, listing them.

mod create;
mod get;
mod list;

use std::sync::Arc;

use bytes::Bytes;
use shared::blob::Blob;
use shared::store::Store;
use tokio_util::task::TaskTracker;

use super::accept::AcceptQueue;
use super::budget::{ByteBudget, Reserved};
use super::dispatch::Dispatcher;
use super::validation::JsonLimits;

pub(crate) use create::{Created, IdempotencyKey, Submission};
pub(crate) use get::{Found, Lost, Response};
pub(crate) use list::{FoundPage, Lists};
/// A list as the service is asked for it.
pub(crate) use shared::store::jobs::{Cursor, Filter, List, Source};
/// A job as the service hands it out; its payloads are apart.
pub(crate) use shared::store::jobs::{Include, Job};

/// A payload in memory, with the part of the budget that it takes.
#[derive(Debug)]
pub(crate) struct Payload {
    pub(crate) bytes: Bytes,
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
    /// Creates under way, whether their clients wait or not.
    pub(crate) under_way: TaskTracker,
}

impl Jobs {
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// Waits for the creates that are still under way.
    pub(crate) async fn drain(&self) {
        self.parts.under_way.close();
        self.parts.under_way.wait().await;
        self.parts.dispatcher.drain().await;
    }
}
