//! Working without the broker: due work is read from the outbox and claimed as always, only slower.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Intake, Offer};

/// How often the outbox is read while the broker is away.
const PAUSE: Duration = Duration::from_millis(500);

/// Reads the outbox whenever the consumers have been without a connection for the configured time.
pub(crate) async fn direct(
    lanes: Vec<Intake>,
    mut connected: watch::Receiver<bool>,
    after: Duration,
    stop: CancellationToken,
) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            gone = connected.wait_for(|connected| !connected) => if gone.is_err() { return },
        }
        let away_since = Instant::now();
        let mut announced = false;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                back = connected.wait_for(|connected| *connected) => {
                    if back.is_err() { return }
                    break;
                }
                () = tokio::time::sleep(PAUSE.mul_f64(rand::random_range(0.8..1.2))) => {}
            }
            if away_since.elapsed() < after {
                continue;
            }
            if !announced {
                tracing::warn!("the broker is away: work is taken straight from the outbox");
                announced = true;
            }
            for lane in &lanes {
                lane.take_directly().await;
            }
        }
    }
}

impl Intake {
    async fn take_directly(&self) {
        let free = self.slots.available_permits();
        if free == 0 {
            return;
        }
        let wanted = i64::try_from(free).unwrap_or(i64::MAX);
        let due = match self.context.store.peek(self.lane, wanted, &self.context.flow.limits()).await {
            Ok(due) => due,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the outbox could not be read");
                return;
            }
        };
        let offers: Vec<Offer> = due
            .into_iter()
            .filter_map(|(job, _, seq)| {
                let slot = Arc::clone(&self.slots).try_acquire_owned().ok()?;
                Some(Offer { job, seq, delivery: None, slot })
            })
            .collect();
        if !offers.is_empty() {
            self.claim(offers).await;
        }
    }
}
