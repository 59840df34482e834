//! Executors: what runs the work that an endpoint names.

mod documents;
mod request;

use std::sync::Arc;

use bytes::Bytes;
use shared::domain::{Endpoints, Executor, Failure, FailureCode};
use shared::store::jobs::Claimed;
use tokio_util::sync::CancellationToken;

use crate::engine::EnginePool;

pub(crate) use request::Request;

/// What an executor answers: the response that the target endpoint would have given.
#[derive(Debug, Clone)]
pub struct Response {
    /// Its status code.
    pub status_code: u16,
    /// Its JSON body.
    pub body: Bytes,
}

/// Every executor of this process.
pub struct Executors {
    endpoints: Endpoints,
    documents: documents::Documents,
}

impl Executors {
    /// The executors over this pool.
    #[must_use]
    pub const fn new(endpoints: Endpoints, pool: Arc<EnginePool>, limits: ::documents::Limits) -> Self {
        Self { endpoints, documents: documents::Documents::new(pool, limits) }
    }

    /// Runs one attempt's work, within the endpoint's time-out. Ends early when `stop` is cancelled; the failure that it
    /// then answers has no meaning.
    pub(crate) async fn execute(
        &self,
        claimed: &Claimed,
        request: Request,
        stop: &CancellationToken,
    ) -> Result<Response, Failure> {
        let unavailable = || {
            let message = format!("this worker executes nothing at {}", claimed.endpoint);
            Failure::new(FailureCode::EndpointNotAvailable, message)
        };
        let registry = self.endpoints.current();
        let endpoint = registry.find(&claimed.endpoint).map_err(|_| unavailable())?;
        let work = async {
            match &endpoint.executor {
                Some(Executor::Documents) => self.documents.execute(endpoint, claimed, request, stop).await,
                Some(Executor::Http(_)) | None => Err(unavailable()),
            }
        };
        tokio::time::timeout(endpoint.timeout, work).await.unwrap_or_else(|_| {
            Err(Failure::new(
                FailureCode::AttemptTimedOut,
                format!("the attempt took longer than the {} s of its endpoint", endpoint.timeout.as_secs()),
            ))
        })
    }
}
