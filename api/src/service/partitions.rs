//! Partitions are made at start, by the worker's maintenance, and here: an api that runs for weeks beside workers without
//! that role must not run out of days.

use std::time::Duration;

use shared::store::Store;
use tokio_util::sync::CancellationToken;

use crate::cause::Causes;

/// The pause after a failure.
const RETRY: Duration = Duration::from_secs(60);

/// Makes partitions ahead of time until `stop`. The start of the process has made those of the first interval.
pub(crate) async fn keep(store: Store, retention_days: i32, interval: Duration, stop: CancellationToken) {
    let mut pause = interval;
    loop {
        // Replicas that were started together do not stay together.
        let jittered = pause.mul_f64(rand::random_range(0.8..1.2));
        if stop.run_until_cancelled(tokio::time::sleep(jittered)).await.is_none() {
            return;
        }
        pause = match store.ensure_partitions(retention_days).await {
            Ok(_) => interval,
            Err(error) => {
                tracing::warn!(error = %Causes(&error), "partitions could not be made");
                RETRY.min(interval)
            }
        };
    }
}
