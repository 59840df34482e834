//! Reading a job, with as much of its payloads as was asked for.

use shared::domain::{JobId, is_built_in};
use shared::payload;
use shared::store::jobs::{Body, Include, Job};

use super::{Content, Jobs};
use crate::cause::Causes;
use crate::service::keys::Actor;
use crate::service::validation::of_pointer;
use crate::service::{ServiceError, retry};

/// A job and its payloads.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) job: Job,
    pub(crate) request: Option<Content>,
    pub(crate) response: Option<Response>,
    /// Payloads that should be here and cannot be read.
    pub(crate) lost: Vec<Lost>,
}

/// What a completed job answered.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status_code: i32,
    pub(crate) body: Content,
}

/// A payload that cannot be read back. The job is shown without it (contract A.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) which: Which,
    /// What of it cannot be read, as a JSON path: the whole, or one file in it.
    pub(crate) path: String,
}

/// One of the two payloads of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Request,
    Response,
}

impl Which {
    /// The JSON path, in a job, of what was stored.
    const fn root(self) -> &'static str {
        match self {
            Self::Request => "$.request",
            Self::Response => "$.response",
        }
    }
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
            Some(body) => self.restore_request(&job, body, &mut lost).await?,
            None => None,
        };
        let response = match job.result.take() {
            Some(result) => {
                let body = self.restore(id, result.body, Which::Response, &mut lost).await?;
                body.map(|body| Response { status_code: result.status_code, body })
            }
            None => None,
        };
        Ok(Found { job, request, response, lost })
    }

    /// A job as a cancel or a retry has left it. That is done: what hinders its request from being shown is a warning.
    pub(super) async fn acted_on(&self, mut job: Job) -> Found {
        let mut lost = Vec::new();
        let request = match job.request.take() {
            Some(body) => match self.restore_request(&job, body, &mut lost).await {
                Ok(request) => request,
                Err(_) => {
                    lost.push(Lost { which: Which::Request, path: Which::Request.root().to_owned() });
                    None
                }
            },
            None => None,
        };
        Found { job, request, response: None, lost }
    }

    /// The request as its client may see it: passwords that the contract has a place for are null.
    async fn restore_request(
        &self,
        job: &Job,
        body: Body,
        lost: &mut Vec<Lost>,
    ) -> Result<Option<Content>, ServiceError> {
        let request = self.restore(job.id, body, Which::Request, lost).await?;
        Ok(match request {
            Some(Content { text, reserved }) if is_built_in(&job.endpoint) => {
                Some(Content { text: text.hiding_passwords(), reserved })
            }
            request => request,
        })
    }

    /// Reads a payload back, within the budget of all bodies in flight. Its files are held as they are kept: their base64
    /// is made again only while it is sent.
    async fn restore(
        &self,
        job: JobId,
        body: Body,
        which: Which,
        lost: &mut Vec<Lost>,
    ) -> Result<Option<Content>, ServiceError> {
        let reserved = self.parts.budget.reserve(body.size())?;
        match payload::read(&self.parts.blob, body).await {
            Ok(text) => Ok(Some(Content { text, reserved })),
            Err(error) => {
                tracing::error!(error = %Causes(&error), %job, payload = ?which, "a payload is lost");
                let path = match (&error.pointer, which) {
                    (Some(pointer), Which::Request) => of_pointer(which.root(), pointer),
                    (Some(pointer), Which::Response) => of_pointer("$.response.body", pointer),
                    (None, _) => which.root().to_owned(),
                };
                lost.push(Lost { which, path });
                Ok(None)
            }
        }
    }
}
