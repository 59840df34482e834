//! A test bed for the store alone: a database, an organization, and jobs whose content does not matter.

use std::time::{Duration, SystemTime};

use shared::domain::{Failure, FailureCode, JobId, Lane, Lease, LeaseToken, OrganizationId, Status};
use shared::store::jobs::{
    AcceptOutcome, AcceptRules, Accepted, Again, Body, Claim, Claimed, Ended, FinishRules, Idempotency, NewJob,
    Outcome, Record, RetryRules,
};
use shared::store::outbox::Window;
use shared::store::workers::Presence;
use shared::store::{Store, all_statements};
use tests::control::Use;
use tests::database::Database;
use tests::{audit, eventually};
use tokio_postgres::Client;

pub(crate) const ROUTE: &str = "POST /v1/jobs";
pub(crate) const LANE: Lane = Lane::Batch;
pub(crate) const WORKER: &str = "worker-1";
pub(crate) const LEASE: Duration = Duration::from_secs(30);
const WINDOW: Window = window(200);
pub(crate) const DAY: Duration = Duration::from_secs(86_400);
const RETENTION: Duration = DAY.saturating_mul(7);
const HOLD: Duration = Duration::from_secs(2);
/// Time for another connection to reach a lock.
const BLOCKED_BOUND: Duration = Duration::from_secs(10);

pub(crate) struct Bed {
    pub(crate) store: Store,
    pub(crate) sql: Client,
    pub(crate) organization: OrganizationId,
    // Last: dropped when nobody uses it any more.
    pub(crate) database: Database,
}

/// What the tests look at in a row of `jobs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JobRow {
    pub(crate) status: Status,
    pub(crate) generation: i32,
    pub(crate) attempt_count: i32,
    pub(crate) attempt_base: i32,
    pub(crate) crash_count: i32,
    pub(crate) released_count: i32,
    pub(crate) seq: i32,
    pub(crate) last_failure_code: Option<String>,
    pub(crate) cancelled: bool,
    pub(crate) expires_at: SystemTime,
}

impl Bed {
    pub(crate) async fn new() -> Self {
        Self::with(Use::Shared).await
    }

    pub(crate) async fn with(how: Use) -> Self {
        let database = Database::create_for(how).await;
        let store = database.store();
        store.synchronize_clock().await.unwrap();
        let organization = store.ensure_organization("acme").await.unwrap();
        let bed = Self { sql: database.connect().await, store, organization, database };
        // So many that no window is narrower than its own bound, unless a test says otherwise.
        bed.fleet(10_000).await;
        bed
    }

    /// A fleet of one worker with so many slots in each lane.
    pub(crate) async fn fleet(&self, slots: i32) {
        let slots = Lane::ALL.map(|lane| (lane, slots));
        let presence = Presence {
            id: WORKER,
            version: "test",
            roles: &["execute"],
            slots: &slots,
            in_flight: 0,
            claimed_through: &[],
        };
        self.store.worker_seen(&presence).await.unwrap();
    }

    pub(crate) async fn organization(&self, name: &str) -> OrganizationId {
        self.store.ensure_organization(name).await.unwrap()
    }

    /// A job of the bed's organization that is due at once.
    pub(crate) fn job(&self) -> NewJob {
        self.job_of(self.organization)
    }

    pub(crate) fn job_of(&self, organization: OrganizationId) -> NewJob {
        NewJob {
            id: JobId::generate(self.store.clock().unix_millis()),
            organization,
            endpoint: "/v1/documents/parse".into(),
            lane: LANE,
            limited: false,
            max_attempts: 3,
            idempotency: None,
            request: Body::in_row(b"compressed".to_vec(), 10),
            metadata: None,
            record: Record::default(),
            extraction_id: None,
            traceparent: None,
            delay: Duration::ZERO,
            run_at: None,
        }
    }

    pub(crate) fn keyed(&self, key: &str, hash: u8) -> NewJob {
        NewJob { idempotency: Some(idempotency(key, hash)), ..self.job() }
    }

    pub(crate) async fn accept(&self, batch: &[NewJob]) -> Vec<Accepted> {
        self.store.accept(batch, rules()).await.unwrap()
    }

    /// One accepted job.
    pub(crate) async fn queued(&self) -> JobId {
        let job = self.job();
        let answer = self.accept(std::slice::from_ref(&job)).await;
        assert!(matches!(answer[0].outcome, AcceptOutcome::Accepted { .. }), "{answer:?}");
        job.id
    }

    pub(crate) async fn queued_many(&self, count: usize) -> Vec<JobId> {
        let batch: Vec<NewJob> = (0..count).map(|_| self.job()).collect();
        self.accept(&batch).await;
        batch.iter().map(|job| job.id).collect()
    }

    /// Claims a job at its current sequence; `None` when it cannot be had.
    pub(crate) async fn try_claim(&self, job: JobId) -> Option<Claimed> {
        let seq = self.row(job).await.seq;
        self.store.claim(&[claim_of(job, seq)], WORKER, LEASE).await.unwrap().pop()
    }

    /// One job in progress.
    pub(crate) async fn held(&self) -> Lease {
        let job = self.queued().await;
        self.claim(job).await
    }

    pub(crate) async fn claim(&self, job: JobId) -> Lease {
        self.try_claim(job).await.expect("a queued job can be claimed").lease
    }

    /// One job that has ended in this status.
    pub(crate) async fn ended(&self, status: Status) -> JobId {
        let lease = self.held().await;
        match status {
            Status::Completed => drop(self.store.finish(&[completed(lease)], finish_rules()).await.unwrap()),
            Status::Failed => drop(self.store.finish(&[failed(lease)], finish_rules()).await.unwrap()),
            Status::Cancelled => drop(self.store.cancel(self.organization, lease.job).await.unwrap()),
            _ => unreachable!("{status} is not a status that an attempt ends in"),
        }
        assert_eq!(self.status(lease.job).await, status);
        lease.job
    }

    pub(crate) async fn row(&self, job: JobId) -> JobRow {
        const READ: &str = "select status::text, generation, attempt_count, attempt_base, crash_count, released_count,
            dispatch_seq, last_failure_code, cancelled, expires_at from jobs where id = $1";
        let row = self.sql.query_one(READ, &[&job.uuid()]).await.unwrap();
        JobRow {
            status: row.get::<_, &str>(0).parse().unwrap(),
            generation: row.get(1),
            attempt_count: row.get(2),
            attempt_base: row.get(3),
            crash_count: row.get(4),
            released_count: row.get(5),
            seq: row.get(6),
            last_failure_code: row.get(7),
            cancelled: row.get(8),
            expires_at: row.get(9),
        }
    }

    pub(crate) async fn status(&self, job: JobId) -> Status {
        self.row(job).await.status
    }

    /// One number of the database's.
    pub(crate) async fn count(&self, query: &str) -> i64 {
        self.sql.query_one(query, &[]).await.unwrap().get(0)
    }

    /// Runs statements that no function of the store has.
    pub(crate) async fn run(&self, sql: &str) {
        self.sql.batch_execute(sql).await.unwrap();
    }

    /// Moves the end of a job's life into the past.
    pub(crate) async fn outlive(&self, job: JobId) {
        let id = job.uuid();
        self.run(&format!(
            "update jobs set expires_at = now() - interval '1 minute' where id = '{id}';
             update outbox set expires_at = now() - interval '1 minute' where job_id = '{id}'"
        ))
        .await;
    }

    /// Moves the end of a lease into the past.
    pub(crate) async fn lapse(&self, job: JobId) {
        let id = job.uuid();
        self.run(&format!("update running set lease_expires_at = now() - interval '1 minute' where job_id = '{id}'"))
            .await;
    }

    /// Waits until so many connections to this database wait for a lock.
    pub(crate) async fn blocked(&self, count: i64) {
        const WAITING: &str = "select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        eventually("a statement to wait for a lock", BLOCKED_BOUND, async || {
            (self.count(WAITING).await == count).then_some(())
        })
        .await;
    }

    pub(crate) async fn assert_sound(&self) {
        audit::assert_sound(&self.sql).await;
    }
}

/// A window of so many messages, in a fleet that is large enough.
pub(crate) const fn window(most: i64) -> Window {
    Window { most, per_slot: 1 }
}

pub(crate) fn rules() -> AcceptRules {
    AcceptRules { retention: RETENTION, window: WINDOW, hold: HOLD }
}

/// A client's retry whose data is kept for so long.
pub(crate) fn retry_rules(retention: Duration) -> RetryRules {
    let AcceptRules { window, hold, .. } = rules();
    // Every retry is one of its own, and waits for nobody, unless a test says otherwise.
    RetryRules { retention, stop_grace: Duration::ZERO, repeat: Duration::ZERO, window, hold }
}

pub(crate) fn idempotency(key: &str, hash: u8) -> Idempotency {
    Idempotency { route: ROUTE, key: key.to_owned(), request_hash: [hash; 32] }
}

pub(crate) fn claim_of(job: JobId, seq: i32) -> Claim {
    Claim { lease: Lease { job, token: LeaseToken::generate() }, seq }
}

pub(crate) fn completed(lease: Lease) -> Ended {
    let body = Body::in_row(b"result".to_vec(), 6);
    let outcome = Outcome::Completed { status_code: 200, body, warnings: None, usage: None, extraction: None };
    Ended { lease, outcome, trace_id: None }
}

pub(crate) fn failed(lease: Lease) -> Ended {
    Ended { lease, outcome: Outcome::Failed(Failure::new(FailureCode::DocumentInvalid, "bad")), trace_id: None }
}

pub(crate) fn retried(lease: Lease, delay: Duration) -> Ended {
    let failure = Failure::new(FailureCode::EngineCrashed, "again");
    Ended { lease, outcome: Outcome::Retried(failure, Again { after: delay, hurry: false }), trace_id: None }
}

/// Ends under the same rules as accepts.
pub(crate) fn finish_rules() -> FinishRules {
    let AcceptRules { window, hold, .. } = rules();
    FinishRules { window: window.most, hold }
}

/// The text of one of the store's statements, for schedules that no function of the store allows.
pub(crate) fn statement(name: &str) -> &'static str {
    all_statements().into_iter().find(|statement| statement.name == name).expect("the statement exists").sql
}
