//! Reading a job, with as much of its payloads as was asked for.

use serde_json::Value;
use shared::domain::JobId;
use shared::payload;
use shared::store::jobs::{Body, Include, Job};

use super::{Jobs, Payload};
use crate::cause::Causes;
use crate::service::keys::Actor;
use crate::service::{ServiceError, retry};

/// A job and its payloads.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) job: Job,
    pub(crate) request: Option<Payload>,
    pub(crate) response: Option<Response>,
    /// Warnings that came with the response.
    pub(crate) warnings: Option<Value>,
    /// Payloads that should be here and cannot be read.
    pub(crate) lost: Vec<Lost>,
}

/// What a completed job answered.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status_code: i32,
    pub(crate) body: Payload,
}

/// A payload that cannot be read back. The job is shown without it (contract A.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    Request,
    Response,
}

impl Jobs {
    /// A job of the actor's organization.
    pub(crate) async fn get(&self, actor: Actor, id: JobId, include: Include) -> Result<Found, ServiceError> {
        let store = &self.parts.store;
        let job =
            retry::read(|| store.find_job(actor.organization, id, include)).await?.ok_or(ServiceError::JobNotFound)?;
        self.open(job).await
    }

    /// The job with those of its payloads that were read with it.
    pub(super) async fn open(&self, mut job: Job) -> Result<Found, ServiceError> {
        let id = job.id;
        let mut lost = Vec::new();
        let request = match job.request.take() {
            Some(body) => self.restore(id, body, Lost::Request, &mut lost).await?,
            None => None,
        };
        let (response, warnings) = match job.result.take() {
            Some(result) => {
                let body = self.restore(id, result.body, Lost::Response, &mut lost).await?;
                (body.map(|body| Response { status_code: result.status_code, body }), result.warnings)
            }
            None => (None, None),
        };
        Ok(Found { job, request, response, warnings, lost })
    }

    /// A job as a cancel or a retry has left it. That is done: what hinders its request from being shown is a warning.
    pub(super) async fn acted_on(&self, mut job: Job) -> Found {
        let mut lost = Vec::new();
        let request = match job.request.take() {
            Some(body) => match self.restore(job.id, body, Lost::Request, &mut lost).await {
                Ok(request) => request,
                Err(_) => {
                    lost.push(Lost::Request);
                    None
                }
            },
            None => None,
        };
        Found { job, request, response: None, warnings: None, lost }
    }

    /// Reads a payload back, within the budget of all bodies in flight.
    async fn restore(
        &self,
        job: JobId,
        body: Body,
        which: Lost,
        lost: &mut Vec<Lost>,
    ) -> Result<Option<Payload>, ServiceError> {
        let reserved = self.parts.budget.reserve(u64::try_from(body.bytes()).unwrap_or(u64::MAX))?;
        match payload::read(&self.parts.blob, body).await {
            Ok(bytes) => Ok(Some(Payload { bytes, reserved })),
            Err(error) => {
                tracing::error!(error = %Causes(&error), %job, payload = ?which, "a payload is lost");
                lost.push(which);
                Ok(None)
            }
        }
    }
}
