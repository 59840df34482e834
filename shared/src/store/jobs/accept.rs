//! Accepting jobs: many requests, one statement, one commit.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde_json::{Map, Value};
use tokio_postgres::Row;
use uuid::Uuid;

use super::artifact;
use crate::domain::{ExtractionId, JobId, Lane, OrganizationId};
use crate::store::outbox::Window;
use crate::store::{Statement, Store, StoreError};

pub(super) const ACCEPT: Statement = Statement::new("jobs.accept", include_str!("accept.sql"));

/// What lists filter on, taken from the request once.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Record {
    /// File names of the request's documents.
    pub file_names: Vec<String>,
    /// `request.project_id`.
    pub project_id: Option<String>,
    /// `metadata.workflow_id`.
    pub workflow_id: Option<String>,
    /// `metadata.workflow_node_id`, or one of its other names.
    pub workflow_node_id: Option<String>,
    /// `request.model`.
    pub model: Option<String>,
}

/// A job to be accepted. Its id is made beforehand, so that the call can be repeated after an ambiguous commit.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// The id that it will have.
    pub id: JobId,
    /// Its owner.
    pub organization: OrganizationId,
    /// The target endpoint's path.
    pub endpoint: Arc<str>,
    /// The lane it waits in.
    pub lane: Lane,
    /// Few jobs of its endpoint may run at the same time: the relay, which knows when there is room, publishes it.
    pub limited: bool,
    /// Attempts that failures may use up.
    pub max_attempts: u16,
    /// The client's idempotency key, if any.
    pub idempotency: Option<Idempotency>,
    /// The request.
    pub request: super::Body,
    /// The client's metadata, if any.
    pub metadata: Option<Map<String, Value>>,
    /// What lists filter on.
    pub record: Record,
    /// The name that the client has chosen for what is extracted.
    pub extraction_id: Option<String>,
    /// The trace that the job belongs to.
    pub traceparent: Option<String>,
    /// How long it stays in the outbox before it may run.
    pub delay: Duration,
    /// The earliest time that the client wants it to run at.
    pub run_at: Option<SystemTime>,
}

/// A client's idempotency key, and what it stands for.
#[derive(Debug, Clone)]
pub struct Idempotency {
    /// Method and path.
    pub route: &'static str,
    /// The header's value.
    pub key: String,
    /// SHA-256 of the request's body.
    pub request_hash: [u8; 32],
}

/// What became of one member of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The id that was submitted.
    pub submitted: JobId,
    /// The outcome.
    pub outcome: AcceptOutcome,
}

/// What became of one job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcceptOutcome {
    /// It is stored, now or by an earlier try of the same call.
    Accepted {
        /// Database time.
        created_at: SystemTime,
        /// When its data may go.
        expires_at: SystemTime,
        /// The caller holds the outbox row for a moment and is to publish it. Else the relay will.
        publish: bool,
    },
    /// The key was used before for the same request: this is the job.
    Replayed(JobId),
    /// The key was used before for another request.
    Mismatch(JobId),
    /// The name for the extraction is that of this job's.
    NameTaken(JobId),
    /// The key or the name is being used by a transaction that ended after this statement began: look again.
    Unseen,
}

/// How a batch is accepted.
#[derive(Debug, Clone, Copy)]
pub struct AcceptRules {
    /// Time until a job's data may go.
    pub retention: Duration,
    /// Published and unclaimed messages of one organization in a lane.
    pub window: Window,
    /// How long the relay leaves a row to the process that accepted it.
    pub hold: Duration,
}

impl Store {
    /// Stores a batch of jobs in one statement.
    ///
    /// # Errors
    /// [`StoreError`]. After an ambiguous one the same batch may be sent again.
    pub async fn accept(&self, batch: &[NewJob], rules: AcceptRules) -> Result<Vec<Accepted>, StoreError> {
        let ids: Vec<Uuid> = batch.iter().map(|job| job.id.uuid()).collect();
        let organizations: Vec<Uuid> = batch.iter().map(|job| job.organization.uuid()).collect();
        let endpoints: Vec<&str> = batch.iter().map(|job| &*job.endpoint).collect();
        let lanes: Vec<&str> = batch.iter().map(|job| job.lane.as_str()).collect();
        let max_attempts: Vec<i32> = batch.iter().map(|job| i32::from(job.max_attempts)).collect();
        let keys: Vec<Option<&Idempotency>> = batch.iter().map(|job| job.idempotency.as_ref()).collect();
        let routes: Vec<Option<&str>> = keys.iter().map(|key| key.map(|key| key.route)).collect();
        let key_texts: Vec<Option<&str>> = keys.iter().map(|key| key.map(|key| key.key.as_str())).collect();
        let hashes: Vec<Option<&[u8]>> = keys.iter().map(|key| key.map(|key| &key.request_hash[..])).collect();
        let inline: Vec<Option<&[u8]>> = batch.iter().map(|job| job.request.inline()).collect();
        let objects: Vec<Option<&str>> = batch.iter().map(|job| job.request.object()).collect();
        let sizes: Vec<i64> = batch.iter().map(|job| job.request.bytes()).collect();
        let artifacts: Vec<Option<String>> =
            batch.iter().map(|job| artifact::to_json(job.request.artifacts())).collect();
        let metadata: Vec<Option<String>> = batch.iter().map(|job| job.metadata.as_ref().map(json)).collect();
        let records: Vec<String> = batch.iter().map(|job| json(&job.record)).collect();
        let traces: Vec<Option<&str>> = batch.iter().map(|job| job.traceparent.as_deref()).collect();
        let delays: Vec<i64> =
            batch.iter().map(|job| i64::try_from(job.delay.as_millis()).unwrap_or(i64::MAX)).collect();
        let times: Vec<Option<SystemTime>> = batch.iter().map(|job| job.run_at).collect();
        let limited: Vec<bool> = batch.iter().map(|job| job.limited).collect();
        let names: Vec<Option<&str>> = batch.iter().map(|job| job.extraction_id.as_deref()).collect();
        let named = |name: &Option<&str>| name.and_then(ExtractionId::job_of).map(JobId::uuid);
        let extracting: Vec<Option<Uuid>> = names.iter().map(named).collect();
        let rows = self
            .query(
                ACCEPT,
                &[
                    &ids,
                    &organizations,
                    &endpoints,
                    &lanes,
                    &max_attempts,
                    &routes,
                    &key_texts,
                    &hashes,
                    &inline,
                    &objects,
                    &sizes,
                    &metadata,
                    &records,
                    &traces,
                    &delays,
                    &rules.retention.as_secs_f64(),
                    &rules.window.most,
                    &rules.hold.as_secs_f64(),
                    &times,
                    &artifacts,
                    &rules.window.per_slot,
                    &limited,
                    &names,
                    &extracting,
                ],
            )
            .await?;
        rows.iter().map(accepted).collect()
    }
}

/// The JSON text of a value whose maps have text keys, which cannot fail.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| unreachable!("maps here have text keys"))
}

fn accepted(row: &Row) -> Result<Accepted, StoreError> {
    let other = || JobId::from_uuid(row.get("job_id"));
    let outcome = match row.get("outcome") {
        "accepted" => AcceptOutcome::Accepted {
            created_at: row.get("created_at"),
            expires_at: row.get("expires_at"),
            publish: row.get("publish"),
        },
        "replayed" => AcceptOutcome::Replayed(other()),
        "mismatch" => AcceptOutcome::Mismatch(other()),
        "name_taken" => AcceptOutcome::NameTaken(other()),
        "unseen" => AcceptOutcome::Unseen,
        _ => return Err(StoreError::Unknown { what: "jobs.accept outcome" }),
    };
    Ok(Accepted { submitted: JobId::from_uuid(row.get("id")), outcome })
}
