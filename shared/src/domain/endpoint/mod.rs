//! Target endpoints: what a job may ask for, and how it is executed.

mod built_in;
mod policy;
mod registry;
mod upstream;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::Lane;

pub use built_in::{built_in, is_built_in};
pub use policy::{
    Concurrency, DEFAULT_ATTEMPTS, DEFAULT_TIMEOUT, LONGEST_TIMEOUT, RetryPolicy, StatusSet, TIMEOUT_BUT_LONG,
};
pub use registry::{Endpoints, Registry, UnknownEndpoint};
pub use upstream::{Proxy, Upstream};

/// What executes an endpoint.
#[derive(Debug, Clone)]
pub enum Executor {
    /// The built-in document engine.
    Documents,
    /// A service that speaks HTTP: the request is posted to it as it came.
    Http(Arc<Upstream>),
}

/// One target endpoint.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The target API path, for example `/v1/documents/parse`.
    pub path: Arc<str>,
    /// The lane its jobs wait in.
    pub lane: Lane,
    /// Wall-clock bound of one attempt. At most [`TIMEOUT_BUT_LONG`] on every lane but `long`.
    pub timeout: Duration,
    /// What happens after a failure.
    pub retry: RetryPolicy,
    /// How many of its jobs may run at the same time, in the whole fleet.
    pub concurrency: Concurrency,
    /// How long a new job waits before it is dispatched, and can still be cancelled unstarted.
    pub dispatch_delay: Duration,
    /// The JSON Schema of its requests, if an operator has given one. It refers to nothing outside itself.
    pub request_schema: Option<Arc<Value>>,
    /// Nothing executes it yet when `None`.
    pub executor: Option<Executor>,
}

impl Endpoint {
    /// An endpoint of this path with every default.
    #[must_use]
    pub fn new(path: &str, executor: Option<Executor>) -> Self {
        Self {
            path: path.into(),
            lane: Lane::Batch,
            timeout: DEFAULT_TIMEOUT,
            retry: RetryPolicy::default(),
            concurrency: Concurrency::default(),
            dispatch_delay: Duration::ZERO,
            request_schema: None,
            executor,
        }
    }

    /// The service that executes it, if one does.
    #[must_use]
    pub fn upstream(&self) -> Option<&Arc<Upstream>> {
        match &self.executor {
            Some(Executor::Http(upstream)) => Some(upstream),
            Some(Executor::Documents) | None => None,
        }
    }
}
