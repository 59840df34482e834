//! Executors: what runs the work that an endpoint names.

mod documents;
mod http;
mod request;

use std::collections::BTreeMap;

use ::documents::Warning;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use shared::domain::{Endpoint, Endpoints, Executor, Failure, FailureCode};
use shared::store::jobs::Claimed;
use tokio_util::sync::CancellationToken;

use crate::engine::Watch;

pub(crate) use documents::{Asked, Documents};
pub use http::{ClientConfig, Http};
pub(crate) use request::{Keyring, Request};

/// What an executor answers: the response that the target endpoint would have given.
#[derive(Debug, Clone)]
pub struct Response {
    /// Its status code.
    pub status_code: u16,
    /// Its JSON body.
    pub body: Bytes,
    /// What was extracted, if that is what was asked for.
    pub extraction: Option<Extraction>,
    /// What it cost, if the executor counts that.
    pub usage: Option<Value>,
    /// What its reader should know.
    pub warnings: Vec<Warning>,
}

/// What was extracted from a document.
#[derive(Debug, Clone, Serialize)]
pub struct Extraction {
    /// Its name: the client's, or the one that belongs to the generation of the job.
    #[serde(skip)]
    pub id: String,
    /// The client's own words about it.
    #[serde(skip)]
    pub metadata: BTreeMap<String, String>,
    /// The values.
    pub predictions: Value,
    /// How likely each is right.
    pub likelihoods: Value,
    /// Where each stands.
    pub sources: Value,
    /// How the answers differ that were voted on.
    pub consensus_details: Value,
}

impl Response {
    /// An answer of which there is no more to say.
    pub(crate) const fn of_upstream(status_code: u16, body: Bytes) -> Self {
        Self { status_code, body, extraction: None, usage: None, warnings: Vec::new() }
    }

    /// An answer of the engine, which has cost this.
    fn of_engine(body: Bytes, usage: &impl Serialize) -> Self {
        Self { usage: serde_json::to_value(usage).ok(), ..Self::of_upstream(200, body) }
    }
}

/// Every executor of this process.
pub struct Executors {
    endpoints: Endpoints,
    documents: Documents,
    http: Http,
}

impl Executors {
    /// The executors: of documents and of upstreams.
    #[must_use]
    pub(crate) const fn new(endpoints: Endpoints, documents: Documents, http: Http) -> Self {
        Self { endpoints, documents, http }
    }

    /// Runs one attempt's work, within the endpoint's time-out, and shows how far it is where it knows. Ends early when `stop` is cancelled; the failure that it
    /// then answers has no meaning.
    pub(crate) async fn execute(
        &self,
        claimed: &Claimed,
        request: Request,
        watch: &Watch,
        stop: &CancellationToken,
    ) -> Result<Response, Failure> {
        let unavailable = || {
            let message = format!("this worker executes nothing at {}", claimed.endpoint);
            Failure::new(FailureCode::EndpointNotAvailable, message)
        };
        let registry = self.endpoints.current();
        let endpoint = registry.find(&claimed.endpoint).map_err(|_| unavailable())?;
        match &endpoint.executor {
            Some(Executor::Documents) => {
                let work = self.documents.execute(endpoint, claimed, request, watch, stop);
                tokio::time::timeout(endpoint.timeout, work).await.unwrap_or_else(|_| Err(timed_out(endpoint, None)))
            }
            Some(Executor::Http(upstream)) => self.http.execute(endpoint, upstream, claimed, request, stop).await,
            None => Err(unavailable()),
        }
    }
}

/// The attempt took too long; `progress` says how far it came.
fn timed_out(endpoint: &Endpoint, progress: Option<&str>) -> Failure {
    let mut message = format!("the attempt took longer than the {} s of its endpoint", endpoint.timeout.as_secs_f64());
    if let Some(progress) = progress {
        message.push_str(": ");
        message.push_str(progress);
    }
    Failure::new(FailureCode::AttemptTimedOut, message)
}
