//! The outbox: the set of queued jobs, and what the broker has been told of it.

mod census;
mod stamper;
mod unpublish;
mod window;

use std::time::Duration;

use uuid::Uuid;

pub use stamper::Stamper;
pub use window::Window;

use super::{Limits, Statement, Store, StoreError};
use crate::domain::{JobId, Lane, OrganizationId};

pub use census::{Census, CensusRules, Counted};

const RELAY: Statement = Statement::new("outbox.relay", include_str!("relay.sql"));
const STAMP: Statement = Statement::new("outbox.stamp", include_str!("stamp.sql"));
const RESEND: Statement = Statement::new("outbox.resend", include_str!("resend.sql"));
const REVIVE: Statement = Statement::new("outbox.revive", include_str!("revive.sql"));
const PEEK: Statement = Statement::new("outbox.peek", include_str!("peek.sql"));

pub(super) const STATEMENTS: &[Statement] = &[RELAY, STAMP, RESEND, REVIVE, PEEK, census::CENSUS, unpublish::UNPUBLISH];

/// A queued job that is to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// The job.
    pub job: JobId,
    /// Its owner.
    pub organization: OrganizationId,
    /// The sequence that the message is to name.
    pub seq: i32,
    /// The trace that the job belongs to.
    pub traceparent: Option<String>,
}

/// How the relay takes rows.
#[derive(Debug, Clone, Copy)]
pub struct RelayRules {
    /// Published and unclaimed messages of one organization in a lane.
    pub window: Window,
    /// Rows taken at once.
    pub batch: i64,
    /// How long the rows are kept from other relays.
    pub hold: Duration,
}

/// When a published message counts as lost.
#[derive(Debug, Clone, Copy)]
pub struct ResendRules {
    /// Messages published this much later have been claimed.
    pub overtaken_after: Duration,
    /// With the lane all but empty: this long after it was published.
    pub settled_after: Duration,
    /// Rows a call, at most.
    pub limit: i64,
}

impl Store {
    /// Takes due rows of a lane that have room, endpoints and organizations in turn.
    ///
    /// # Errors
    /// [`StoreError`]; rows of a lost answer come again once their hold is over.
    pub async fn relay(&self, lane: Lane, rules: RelayRules, limits: &Limits) -> Result<Vec<Dispatch>, StoreError> {
        let RelayRules { window: Window { most, per_slot }, batch, hold } = rules;
        let Limits { paths, totals, per_organization } = limits;
        let hold = hold.as_secs_f64();
        let rows = self
            .query(RELAY, &[&lane.as_str(), &most, &batch, &hold, &per_slot, paths, totals, per_organization])
            .await?;
        let dispatch = |row: &tokio_postgres::Row| Dispatch {
            job: JobId::from_uuid(row.get("job_id")),
            organization: OrganizationId::from_uuid(row.get("organization_id")),
            seq: row.get("seq"),
            traceparent: row.get("traceparent"),
        };
        Ok(rows.iter().map(dispatch).collect())
    }

    /// Notes that the broker confirmed these messages.
    ///
    /// # Errors
    /// [`StoreError`]; a lost stamp costs one message that changes nothing.
    pub async fn stamp(&self, confirmed: &[(JobId, i32)]) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = confirmed.iter().map(|(job, _)| job.uuid()).collect();
        let seqs: Vec<i32> = confirmed.iter().map(|(_, seq)| *seq).collect();
        self.query(STAMP, &[&ids, &seqs]).await.map(drop)
    }

    /// Makes lost messages of a lane publishable again. `empty` is the broker's word that hardly a message is ready.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn resend(&self, lane: Lane, empty: bool, rules: ResendRules) -> Result<usize, StoreError> {
        let overtaken = rules.overtaken_after.as_secs_f64();
        let settled = rules.settled_after.as_secs_f64();
        let rows = self.query(RESEND, &[&lane.as_str(), &empty, &overtaken, &settled, &rules.limit]).await?;
        Ok(rows.len())
    }

    /// Makes jobs publishable again whose messages the broker gave up, if they still wait for those very messages, and
    /// answers which do. The relay leaves them alone for `backoff`.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn revive(&self, dead: &[(JobId, i32)], backoff: Duration) -> Result<Vec<(JobId, i32)>, StoreError> {
        let (ids, seqs): (Vec<Uuid>, Vec<i32>) = dead.iter().map(|(job, seq)| (job.uuid(), *seq)).unzip();
        let rows = self.query(REVIVE, &[&ids, &seqs, &backoff.as_secs_f64()]).await?;
        Ok(rows.iter().map(|row| (JobId::from_uuid(row.get("job_id")), row.get("seq"))).collect())
    }

    /// Due work of a lane that has room, for claiming without the broker.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn peek(
        &self,
        lane: Lane,
        limit: i64,
        limits: &Limits,
    ) -> Result<Vec<(JobId, OrganizationId, i32)>, StoreError> {
        let Limits { paths, totals, per_organization } = limits;
        let rows = self.query(PEEK, &[&lane.as_str(), &limit, paths, totals, per_organization]).await?;
        let due = |row: &tokio_postgres::Row| {
            (JobId::from_uuid(row.get("job_id")), OrganizationId::from_uuid(row.get("organization_id")), row.get("seq"))
        };
        Ok(rows.iter().map(due).collect())
    }
}
