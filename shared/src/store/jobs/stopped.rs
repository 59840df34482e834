//! The worker's word that the handler of a cancelled attempt has ended.
//!
//! Lock, then act: a client's retry that commits while this waits for the row must find the word, or be found by it.

use tokio_postgres::types::ToSql;

use super::Claimed;
use super::lock::lock;
use crate::store::{Statement, Store, StoreError};

pub(super) const STOPPED: Statement = Statement::new("jobs.stopped", include_str!("stopped.sql"));

/// What the word that a handler has ended did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The attempt was not cancelled: somebody else has taken its lease, or it is gone.
    NotCancelled,
    /// Noted, for a retry to come.
    Noted,
    /// A retry waited for it and is due now.
    Awaited,
}

impl Store {
    /// Notes that the handler of an attempt has ended after its lease was taken away.
    ///
    /// # Errors
    /// [`StoreError`]; may be sent again. A word that is lost costs a retry its grace.
    pub async fn stopped(&self, claimed: &Claimed, worker: &str) -> Result<Stopped, StoreError> {
        let failed = |source| StoreError::from_postgres(STOPPED.name, source);
        let (job, organization) = (claimed.lease.job, claimed.organization);
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await.map_err(failed)?;
        lock(&transaction, organization, job).await?;
        let act = transaction.prepare_cached(STOPPED.sql).await.map_err(failed)?;
        let parameters: [&(dyn ToSql + Sync); 4] = [&job.uuid(), &organization.uuid(), &claimed.attempt, &worker];
        let row = transaction.query_opt(&act, &parameters).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(match row {
            None => Stopped::NotCancelled,
            Some(row) if row.get("pulled") => Stopped::Awaited,
            Some(_) => Stopped::Noted,
        })
    }
}
