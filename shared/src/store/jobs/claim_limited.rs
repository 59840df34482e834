//! Claiming jobs of which some may not run now, because enough of their endpoint are running.

use std::time::{Duration, Instant};

use deadpool_postgres::Object;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::claim::{Claim, Claimed, claimed};
use crate::domain::JobId;
use crate::store::{Limits, Statement, Store, StoreError};

pub(super) const CLAIM_LOCK: Statement = Statement::new("jobs.claim_lock", include_str!("claim_lock.sql"));
pub(super) const CLAIM_LIMITED: Statement = Statement::new("jobs.claim_limited", include_str!("claim_limited.sql"));

/// What a claim under limits has taken.
#[derive(Debug, Clone, Default)]
pub struct ClaimedWithin {
    /// Jobs that are now held.
    pub claimed: Vec<Claimed>,
    /// Jobs that have no room now: the relay sends them again when they have. Their messages have nothing left to say.
    pub deferred: Vec<JobId>,
}

impl Store {
    /// Claims what can be claimed of a batch without exceeding the limits of any endpoint, which is exact, or what an
    /// upstream in trouble can take: without limits that is one statement, and two at the same moment may overlook each
    /// other.
    ///
    /// # Errors
    /// [`StoreError`]; after an ambiguous one the leases, if any, run out by themselves.
    pub async fn claim_limited(
        &self,
        batch: &[Claim],
        worker: &str,
        lease: Duration,
        limits: &Limits,
    ) -> Result<ClaimedWithin, StoreError> {
        let ids: Vec<Uuid> = batch.iter().map(|claim| claim.lease.job.uuid()).collect();
        let seqs: Vec<i32> = batch.iter().map(|claim| claim.seq).collect();
        let tokens: Vec<i64> = batch.iter().map(|claim| claim.lease.token.value()).collect();
        let seconds = lease.as_secs_f64();
        let Limits { paths, totals, per_organization } = limits;
        let parameters: [&(dyn ToSql + Sync); 8] =
            [&ids, &seqs, &tokens, &worker, &seconds, paths, totals, per_organization];
        let rows = if limits.is_empty() {
            self.query(CLAIM_LIMITED, &parameters).await?
        } else {
            let mut connection = self.connection().await?;
            let began = Instant::now();
            let lock: [&(dyn ToSql + Sync); 2] = [&ids, paths];
            let answer =
                tokio::time::timeout(self.client_timeout(), lock_and_claim(&mut connection, &lock, &parameters)).await;
            metrics::histogram!("quire_store_statement_seconds", "statement" => CLAIM_LIMITED.name)
                .record(began.elapsed().as_secs_f64());
            let Ok(rows) = answer else {
                // As after a single statement: a silence beyond the server's own bound means a dead connection.
                drop(Object::take(connection));
                return Err(StoreError::Ambiguous { statement: CLAIM_LIMITED.name, source: None });
            };
            rows?
        };
        let mut within = ClaimedWithin::default();
        for row in rows {
            if row.get("deferred") {
                within.deferred.push(JobId::from_uuid(row.get("id")));
            } else {
                within.claimed.push(claimed(&row)?);
            }
        }
        Ok(within)
    }
}

async fn lock_and_claim(
    connection: &mut Object,
    lock: &[&(dyn ToSql + Sync)],
    claim: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, StoreError> {
    let failed = |source| StoreError::from_postgres(CLAIM_LIMITED.name, source);
    let transaction = connection.transaction().await.map_err(failed)?;
    let first = transaction.prepare_cached(CLAIM_LOCK.sql).await.map_err(failed)?;
    transaction.query(&first, lock).await.map_err(failed)?;
    let act = transaction.prepare_cached(CLAIM_LIMITED.sql).await.map_err(failed)?;
    let rows = transaction.query(&act, claim).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    Ok(rows)
}
