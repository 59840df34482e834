//! Stopping what a client has cancelled, as soon as the broker tells.

use shared::broker::CancelMessage;
use tokio::sync::mpsc;

use super::{Held, StopReason};

/// Stops attempts until the consumers are closed. A cancel that comes before its claim's answer, or after the attempt's
/// end, finds nothing to stop; the heartbeat finds the former.
pub(crate) async fn cancels(held: Held, mut messages: mpsc::Receiver<CancelMessage>) {
    while let Some(CancelMessage { lease }) = messages.recv().await {
        let result = if held.stop(&lease, StopReason::Cancelled) { "stopped" } else { "not_held" };
        metrics::counter!("quire_cancels_received_total", "result" => result).increment(1);
        tracing::debug!(job.id = %lease.job, result, "a cancel for {}", lease.job);
    }
}
