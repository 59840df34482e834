//! The jobs whose requests or results a detached partition keeps in the object store.

use uuid::Uuid;

use super::removal::{Due, Removal};
use crate::domain::JobId;
use crate::store::StoreError;

impl Removal {
    /// Up to `limit` jobs with objects, in id order after `after`, whose data is over. One whose life goes on, because a
    /// client has retried it, is not among them: its objects are under the same prefix.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn owners(&self, due: &Due, after: Option<JobId>, limit: i64) -> Result<Vec<JobId>, StoreError> {
        let has_objects = match due.parent() {
            "job_payloads" => "(t.request_object is not null or t.artifacts is not null)",
            "job_results" => "(t.body_object is not null or t.artifacts is not null)",
            _ => "t.body_object is not null",
        };
        // The text cannot be a constant: a table that is no partition any more is reached by its own name only.
        let page = format!(
            "-- partitions.owners
            select t.id
            from {} t
            where t.expires_on = to_date($1, 'YYYYMMDD') and t.id > $2
              and {has_objects}
              and not exists (select from jobs j where j.id = t.id and j.id > $2 and j.expires_on > t.expires_on)
            order by t.id
            limit $3",
            due.name()
        );
        let after = after.map_or(Uuid::nil(), JobId::uuid);
        let rows = self.query("partitions.owners", &page, &[&due.span(), &after, &limit]).await?;
        Ok(rows.iter().map(|row| JobId::from_uuid(row.get("id"))).collect())
    }

    /// Forgets jobs whose objects are gone, so that a later round does not ask for them again.
    ///
    /// # Errors
    /// [`StoreError`]; may be repeated at will.
    pub async fn forget_owners(&self, due: &Due, jobs: &[JobId]) -> Result<(), StoreError> {
        let ids: Vec<Uuid> = jobs.iter().map(|job| job.uuid()).collect();
        let forget = format!(
            "-- partitions.forget_owners
            delete from {} where expires_on = to_date($1, 'YYYYMMDD') and id = any ($2::uuid[])",
            due.name()
        );
        self.query("partitions.forget_owners", &forget, &[&due.span(), &ids]).await.map(drop)
    }
}
