//! Retention: partitions whose time is over are detached, their jobs' objects deleted, and only then dropped. Whatever
//! cannot be done now (somebody reads, the object store is away) is found again in a later round.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use shared::domain::JobId;
use shared::store::partitions::{Detached, Due, Removal};
use tokio_util::sync::CancellationToken;

use super::{Beat, Left, RoundError, objects};
use crate::context::Context;

/// The pause after a round that had to leave a partition.
const SOON: Duration = Duration::from_secs(60);
/// Jobs whose objects are asked for at once.
const OWNERS: usize = 500;

pub(super) async fn remove(context: Context, shutdown: CancellationToken) {
    let mut beat = Beat::new("removal", context.config.maintenance.partitions_interval, SOON, shutdown);
    while beat.run(round(&context)).await {}
}

async fn round(context: &Context) -> Result<Left, RoundError> {
    let settings = &context.config.maintenance;
    // Another process may be at it: it will do all of it.
    let Some(removal) = context.store.begin_removal(settings.lock_timeout).await? else { return Ok(Left::Nothing) };
    let due = removal.due(settings.records_days).await?;
    let mut waiting = count(&due);
    // A table has one half-done detach at a time: behind one that waits, others of the same table would only fail.
    let mut blocked: HashSet<&str> = HashSet::new();
    let mut left = Left::Nothing;
    for partition in &due {
        let gone = !blocked.contains(partition.parent())
            && match take_away(context, &removal, partition).await {
                Ok(Detached::Done) => true,
                Ok(Detached::Held) => {
                    tracing::info!(partition = partition.name(), "a partition stays: a job in it is not over");
                    false
                }
                Ok(Detached::Blocked) => {
                    tracing::info!(partition = partition.name(), "a partition stays for now: a transaction reads it");
                    metrics::counter!("quire_partitions_blocked_total").increment(1);
                    blocked.insert(partition.parent());
                    left = Left::Some;
                    false
                }
                Err(error) if removal.is_lost() => return Err(error),
                Err(error) => {
                    // One that cannot be taken away must not keep the others.
                    let error = &error as &dyn std::error::Error;
                    tracing::warn!(error, partition = partition.name(), "a partition could not be taken away");
                    metrics::counter!("quire_maintenance_failures_total", "reconciler" => "removal").increment(1);
                    left = Left::Some;
                    false
                }
            };
        if gone && let Some(count) = waiting.get_mut(partition.parent()) {
            *count -= 1;
        }
    }
    for (table, count) in waiting {
        metrics::gauge!("quire_partitions_waiting", "table" => table.to_owned()).set(count);
    }
    removal.end().await;
    Ok(left)
}

/// How many partitions of each table are due; tables without are told too, because a gauge keeps its last value.
fn count(due: &[Due]) -> BTreeMap<&str, u32> {
    const TABLES: [&str; 8] = [
        "jobs",
        "job_records",
        "job_errors",
        "job_attempts",
        "job_events",
        "job_payloads",
        "job_results",
        "job_extractions",
    ];
    let mut waiting = BTreeMap::from(TABLES.map(|table| (table, 0)));
    for partition in due {
        *waiting.entry(partition.parent()).or_default() += 1;
    }
    waiting
}

async fn take_away(context: &Context, removal: &Removal, partition: &Due) -> Result<Detached, RoundError> {
    match removal.detach(partition).await? {
        Detached::Done => {}
        other => return Ok(other),
    }
    if partition.holds_data() {
        delete_objects(context, removal, partition).await?;
    }
    if !removal.drop_table(partition).await? {
        return Ok(Detached::Blocked);
    }
    tracing::info!(partition = partition.name(), "dropped {}", partition.name());
    metrics::counter!("quire_partitions_dropped_total", "table" => partition.parent().to_owned()).increment(1);
    Ok(Detached::Done)
}

/// Deletes the objects of the jobs whose data was in a partition that is detached: nobody can reach them any more, and a
/// job that is not retried before its partition is detached never will be.
async fn delete_objects(context: &Context, removal: &Removal, partition: &Due) -> Result<(), RoundError> {
    let mut after: Option<JobId> = None;
    loop {
        let owners = removal.owners(partition, after, OWNERS as i64).await?;
        let Some(last) = owners.last() else { return Ok(()) };
        objects::delete(context, &owners, "retention").await?;
        removal.forget_owners(partition, &owners).await?;
        after = Some(*last);
    }
}
