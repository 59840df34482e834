//! Consuming one queue: a channel, a subscription, and a new one whenever it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use lapin::options::{BasicCancelOptions, BasicConsumeOptions, BasicQosOptions};
use lapin::types::FieldTable;
use lapin::{Channel, Connection};
use metrics::counter;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::delivery::Delivery;
use super::quarantine::Poison;
use crate::broker::backoff::Backoff;
use crate::broker::topology;
use crate::broker::{BrokerConfig, BrokerError};
use crate::domain::Lane;

/// A subscription is three round trips.
const SUBSCRIBE_TIMEOUT: Duration = Duration::from_secs(10);
/// A polite end of a subscription that takes longer is given up; closing the connection ends it too.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(2);

/// Counts the lanes that have a live subscription, and tells whether all have.
pub(super) struct Liveness {
    live: AtomicUsize,
    lanes: usize,
    connected: watch::Sender<bool>,
}

/// One live subscription, as long as it exists.
pub(super) struct Live<'a>(&'a Liveness);

impl Liveness {
    pub(super) fn new(lanes: usize, connected: watch::Sender<bool>) -> Self {
        Self { live: AtomicUsize::new(0), lanes, connected }
    }

    pub(super) fn enter(&self) -> Live<'_> {
        self.live.fetch_add(1, Ordering::SeqCst);
        self.tell();
        Live(self)
    }

    fn tell(&self) {
        self.connected.send_if_modified(|connected| {
            let now = self.live.load(Ordering::SeqCst) == self.lanes;
            std::mem::replace(connected, now) != now
        });
    }
}

impl Drop for Live<'_> {
    fn drop(&mut self) {
        self.0.live.fetch_sub(1, Ordering::SeqCst);
        self.0.tell();
    }
}

/// One queue, from the broker to the channel that the worker reads.
pub(super) struct LaneConsumer {
    pub(super) lane: Lane,
    pub(super) queue: &'static str,
    pub(super) manner: Manner,
    pub(super) tag: String,
    pub(super) deliveries: mpsc::Sender<Delivery>,
    pub(super) poison: mpsc::Sender<Poison>,
    pub(super) liveness: Arc<Liveness>,
    pub(super) stop: CancellationToken,
}

/// How messages are had.
#[derive(Debug, Clone)]
pub enum Manner {
    /// The broker sends them, up to so many ahead of their acknowledgements.
    Pushed {
        /// How many; 0 is taken as 1.
        prefetch: u16,
    },
    /// Each is asked for when there is a slot for it, which it takes along. For messages that are acknowledged long before
    /// their slot is free again: the broker would send the next one at once, to wait here.
    Pulled {
        /// The slots.
        slots: Arc<Semaphore>,
        /// How long the queue is left alone when it had nothing.
        pause: Duration,
    },
}

/// Why a subscription ended.
pub(super) enum End {
    /// We ended it; nobody wants more deliveries.
    Stopped,
    /// It ended without being asked to.
    Broken(BrokerError),
}

impl LaneConsumer {
    /// Keeps the lane subscribed on `connection` until `stop` is cancelled, then returns the channel: deliveries that are
    /// still held are acknowledged on it, and dropping it would close it. Never returns while the connection is dead;
    /// whoever owns the connection drops this future then.
    pub(super) async fn consume(&self, connection: &Connection, config: &BrokerConfig) -> Option<Channel> {
        let mut backoff = Backoff::new(config.reconnect_min, config.reconnect_max);
        let mut channel: Option<Channel> = None;
        loop {
            let started = Instant::now();
            let error = match self.subscription(connection, &mut channel).await {
                Ok(End::Stopped) => return channel,
                Ok(End::Broken(error)) => error,
                Err(error) => {
                    // The broker may know the tag of a subscription that we gave up on, and a tag that is used twice on
                    // one channel ends the connection.
                    channel = None;
                    error
                }
            };
            tracing::warn!(queue = self.queue, %error, "a consumer ended; subscribing again");
            counter!("quire_broker_consumer_restarts_total", "queue" => self.queue).increment(1);
            if started.elapsed() > config.reconnect_max {
                backoff.reset();
            }
            let pause = async {
                sleep(backoff.next()).await;
                // The broker ends a subscription when its queue is deleted, so the queue may have to come back first.
                if let Err(error) = topology::declare(connection, config.queue_max_length).await {
                    tracing::warn!(queue = self.queue, %error, "cannot declare the topology");
                }
            };
            tokio::select! {
                () = self.stop.cancelled() => return channel,
                () = pause => {}
            }
        }
    }

    async fn subscription(&self, connection: &Connection, channel: &mut Option<Channel>) -> Result<End, BrokerError> {
        match &self.manner {
            Manner::Pushed { prefetch } => self.pushed(connection, channel, (*prefetch).max(1)).await,
            Manner::Pulled { slots, pause } => self.pulled(connection, channel, slots, *pause).await,
        }
    }

    /// One subscription, from its start to its end.
    async fn pushed(
        &self,
        connection: &Connection,
        channel: &mut Option<Channel>,
        prefetch: u16,
    ) -> Result<End, BrokerError> {
        let subscribing = timeout(SUBSCRIBE_TIMEOUT, self.subscribe(connection, channel, prefetch));
        let mut consumer = tokio::select! {
            () = self.stop.cancelled() => return Ok(End::Stopped),
            subscribed = subscribing => subscribed.map_err(|_| BrokerError::Timeout("subscribing to a queue"))??,
        };
        let live = self.liveness.enter();
        tracing::info!(queue = self.queue, prefetch, "consuming");
        let end = self.pump(&mut consumer).await;
        drop(live);
        if let (End::Stopped, Some(channel)) = (&end, channel) {
            let cancel = channel.basic_cancel(self.tag.as_str().into(), BasicCancelOptions::default());
            match timeout(CANCEL_TIMEOUT, cancel).await {
                Ok(Ok(())) => tracing::info!(queue = self.queue, "stopped consuming"),
                Ok(Err(error)) => tracing::debug!(queue = self.queue, %error, "the consumer had ended already"),
                Err(_) => tracing::warn!(queue = self.queue, "the broker did not answer the end of a consumer in time"),
            }
        }
        Ok(end)
    }

    /// Subscribes on the channel there is, if it is still open: deliveries that are held belong to it.
    async fn subscribe(
        &self,
        connection: &Connection,
        channel: &mut Option<Channel>,
        prefetch: u16,
    ) -> Result<lapin::Consumer, BrokerError> {
        let channel = match channel.take().filter(|channel| channel.status().connected()) {
            Some(open) => channel.insert(open),
            None => {
                let opened = connection.create_channel().await?;
                opened.basic_qos(prefetch, BasicQosOptions::default()).await?;
                channel.insert(opened)
            }
        };
        let (queue, tag) = (self.queue.into(), self.tag.as_str().into());
        Ok(channel.basic_consume(queue, tag, BasicConsumeOptions::default(), FieldTable::default()).await?)
    }

    /// Passes deliveries on. The receiver holds as many as the prefetch, so that this waits only when deliveries of a
    /// former channel are still unread.
    async fn pump(&self, consumer: &mut lapin::Consumer) -> End {
        loop {
            let next = tokio::select! {
                biased;
                () = self.stop.cancelled() => return End::Stopped,
                next = consumer.next() => next,
            };
            let delivery = match next {
                Some(Ok(delivery)) => delivery,
                Some(Err(error)) => return End::Broken(error.into()),
                // The broker cancelled the subscription; the channel stays open and says nothing.
                None => return End::Broken(BrokerError::Missing(self.queue)),
            };
            if !self.pass(delivery, None).await {
                return End::Stopped;
            }
        }
    }

    /// Passes one on, or puts it aside; `false` when nobody wants more.
    pub(super) async fn pass(&self, delivery: lapin::message::Delivery, slot: Option<OwnedSemaphorePermit>) -> bool {
        match Delivery::new(delivery, slot) {
            Ok(delivery) => tokio::select! {
                biased;
                () = self.stop.cancelled() => false,
                sent = self.deliveries.send(delivery) => sent.is_ok(),
            },
            Err(message) => {
                if self.poison.try_send(Poison { lane: self.lane, queue: self.queue, message }).is_err() {
                    tracing::error!(queue = self.queue, "too many undecodable messages; one stays in its queue");
                }
                true
            }
        }
    }
}
