//! Jobs: creating one, reading one.

mod create;
mod get;

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

struct Parts {
    store: Store,
    blob: Blob,
    accept: AcceptQueue,
    dispatcher: Dispatcher,
    budget: ByteBudget,
    /// Compressed requests up to this size stay in PostgreSQL.
    inline_max_bytes: u64,
    json: JsonLimits,
    /// Creates under way, whether their clients wait or not.
    under_way: TaskTracker,
}

impl Jobs {
    pub(crate) fn new(
        store: Store,
        blob: Blob,
        accept: AcceptQueue,
        dispatcher: Dispatcher,
        budget: ByteBudget,
        inline_max_bytes: u64,
        json: JsonLimits,
    ) -> Self {
        let under_way = TaskTracker::new();
        Self { parts: Arc::new(Parts { store, blob, accept, dispatcher, budget, inline_max_bytes, json, under_way }) }
    }

    /// Waits for the creates that are still under way.
    pub(crate) async fn drain(&self) {
        self.parts.under_way.close();
        self.parts.under_way.wait().await;
        self.parts.dispatcher.drain().await;
    }
}
