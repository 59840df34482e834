//! Deleting all objects of jobs whose time is over.

use futures_util::{StreamExt as _, TryStreamExt as _};
use shared::blob::BlobError;
use shared::domain::JobId;
use shared::payload;

use crate::context::Context;

/// Deletes everything under the prefixes of these jobs, some at a time. `Err` with the first that failed: others may be
/// gone by then.
pub(super) async fn delete(context: &Context, jobs: &[JobId], by: &'static str) -> Result<usize, BlobError> {
    let prefixes: Vec<String> = jobs.iter().map(|job| payload::prefix(*job)).collect();
    let objects = futures_util::stream::iter(prefixes)
        .map(|prefix| async move { context.blob.remove_prefix(&prefix).await })
        .buffer_unordered(context.config.maintenance.deletes)
        .try_fold(0, async |total, removed| Ok(total + removed))
        .await?;
    metrics::counter!("quire_objects_deleted_total", "by" => by).increment(objects as u64);
    Ok(objects)
}
