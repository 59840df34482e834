//! The sweep: objects that belong to no job. A process that dies between keeping a request and storing its job leaves
//! such objects, and so does a restore of PostgreSQL. They are found by their job's id, which holds its time.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use shared::blob::BlobError;
use shared::domain::JobId;
use shared::payload;
use tokio_util::sync::CancellationToken;

use super::{Beat, Left, RoundError, objects};
use crate::context::Context;

/// A younger prefix may belong to a job that is being stored at this moment.
const ORPHAN_AGE: Duration = Duration::from_secs(3600);

pub(super) async fn sweep(context: Context, shutdown: CancellationToken) {
    let interval = context.config.maintenance.sweep_interval;
    let mut beat = Beat::new("sweep", interval, interval, shutdown);
    // Kept between rounds: each goes on where the last one stopped, and a listing costs what is read of it.
    let mut walk = None;
    while beat.run(round(&context, &mut walk)).await {}
}

async fn round(context: &Context, walk: &mut Option<Walk>) -> Result<Left, RoundError> {
    let old = next_owners(context, walk).await?;
    let orphans = context.store.missing_jobs(&old).await?;
    if !orphans.is_empty() {
        let objects = objects::delete(context, &orphans, "sweep").await?;
        tracing::info!(jobs = orphans.len(), objects, "deleted {objects} objects that belonged to no job");
    }
    Ok(Left::Nothing)
}

type Walk = BoxStream<'static, Result<String, BlobError>>;

/// The jobs that are named by the next objects and were made long enough ago. Objects under another name are nobody's we
/// know: they stay.
async fn next_owners(context: &Context, walk: &mut Option<Walk>) -> Result<Vec<JobId>, BlobError> {
    let before = context.store.clock().unix_millis().saturating_sub(ORPHAN_AGE.as_millis() as u64);
    let mut owners = BTreeSet::new();
    for _ in 0..context.config.maintenance.sweep_batch {
        match walk.get_or_insert_with(|| context.blob.walk(payload::ROOT)).next().await {
            Some(Ok(path)) => owners.extend(payload::owner(&path).filter(|job| job.unix_millis() < before)),
            Some(Err(error)) => {
                *walk = None;
                return Err(error);
            }
            None => {
                *walk = None;
                break;
            }
        }
    }
    Ok(owners.into_iter().collect())
}
