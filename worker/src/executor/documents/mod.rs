//! The built-in document engine: maps a request to the engine's call and its answer to the contract's response.
//!
//! | file | |
//! |---|---|
//! | `given` | the documents of a request, decoded |
//! | `parse`, `extract`, `classify`, `split`, `schemas` | one endpoint each, or two that share their words |
//! | `reasoning` | the evidence of an extraction, written between its values |
//! | `failure` | what a failure of the engine means for a job |

mod classify;
mod extract;
mod failure;
mod given;
mod parse;
mod reasoning;
mod schemas;
mod split;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use documents::{Limits, Operation, Output, ReadOptions};
use serde::Serialize;
use serde_json::Value;
use shared::contract::TargetRequest;
use shared::domain::{Clock, Endpoint, ExtractionId, Failure, FailureCode, JobId};
use shared::store::jobs::Claimed;
use tokio_util::sync::CancellationToken;

use super::{Keyring, Request, Response};
use crate::engine::{EnginePool, Task, Watch};
use failure::{failure, invalid};
use given::Given;

/// The part of an endpoint's time-out that its documents may have. It ends first: then they were given all there is, and
/// would take as long again.
const SHARE_OF_TIMEOUT: f64 = 0.95;

/// The executor of the built-in endpoints.
pub(crate) struct Documents {
    pool: Arc<EnginePool>,
    limits: Limits,
    clock: Clock,
}

/// What one attempt asks of the engine, wherever it comes from.
pub(crate) struct Asked<'a> {
    /// The endpoint's path.
    pub(crate) path: &'a str,
    /// The request, as JSON.
    pub(crate) text: Bytes,
    /// The documents that were taken out of the text, by the JSON pointers of their members of the request.
    pub(crate) files: HashMap<String, Bytes>,
    /// The job; a request that never was one has none.
    pub(crate) job: Option<Generation>,
    /// What opens a password that was stored; a request that never was has its own in clear.
    pub(crate) keyring: Option<&'a Keyring>,
    /// The engine has died of this request before.
    pub(crate) again: bool,
    /// The most time, however many pages there are.
    pub(crate) most: Duration,
    /// Where progress is shown.
    pub(crate) watch: &'a Watch,
}

/// A job, and how often its client has retried it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Generation {
    pub(crate) job: JobId,
    pub(crate) generation: i32,
}

/// An endpoint: what its requests ask of the engine, and what its responses make of the answer.
trait Work: TargetRequest + Send + 'static {
    /// How each of its documents is read.
    fn read_options(&self) -> ReadOptions {
        ReadOptions::default()
    }

    /// What the engine is to do with its documents, which are read so.
    fn operation(&self, read: Vec<ReadOptions>) -> Operation;

    /// The answer; `None` when the engine has answered something else.
    fn response(self, output: Output, about: &About) -> Option<Result<Response, serde_json::Error>>;
}

/// What a response tells beside the engine's answer.
struct About {
    /// Names of the documents by what is in them, with the names that they were given.
    documents: Vec<(String, String)>,
    /// What to call the answer.
    answer_id: String,
    job: Option<Generation>,
    began: SystemTime,
    ended: SystemTime,
}

impl Documents {
    pub(crate) const fn new(pool: Arc<EnginePool>, limits: Limits, clock: Clock) -> Self {
        Self { pool, limits, clock }
    }

    pub(super) async fn execute(
        &self,
        endpoint: &Endpoint,
        claimed: &Claimed,
        request: Request,
        watch: &Watch,
        stop: &CancellationToken,
    ) -> Result<Response, Failure> {
        let files = request.documents().await?;
        let again = claimed.last_failure_code.as_deref() == Some(FailureCode::EngineCrashed.as_str());
        let most = endpoint.timeout.mul_f64(SHARE_OF_TIMEOUT);
        let job = Some(Generation { job: claimed.lease.job, generation: claimed.generation });
        let (path, text, keyring) = (&*endpoint.path, request.text, Some(&request.keyring));
        self.answer(Asked { path, text, files, job, keyring, again, most, watch }, stop).await
    }

    /// Answers a request.
    pub(crate) async fn answer(&self, asked: Asked<'_>, stop: &CancellationToken) -> Result<Response, Failure> {
        use shared::contract::{
            ClassifyRequest, ExtractRequest, GenerateSchemaRequest, GenerateSplitConfigRequest, ParseRequest,
            SplitRequest,
        };
        match asked.path {
            "/v1/documents/parse" => self.work::<ParseRequest>(asked, stop).await,
            "/v1/documents/extract" => self.work::<ExtractRequest>(asked, stop).await,
            "/v1/documents/classify" => self.work::<ClassifyRequest>(asked, stop).await,
            "/v1/documents/split" => self.work::<SplitRequest>(asked, stop).await,
            "/v1/documents/split/generate_config" => self.work::<GenerateSplitConfigRequest>(asked, stop).await,
            "/v1/schemas/generate" => self.work::<GenerateSchemaRequest>(asked, stop).await,
            path => Err(Failure::new(
                FailureCode::EndpointNotAvailable,
                format!("the document engine of this worker does not execute {path}"),
            )),
        }
    }

    async fn work<W: Work>(&self, asked: Asked<'_>, stop: &CancellationToken) -> Result<Response, Failure> {
        let Asked { text, mut files, job, keyring, again, most, watch, .. } = asked;
        let began = self.clock.now();
        let answer_id = answer_id(job, &text);
        // Base64 and the digests of large documents take a while: not on the threads that renew leases.
        let (request, given) = tokio::task::spawn_blocking(move || {
            // As the api has checked it: by way of a value, in which of a name that is there twice the last counts.
            let request: W = serde_json::from_slice::<Value>(&text)
                .and_then(serde_json::from_value)
                .map_err(|error| invalid(&error.to_string()))?;
            let documents = request.documents().into_iter();
            let given: Result<Vec<Given>, Failure> = documents
                .map(|(pointer, document)| Given::decode(document, &pointer, files.remove(&pointer)))
                .collect();
            let given = given?;
            Ok::<_, Failure>((request, given))
        })
        .await
        .map_err(|error| Failure::new(FailureCode::Internal, "reading the request failed").because(&error))??;
        let read = given.iter().map(|given| given.read_options(keyring, request.read_options()));
        let operation = request.operation(read.collect::<Result<_, _>>()?);
        let documents = given.iter().map(|given| (given.id.clone(), given.filename.clone())).collect();
        let given = given.into_iter().map(Given::into_document).collect();
        let task = Task { operation, documents: given, limits: self.limits, most };
        let output = self.pool.run(task, watch, stop).await.map_err(|error| failure(error, again))?;
        let about = About { documents, answer_id, job, began, ended: self.clock.now() };
        let response = request.response(output, &about);
        let response =
            response.ok_or_else(|| Failure::new(FailureCode::Internal, "the engine has answered something else"))?;
        response.map_err(|error| invalid(&error.to_string()))
    }
}

impl About {
    /// The name of an extraction: the client's, or the one that belongs to this generation of the job.
    fn extraction_id(&self, chosen: Option<String>) -> Option<String> {
        let of_job = |Generation { job, generation }| ExtractionId::of(job, generation).to_string();
        chosen.or_else(|| self.job.map(of_job))
    }
}

/// What to call the answer: of a job by the job's own letters, else by those of the request.
fn answer_id(job: Option<Generation>, text: &[u8]) -> String {
    match job {
        Some(Generation { job, .. }) => job.to_string().trim_start_matches(JobId::PREFIX).to_owned(),
        None => format!("{:016x}", given::digest(text)),
    }
}

/// A response of the contract, which is an answer of 200.
fn body(response: &impl Serialize) -> Result<Bytes, serde_json::Error> {
    serde_json::to_vec(response).map(Bytes::from)
}

fn rfc3339(time: SystemTime) -> String {
    DateTime::<Utc>::from(time).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A likelihood with the four digits that it is worth.
fn likelihood(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}
