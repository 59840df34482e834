//! What every part of the worker is given.

use std::sync::Arc;

use shared::blob::Blob;
use shared::broker::Publisher;
use shared::domain::Endpoints;
use shared::store::Store;

use crate::config::Config;
use crate::flow::Flow;

/// The composition root's product. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Context {
    /// The settings.
    pub(crate) config: Arc<Config>,
    /// What jobs may ask for.
    pub(crate) endpoints: Endpoints,
    /// PostgreSQL.
    pub(crate) store: Store,
    /// The object store.
    pub(crate) blob: Blob,
    /// The broker, for sending.
    pub(crate) publisher: Publisher,
    /// The limits of endpoints and the upstreams in trouble.
    pub(crate) flow: Flow,
    /// Who we are: host and a nonce of this start, because a restarted pod of the same name is another worker.
    pub(crate) worker_id: Arc<str>,
}
