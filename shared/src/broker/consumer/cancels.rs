//! Listening for cancels: a channel, a queue of this process's own, and both again whenever they end.

use std::time::Duration;

use futures_util::StreamExt as _;
use lapin::Connection;
use lapin::options::{BasicConsumeOptions, BasicQosOptions};
use lapin::types::FieldTable;
use metrics::counter;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

use super::delivery::acknowledge;
use crate::broker::backoff::Backoff;
use crate::broker::message::CancelMessage;
use crate::broker::{BrokerConfig, BrokerError, topology};

/// Cancels that were received and wait for the worker, at most. Beyond it they wait in their queue.
pub(super) const CAPACITY: u16 = 64;
/// A channel, its prefetch, a queue, a binding and a subscription are five round trips.
const LISTEN_TIMEOUT: Duration = Duration::from_secs(10);

/// The cancels of a process, from the broker to the channel that the worker reads.
#[derive(Clone)]
pub(super) struct CancelConsumer {
    /// The id under which they are sent.
    pub(super) worker: String,
    pub(super) cancels: mpsc::Sender<CancelMessage>,
}

impl CancelConsumer {
    /// Listens until nobody wants to hear any more, which is also the end of a worker. Never returns while the connection
    /// is dead; whoever owns the connection drops this future then. Work goes on without it: leases that are not renewed
    /// tell the same, a second later.
    pub(super) async fn listen(&self, connection: &Connection, config: &BrokerConfig) {
        let mut backoff = Backoff::new(config.reconnect_min, config.reconnect_max);
        while !self.cancels.is_closed() {
            let started = Instant::now();
            if let Err(error) = self.subscription(connection).await {
                tracing::warn!(%error, "cancels are not heard at the moment; listening again");
                counter!("quire_broker_consumer_restarts_total", "queue" => "cancel").increment(1);
            }
            if started.elapsed() > config.reconnect_max {
                backoff.reset();
            }
            sleep(backoff.next()).await;
        }
        // A worker that is ending still holds what it has to acknowledge on this connection.
        std::future::pending::<()>().await;
    }

    /// One subscription, from its start to its end. Cancels are acknowledged so that no more of them are here than the
    /// capacity: the rest waits in the queue, whose length is bounded.
    async fn subscription(&self, connection: &Connection) -> Result<(), BrokerError> {
        let listening = timeout(LISTEN_TIMEOUT, async {
            let channel = connection.create_channel().await?;
            channel.basic_qos(CAPACITY, BasicQosOptions::default()).await?;
            let queue = topology::declare_cancels(&channel, &self.worker).await?;
            let options = BasicConsumeOptions { exclusive: true, ..BasicConsumeOptions::default() };
            let consumer = channel.basic_consume(queue, "cancels".into(), options, FieldTable::default()).await?;
            // The channel lives as long as the subscription is read.
            Ok::<_, BrokerError>((channel, consumer))
        });
        let (_channel, mut consumer) = listening.await.map_err(|_| BrokerError::Timeout("listening for cancels"))??;
        tracing::info!("listening for cancels");
        while let Some(delivery) = consumer.next().await {
            let delivery = delivery?;
            match CancelMessage::decode(&delivery.data) {
                Ok(message) if self.cancels.send(message).await.is_err() => return Ok(()),
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(%error, "a message is no cancel");
                    counter!("quire_broker_undecodable_total", "lane" => "cancel", "reason" => error.kind())
                        .increment(1);
                }
            }
            acknowledge(&delivery.acker).await;
        }
        Err(BrokerError::Missing("cancel.<worker>"))
    }
}
