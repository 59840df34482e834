//! Finding lost messages. A published row that is not claimed says nothing by itself: its message may be waiting its
//! turn. It counts as lost when the lane is empty, or when the fleet has claimed much younger messages.

use shared::broker::{BrokerError, topology};
use shared::domain::Lane;
use tokio_util::sync::CancellationToken;

use crate::context::Context;

/// Looks for lost messages until told to stop.
pub(crate) async fn resend(context: Context, shutdown: CancellationToken) {
    let settings = &context.config.relay;
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(settings.resend_interval.mul_f64(rand::random_range(0.8..1.2))) => {}
        }
        // Whatever is lost while the broker is away is found when it is back.
        if !context.publisher.is_available() {
            continue;
        }
        for lane in Lane::ALL {
            audit(&context, lane).await;
        }
    }
}

async fn audit(context: &Context, lane: Lane) {
    let settings = &context.config.relay;
    let empty = match context.publisher.ready_count(topology::lane_queue(lane)).await {
        Ok(ready) => {
            metrics::gauge!("quire_lane_ready_messages", "lane" => lane.as_str()).set(ready);
            ready <= settings.ready_max
        }
        // The queue is gone and its messages with it.
        Err(BrokerError::Missing(_)) => true,
        Err(error) => {
            tracing::debug!(error = &error as &dyn std::error::Error, lane = %lane, "a lane could not be counted");
            return;
        }
    };
    match context.store.resend(lane, empty, settings.resend).await {
        Ok(0) => {}
        Ok(lost) => {
            tracing::warn!(lane = %lane, lost, "{lost} lost messages of lane {lane} will be sent again");
            metrics::counter!("quire_resent_total", "lane" => lane.as_str()).increment(lost as u64);
        }
        Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "lost messages were not looked for"),
    }
}
