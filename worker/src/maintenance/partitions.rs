//! Making partitions ahead of the time in which they are needed.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Beat, Left, RoundError};
use crate::context::Context;

/// The pause after a failure.
const SOON: Duration = Duration::from_secs(60);

pub(super) async fn keep(context: Context, shutdown: CancellationToken) {
    let mut beat = Beat::new("partitions", context.config.maintenance.partitions_interval, SOON, shutdown);
    while beat.run(round(&context)).await {}
}

async fn round(context: &Context) -> Result<Left, RoundError> {
    context.store.ensure_partitions(context.config.maintenance.retention_days).await?;
    Ok(Left::Nothing)
}
