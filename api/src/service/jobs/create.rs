//! Creating a job: check, keep, store, tell the broker.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use metrics::counter;
use sha2::{Digest as _, Sha256};
use shared::blob::{ArtifactRules, BlobError};
use shared::broker::DispatchMessage;
use shared::domain::{JobId, Lane, Status};
use shared::payload::{self, Lifted, Owner, Secrets, Whose};
use shared::store::jobs::{AcceptOutcome, Body, Idempotency, Include, Job, NewJob};

use super::{Content, Jobs, Parts, Payload};
use crate::cause::Causes;
use crate::service::accept::Answer;
use crate::service::catalog::Catalog;
use crate::service::dispatch::Dispatched;
use crate::service::keys::Actor;
use crate::service::validation::{JsonLimits, Refusal, Schedule, ValidCreate, Violation, check_create};
use crate::service::{ServiceError, retry};

/// What an idempotency key is good for: this method and path.
const ROUTE: &str = "POST /v1/jobs";
/// Characters of an idempotency key, at most.
const MAX_KEY_CHARS: usize = 255;
/// From this size on checking and hashing leave the async threads.
const BLOCKING_FROM_BYTES: usize = 64 * 1024;
/// The first dispatch of a job.
const FIRST_SEQ: i32 = 1;

/// A client's idempotency key: 1 to 255 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdempotencyKey(String);

impl FromStr for IdempotencyKey {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        let is_good = (1..=MAX_KEY_CHARS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        let violation = || {
            let message = format!("must be 1 to {MAX_KEY_CHARS} visible ASCII characters");
            Violation::new("header.idempotency-key", "pattern", message).with_size(text.chars().count())
        };
        if is_good { Ok(Self(text.to_owned())) } else { Err(violation()) }
    }
}

/// A create that has been received.
#[derive(Debug)]
pub(crate) struct Submission {
    pub(crate) actor: Actor,
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    pub(crate) body: Payload,
    pub(crate) traceparent: Option<String>,
}

/// What a create made, or found.
#[derive(Debug)]
pub(crate) struct Created {
    pub(crate) job: Job,
    /// The request as the client sent it just now.
    pub(crate) request: Content,
    /// The key stood for this job already.
    pub(crate) replayed: bool,
    /// The broker does not have it yet.
    pub(crate) delayed: bool,
}

impl Jobs {
    /// Creates a job, or finds the one that its idempotency key stands for.
    ///
    /// From here on the create is finished whether its client waits or not: what has been received is either stored and
    /// dispatched, or nothing of it is left.
    pub(crate) async fn create(&self, submission: Submission) -> Result<Created, ServiceError> {
        let parts = Arc::clone(&self.parts);
        self.see_through(async move { parts.create(submission).await }).await
    }
}

impl Parts {
    async fn create(&self, submission: Submission) -> Result<Created, ServiceError> {
        let Submission { actor, idempotency_key, body, traceparent } = submission;
        let Payload { bytes, reserved } = body;
        let rules = Rules {
            catalog: self.catalogs.current(),
            json: self.json,
            artifacts: self.blob.artifact_rules(),
            schedule: Schedule { now: self.store.clock().now(), ahead: self.rules.retry.retention },
            secrets: self.secrets.clone(),
        };
        let (valid, idempotency) = check(rules, bytes, idempotency_key).await?;
        let id = JobId::generate(self.store.clock().unix_millis());
        let request = Content { text: valid.request.shown(), reserved };

        if let Some(known) = self.known_already(actor, idempotency.as_ref(), &valid).await? {
            return self.replay(actor, known, request).await;
        }
        if let Some(violation) = valid.untimely {
            return Err(ServiceError::Invalid(vec![violation]));
        }
        let kept = self.keep(Whose { organization: actor.organization, job: id }, &valid.request).await?;
        let objects = kept.objects();
        let delay = valid.endpoint.dispatch_delay;
        let lane = valid.endpoint.lane;
        let job = NewJob { delay, ..new_job(id, actor, &valid, idempotency, kept, traceparent.clone()) };
        let answer = self.accept.accept(job).await.map_err(|error| ServiceError::of_accept(error, id));
        self.remove_unless_stored(objects, &answer).await;
        match answer? {
            Answer::Stored { created_at, expires_at, publish } => {
                counter!("quire_jobs_accepted_total", "endpoint" => valid.endpoint.path.to_string()).increment(1);
                let job = stored(id, actor, valid, created_at, expires_at);
                let delayed = publish && self.dispatch(&job, lane, traceparent).await == Dispatched::Delayed;
                Ok(Created { job, request, replayed: false, delayed })
            }
            Answer::Replayed(known) => self.replay(actor, known, request).await,
            Answer::Mismatch(known) => Err(ServiceError::KeyReused(known)),
            Answer::NameTaken(other) => Err(ServiceError::ExtractionNamed(other)),
        }
    }

    /// A request that may be for the object store is not sent there again when its key is known already, and one whose time
    /// has passed since is not refused. Others do without this question: the statement that stores the job answers it too.
    async fn known_already(
        &self,
        actor: Actor,
        idempotency: Option<&Idempotency>,
        valid: &ValidCreate,
    ) -> Result<Option<JobId>, ServiceError> {
        let is_large = valid.request.is_cut() || valid.request.slim().len() as u64 > self.inline_max_bytes;
        let Some(key) = idempotency.filter(|_| is_large || valid.untimely.is_some()) else { return Ok(None) };
        match retry::read(|| self.store.find_idempotent(actor.organization, key)).await? {
            AcceptOutcome::Replayed(job) => Ok(Some(job)),
            AcceptOutcome::Mismatch(job) => Err(ServiceError::KeyReused(job)),
            AcceptOutcome::Accepted { .. } | AcceptOutcome::NameTaken(_) | AcceptOutcome::Unseen => Ok(None),
        }
    }

    async fn keep(&self, whose: Whose, request: &Lifted) -> Result<Body, ServiceError> {
        // Without a key no request with a secret comes here.
        let sealed = request.sealed(&self.secrets, whose).ok_or(ServiceError::Internal(None))?;
        payload::keep(&self.blob, Owner::Request(whose.job), &sealed).await.map_err(|error| match error {
            BlobError::Store(_) => ServiceError::ObjectStoreUnavailable(error),
            _ => {
                tracing::error!(error = %Causes(&error), "a request could not be compressed");
                ServiceError::Internal(None)
            }
        })
    }

    /// Takes objects back that no row names. Where a row may, they stay.
    async fn remove_unless_stored(&self, objects: Vec<String>, answer: &Result<Answer, ServiceError>) {
        let may_be_named = matches!(answer, Ok(Answer::Stored { .. }) | Err(ServiceError::OutcomeUnknown(_)));
        if !may_be_named {
            payload::remove(&self.blob, objects).await;
        }
    }

    /// The job that a key stands for, as it is now.
    async fn replay(&self, actor: Actor, known: JobId, request: Content) -> Result<Created, ServiceError> {
        let job = retry::read(|| self.store.find_job(actor.organization, known, Include::default()))
            .await?
            .ok_or(ServiceError::JobNotFound)?;
        Ok(Created { job, request, replayed: true, delayed: false })
    }

    async fn dispatch(&self, job: &Job, lane: Lane, traceparent: Option<String>) -> Dispatched {
        let message = DispatchMessage { job: job.id, organization: job.organization, lane, seq: FIRST_SEQ };
        self.dispatcher.dispatch(message, traceparent).await
    }
}

/// What a create is checked by.
struct Rules {
    catalog: Arc<Catalog>,
    json: JsonLimits,
    artifacts: ArtifactRules,
    schedule: Schedule,
    secrets: Secrets,
}

/// Checks the body, finds what is to be taken out of its request and, where there is a key, hashes it as it came.
async fn check(
    rules: Rules,
    body: Bytes,
    key: Option<IdempotencyKey>,
) -> Result<(ValidCreate, Option<Idempotency>), ServiceError> {
    let is_large = body.len() >= BLOCKING_FROM_BYTES;
    let check = move || -> Result<_, Refusal> {
        rules.json.check(&body)?;
        let valid = check_create(&body, &rules.catalog, rules.artifacts, rules.schedule, &rules.secrets)?;
        // What a secret is hashed with must not be there for guesses to be compared with.
        let keyed = || rules.secrets.digest(&body).filter(|_| valid.request.has_secrets());
        let request_hash = || keyed().unwrap_or_else(|| Sha256::digest(&body).into());
        let idempotency =
            key.map(|IdempotencyKey(key)| Idempotency { route: ROUTE, key, request_hash: request_hash() });
        Ok((valid, idempotency))
    };
    if !is_large {
        return Ok(check()?);
    }
    match tokio::task::spawn_blocking(check).await {
        Ok(checked) => Ok(checked?),
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(ServiceError::Overloaded("the process is stopping")),
        },
    }
}

fn new_job(
    id: JobId,
    actor: Actor,
    valid: &ValidCreate,
    idempotency: Option<Idempotency>,
    request: Body,
    traceparent: Option<String>,
) -> NewJob {
    NewJob {
        id,
        organization: actor.organization,
        endpoint: Arc::clone(&valid.endpoint.path),
        lane: valid.endpoint.lane,
        limited: valid.endpoint.concurrency.is_limited(),
        max_attempts: valid.endpoint.retry.attempts,
        idempotency,
        request,
        metadata: valid.metadata.clone(),
        record: valid.record.clone(),
        extraction_id: valid.extraction_id.clone(),
        traceparent,
        delay: Duration::ZERO,
        run_at: valid.run_at,
    }
}

/// The job as it was stored, without asking for it again.
fn stored(
    id: JobId,
    actor: Actor,
    valid: ValidCreate,
    created_at: std::time::SystemTime,
    expires_at: std::time::SystemTime,
) -> Job {
    Job {
        id,
        organization: actor.organization,
        endpoint: valid.endpoint.path.to_string(),
        status: Status::Queued,
        created_at,
        started_at: None,
        completed_at: None,
        expires_at,
        last_attempt_at: None,
        attempt_count: 0,
        last_failure_code: None,
        progress: None,
        cancelled: false,
        run_at: valid.run_at,
        metadata: valid.metadata,
        error: None,
        warnings: None,
        request: None,
        result: None,
    }
}
