//! Asking for messages one by one, each for a slot that is free.

use std::sync::Arc;
use std::time::Duration;

use lapin::options::BasicGetOptions;
use lapin::{Channel, Connection};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::lane::{End, LaneConsumer};
use crate::broker::BrokerError;

/// A question is one round trip, and so is opening a channel.
const GET_TIMEOUT: Duration = Duration::from_secs(10);

impl LaneConsumer {
    /// Asks for messages on the channel there is, if it is still open, until it is not.
    pub(super) async fn pulled(
        &self,
        connection: &Connection,
        channel: &mut Option<Channel>,
        slots: &Arc<Semaphore>,
        pause: Duration,
    ) -> Result<End, BrokerError> {
        let channel = match channel.take().filter(|channel| channel.status().connected()) {
            Some(open) => channel.insert(open),
            None => {
                let opening = timeout(GET_TIMEOUT, connection.create_channel());
                channel.insert(opening.await.map_err(|_| BrokerError::Timeout("opening a channel"))??)
            }
        };
        let _live = self.liveness.enter();
        tracing::info!(queue = self.queue, "asking for work");
        let asking = self.ask(channel, slots, pause);
        match self.stop.run_until_cancelled(asking).await {
            // What was on its way then goes back with the channel.
            None => Ok(End::Stopped),
            Some(end) => end,
        }
    }

    async fn ask(&self, channel: &Channel, slots: &Arc<Semaphore>, pause: Duration) -> Result<End, BrokerError> {
        loop {
            // A semaphore that is closed has no slots any more.
            let Ok(slot) = Arc::clone(slots).acquire_owned().await else { return Ok(End::Stopped) };
            let asked = channel.basic_get(self.queue.into(), BasicGetOptions::default());
            match timeout(GET_TIMEOUT, asked).await.map_err(|_| BrokerError::Timeout("asking for a message"))?? {
                Some(message) => {
                    if !self.pass(message.delivery, Some(slot)).await {
                        return Ok(End::Stopped);
                    }
                }
                None => {
                    drop(slot);
                    tokio::time::sleep(pause.mul_f64(rand::random_range(0.8..1.2))).await;
                }
            }
        }
    }
}
