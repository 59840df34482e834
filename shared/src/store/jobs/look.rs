//! Looking at jobs without touching them.

use std::collections::HashMap;
use std::time::SystemTime;

use uuid::Uuid;

use super::lock::Seen;
use crate::domain::{JobId, LeaseToken, OrganizationId, Status};
use crate::store::{Statement, Store, StoreError};

pub(super) const LOOK: Statement = Statement::new("jobs.look", include_str!("look.sql"));
pub(super) const STATUS: Statement = Statement::new(
    "jobs.status",
    "-- jobs.status
select
  job_status_shown(status, expires_at) as status,
  extract(epoch from now() - retried_at)::double precision as retried_ago
from jobs
where id = $1 and organization_id = $2",
);

/// A job as a worker sees it that was handed its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its status as stored.
    pub status: Status,
    /// The sequence that a message must name to be current.
    pub seq: i32,
    /// It is queued and may run now, or in a moment: no two clocks agree.
    pub due: bool,
    /// The lease in force and when it ends unless renewed.
    pub lease: Option<(LeaseToken, SystemTime)>,
}

impl Store {
    /// Reads jobs by id. A job that is missing in the answer does not exist any more.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn look(&self, jobs: &[JobId]) -> Result<HashMap<JobId, Look>, StoreError> {
        let ids: Vec<Uuid> = jobs.iter().map(|job| job.uuid()).collect();
        let rows = self.query(LOOK, &[&ids]).await?;
        rows.iter()
            .map(|row| {
                let token: Option<i64> = row.get("lease_token");
                let expires: Option<SystemTime> = row.get("lease_expires_at");
                let status = row.get::<_, &str>("status");
                let look = Look {
                    status: status.parse().map_err(|_| StoreError::Unknown { what: "jobs.status" })?,
                    seq: row.get("dispatch_seq"),
                    due: row.get("due"),
                    lease: token.zip(expires).map(|(token, at)| (LeaseToken::from_value(token), at)),
                };
                Ok((JobId::from_uuid(row.get("id")), look))
            })
            .collect()
    }

    /// An organization's job as its clients see it.
    pub(super) async fn seen(&self, organization: OrganizationId, job: JobId) -> Result<Option<Seen>, StoreError> {
        let rows = self.query(STATUS, &[&job.uuid(), &organization.uuid()]).await?;
        rows.first().map(Seen::of).transpose()
    }
}
