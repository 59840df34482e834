//! The relay: sends what waits in the outbox to the broker, organizations in turn, and sends again what was lost.

mod resend;

use std::time::Duration;

use shared::broker::DispatchMessage;
use shared::domain::{JobId, Lane};
use shared::store::StoreError;
use tokio_util::sync::CancellationToken;

pub(crate) use resend::resend;

use crate::context::Context;

/// Pause after a round that sent something: long enough for claims to make room in the windows.
const BUSY_PAUSE: Duration = Duration::from_millis(20);
/// The shortest pause after a round that sent something, and after one that did not, however often somebody says that
/// there may be room for more.
const NUDGED_PAUSE: Duration = Duration::from_millis(5);
const NUDGED_IDLE_PAUSE: Duration = Duration::from_millis(25);
/// Pause after a failure.
const FAILURE_PAUSE: Duration = Duration::from_secs(1);

/// Relays a lane until told to stop: a lane that is busy has no others looked at. Any number of processes may do so at
/// once: rows are taken, not shared.
pub(crate) async fn relay(context: Context, lane: Lane, shutdown: CancellationToken) {
    let mut available = context.publisher.available();
    loop {
        // Without a broker there is nobody to send to, and taking rows would only keep them from others.
        tokio::select! {
            () = shutdown.cancelled() => return,
            open = available.wait_for(|available| *available) => if open.is_err() { return },
        }
        let (shortest, pause) = match send(&context, lane).await {
            Ok(0) => (NUDGED_IDLE_PAUSE, context.config.relay.interval.mul_f64(rand::random_range(0.8..1.2))),
            Ok(_) => (NUDGED_PAUSE, BUSY_PAUSE),
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the outbox could not be relayed");
                (FAILURE_PAUSE, FAILURE_PAUSE)
            }
        };
        let rest = async {
            tokio::time::sleep(shortest.min(pause)).await;
            // A nudge that came meanwhile is kept.
            tokio::time::timeout(pause.saturating_sub(shortest), context.flow.nudged(lane)).await.ok();
        };
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = rest => {}
        }
    }
}

/// Sends one batch and answers how many messages the broker has confirmed.
async fn send(context: &Context, lane: Lane) -> Result<usize, StoreError> {
    let rows = context.store.relay(lane, context.config.relay.rules, &context.flow.limits()).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let keys: Vec<(JobId, i32)> = rows.iter().map(|row| (row.job, row.seq)).collect();
    let messages = rows
        .into_iter()
        .map(|row| {
            (DispatchMessage { job: row.job, organization: row.organization, lane, seq: row.seq }, row.traceparent)
        })
        .collect();
    let results = context.publisher.publish_batch(messages).await;
    let confirmed: Vec<(JobId, i32)> =
        keys.into_iter().zip(&results).filter(|(_, result)| result.is_ok()).map(|(key, _)| key).collect();
    let failed = results.len() - confirmed.len();
    if failed > 0 {
        tracing::warn!(lane = %lane, failed, "messages were not confirmed and will be sent again");
    }
    metrics::counter!("quire_relayed_total", "lane" => lane.as_str()).increment(confirmed.len() as u64);
    if !confirmed.is_empty() {
        context.store.stamp(&confirmed).await?;
    }
    Ok(confirmed.len())
}
