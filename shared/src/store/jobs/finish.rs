//! Finishing attempts: what the fleet's slots have done, recorded in one statement.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Body, artifact};
use crate::domain::{Failure, JobId, Lease, Status};
use crate::store::{Statement, Store, StoreError};

pub(super) const FINISH: Statement = Statement::new("jobs.finish", include_str!("finish.sql"));

/// Bytes of a failure's message that are kept; a constraint of the table says the same.
const MESSAGE_MAX_BYTES: usize = 8192;
/// Bytes of a failure's details that are kept; larger ones are replaced by their size.
const DETAILS_MAX_BYTES: usize = 65_536;

/// How an attempt ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// With a response.
    Completed {
        /// The status code that the target endpoint would have answered with.
        status_code: u16,
        /// The response's body.
        body: Body,
        /// Warnings for the client.
        warnings: Option<Value>,
        /// What it cost.
        usage: Option<Value>,
        /// What was extracted.
        extraction: Option<KeptExtraction>,
    },
    /// With an error that another attempt cannot mend.
    Failed(Failure),
    /// With an error that may pass: again after the delay, if the budget allows.
    Retried(Failure, Again),
    /// With an error that says nothing about the job: again after the delay, uncounted.
    Released(Failure, Again),
}

/// What was extracted, as it is stored.
#[derive(Debug, Clone)]
pub struct KeptExtraction {
    /// Its name.
    pub id: String,
    /// The client's own words about it.
    pub metadata: Option<Value>,
    /// The values, and what is known about each.
    pub body: Body,
}

/// When a job is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// Not before this time has passed.
    pub after: Duration,
    /// The caller wants to publish the message itself, if the broker has room for it. Else the relay will.
    pub hurry: bool,
}

/// How ends leave jobs to the broker.
#[derive(Debug, Clone, Copy)]
pub struct FinishRules {
    /// Published and unclaimed messages of one organization in a lane, at most.
    pub window: i64,
    /// How long the relay leaves a row that is due to the worker that hurries it.
    pub hold: Duration,
}

/// The end of one attempt.
#[derive(Debug, Clone)]
pub struct Ended {
    /// By which right.
    pub lease: Lease,
    /// How.
    pub outcome: Outcome,
    /// The trace of the attempt.
    pub trace_id: Option<String>,
}

/// Where a finished job is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// The job.
    pub job: JobId,
    /// Its status: completed, failed, or queued for another attempt.
    pub status: Status,
    /// Its dispatch sequence.
    pub seq: i32,
    /// The caller holds the outbox row and is to publish it for when it is due.
    pub publish: bool,
}

impl Outcome {
    const fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Completed { .. } => None,
            Self::Failed(failure) | Self::Retried(failure, _) | Self::Released(failure, _) => Some(failure),
        }
    }

    /// The paths of all the objects that it names.
    #[must_use]
    pub fn objects(&self) -> Vec<String> {
        let bodies = self.body().into_iter().chain(self.extraction().map(|extraction| &extraction.body));
        bodies.flat_map(Body::objects).collect()
    }

    /// The word in SQL and in logs.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Completed { .. } => "completed",
            Self::Failed(_) => "failed",
            Self::Retried(..) => "retried",
            Self::Released(..) => "released",
        }
    }

    const fn again(&self) -> Option<Again> {
        match self {
            Self::Retried(_, again) | Self::Released(_, again) => Some(*again),
            _ => None,
        }
    }

    const fn extraction(&self) -> Option<&KeptExtraction> {
        match self {
            Self::Completed { extraction, .. } => extraction.as_ref(),
            _ => None,
        }
    }

    const fn body(&self) -> Option<&Body> {
        match self {
            Self::Completed { body, .. } => Some(body),
            _ => None,
        }
    }
}

impl Store {
    /// Records a batch of ends. Who is missing in the answer had lost its lease: its result is nowhere.
    ///
    /// # Errors
    /// [`StoreError`]. The same batch may be sent again: what was recorded the first time has no lease any more.
    pub async fn finish(&self, batch: &[Ended], rules: FinishRules) -> Result<Vec<Finished>, StoreError> {
        let ids: Vec<Uuid> = batch.iter().map(|end| end.lease.job.uuid()).collect();
        let tokens: Vec<i64> = batch.iter().map(|end| end.lease.token.value()).collect();
        let outcomes: Vec<&str> = batch.iter().map(|end| end.outcome.as_str()).collect();
        let failures: Vec<Option<&Failure>> = batch.iter().map(|end| end.outcome.failure()).collect();
        let codes: Vec<Option<&str>> = failures.iter().map(|failure| failure.map(|f| f.code.as_str())).collect();
        let messages: Vec<Option<String>> =
            failures.iter().map(|failure| failure.map(|f| storable(&f.message))).collect();
        let details: Vec<Option<String>> =
            failures.iter().map(|failure| failure.and_then(capped_explanation)).collect();
        let delays: Vec<i64> = batch.iter().map(|end| delay_ms(&end.outcome)).collect();
        let hurried: Vec<bool> = batch.iter().map(|end| end.outcome.again().is_some_and(|again| again.hurry)).collect();
        let bodies: Vec<Option<&Body>> = batch.iter().map(|end| end.outcome.body()).collect();
        let status_codes: Vec<Option<i32>> = batch.iter().map(|end| status_code(&end.outcome)).collect();
        let inline: Vec<Option<&[u8]>> = bodies.iter().map(|body| body.and_then(Body::inline)).collect();
        let objects: Vec<Option<&str>> = bodies.iter().map(|body| body.and_then(Body::object)).collect();
        let sizes: Vec<Option<i64>> = bodies.iter().map(|body| body.map(Body::bytes)).collect();
        let artifacts: Vec<Option<String>> =
            bodies.iter().map(|body| body.and_then(|body| artifact::to_json(body.artifacts()))).collect();
        let warnings: Vec<Option<String>> = batch.iter().map(|end| warnings(&end.outcome)).collect();
        let usages: Vec<Option<String>> = batch.iter().map(|end| usage(&end.outcome)).collect();
        let extractions = Extractions::of(batch);
        let traces: Vec<Option<&str>> = batch.iter().map(|end| end.trace_id.as_deref()).collect();
        let rows = self
            .query(
                FINISH,
                &[
                    &ids,
                    &tokens,
                    &outcomes,
                    &codes,
                    &messages,
                    &details,
                    &delays,
                    &status_codes,
                    &inline,
                    &objects,
                    &sizes,
                    &warnings,
                    &traces,
                    &artifacts,
                    &hurried,
                    &rules.window,
                    &rules.hold.as_secs_f64(),
                    &usages,
                    &extractions.names,
                    &extractions.about,
                    &extractions.inline,
                    &extractions.objects,
                    &extractions.sizes,
                ],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let status = row.get::<_, &str>("status");
                Ok(Finished {
                    job: JobId::from_uuid(row.get("id")),
                    status: status.parse().map_err(|_| StoreError::Unknown { what: "jobs.status" })?,
                    seq: row.get("dispatch_seq"),
                    publish: row.get("publish"),
                })
            })
            .collect()
    }
}

/// What a batch has extracted, column by column; null for ends without an extraction.
struct Extractions<'b> {
    names: Vec<Option<&'b str>>,
    about: Vec<Option<String>>,
    inline: Vec<Option<&'b [u8]>>,
    objects: Vec<Option<&'b str>>,
    sizes: Vec<Option<i64>>,
}

impl<'b> Extractions<'b> {
    fn of(batch: &'b [Ended]) -> Self {
        let kept: Vec<Option<&KeptExtraction>> = batch.iter().map(|end| end.outcome.extraction()).collect();
        let bodies: Vec<Option<&Body>> = kept.iter().map(|kept| kept.map(|kept| &kept.body)).collect();
        let about = |kept: &KeptExtraction| kept.metadata.as_ref().map(Value::to_string);
        Self {
            names: kept.iter().map(|kept| kept.map(|kept| &*kept.id)).collect(),
            about: kept.iter().map(|kept| kept.and_then(about)).collect(),
            inline: bodies.iter().map(|body| body.and_then(Body::inline)).collect(),
            objects: bodies.iter().map(|body| body.and_then(Body::object)).collect(),
            sizes: bodies.iter().map(|body| body.map(Body::bytes)).collect(),
        }
    }
}

fn delay_ms(outcome: &Outcome) -> i64 {
    outcome.again().map_or(0, |again| i64::try_from(again.after.as_millis()).unwrap_or(i64::MAX))
}

fn status_code(outcome: &Outcome) -> Option<i32> {
    match outcome {
        Outcome::Completed { status_code, .. } => Some(i32::from(*status_code)),
        _ => None,
    }
}

fn warnings(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Completed { warnings, .. } => warnings.as_ref().map(Value::to_string),
        _ => None,
    }
}

fn usage(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Completed { usage, .. } => usage.as_ref().map(Value::to_string),
        _ => None,
    }
}

/// What is kept of a message: no NUL, which PostgreSQL has no text for and which would fail the whole batch, and no more
/// than the cap.
fn storable(message: &str) -> String {
    let mut kept = message.replace('\0', "\u{fffd}");
    kept.truncate(kept.floor_char_boundary(MESSAGE_MAX_BYTES));
    kept
}

/// What is kept for programs. Details that are too large give way to their size; the causes stay.
fn capped_explanation(failure: &Failure) -> Option<String> {
    let explanation = failure.explanation()?.to_string();
    if explanation.len() <= DETAILS_MAX_BYTES {
        return Some(explanation);
    }
    let size = explanation.len();
    let omitted = format!("details of {size} bytes exceed the {DETAILS_MAX_BYTES} that are kept");
    Some(json!({ "omitted": omitted, "causes": failure.causes }).to_string())
}
