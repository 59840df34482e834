//! Consuming lanes, cancels and dead letters: subscriptions that come back by themselves, and an end in two steps for a drain.

mod cancels;
mod delivery;
mod lane;
mod pull;
mod quarantine;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use lapin::Channel;
use metrics::gauge;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use cancels::CancelConsumer;
pub use delivery::Delivery;
pub use lane::Manner;
use lane::{LaneConsumer, Liveness};

use super::backoff::Backoff;
use super::connection::{Link, Role};
use super::message::CancelMessage;
use super::publisher::Publisher;
use super::topology::{dead_queue, lane_queue};
use super::{BrokerConfig, BrokerError, topology};
use crate::domain::Lane;

/// How long [`ConsumerHandle::stop_consuming`] and [`ConsumerHandle::close`] wait for the task that owns the connection:
/// longer than its own limits for what it says to the broker.
const STEP_TIMEOUT: Duration = Duration::from_secs(5);

/// The consuming side of a process: one connection, one channel for each lane and one for cancels.
pub struct Consumers;

/// What comes in.
pub struct Incoming {
    /// The dispatches of each lane. A receiver ends when the process stops consuming.
    pub lanes: Vec<(Lane, mpsc::Receiver<Delivery>)>,
    /// The leases that were taken from this process. They come until the connection is closed: attempts run to the end of
    /// a drain.
    pub cancels: mpsc::Receiver<CancelMessage>,
}

/// Ends the consumers, and tells how they are. Dropping it closes them too.
pub struct ConsumerHandle {
    connected: watch::Receiver<bool>,
    stopped: watch::Receiver<bool>,
    stop: CancellationToken,
    close: CancellationToken,
    task: JoinHandle<()>,
}

impl Consumers {
    /// Starts consuming `lanes`. What is pushed should have as many slots as its prefetch, which is also what its receiver
    /// holds.
    ///
    /// `tag` must tell this process from all others: cancels are sent to it, and it shows in the management pages. `publisher` stores undecodable
    /// messages in quarantine. `shutdown` closes everything at once: to drain, call [`ConsumerHandle::stop_consuming`]
    /// and later [`ConsumerHandle::close`]. A receiver ends after either.
    #[must_use]
    pub fn start(
        config: BrokerConfig,
        lanes: Vec<(Lane, Manner)>,
        tag: &str,
        publisher: Publisher,
        shutdown: &CancellationToken,
    ) -> (Incoming, ConsumerHandle) {
        let (cancels, incoming) = mpsc::channel(cancels::CAPACITY.into());
        let cancels = CancelConsumer { worker: tag.to_owned(), cancels };
        let queues =
            lanes.into_iter().map(|(lane, manner)| (lane, lane_queue(lane), manner, format!("{tag}.{lane}"))).collect();
        let (lanes, handle) = consume(config, Role::Consumer, queues, Some(cancels), publisher, shutdown);
        (Incoming { lanes, cancels: incoming }, handle)
    }

    /// Starts consuming the dead letters of every lane, up to `prefetch` of each at once, on a connection of their own.
    #[must_use]
    pub fn of_dead_letters(
        config: BrokerConfig,
        prefetch: u16,
        tag: &str,
        publisher: Publisher,
        shutdown: &CancellationToken,
    ) -> (Vec<(Lane, mpsc::Receiver<Delivery>)>, ConsumerHandle) {
        let queue = |lane| (lane, dead_queue(lane), Manner::Pushed { prefetch }, format!("{tag}.dead.{lane}"));
        let queues = Lane::ALL.into_iter().map(queue).collect();
        consume(config, Role::Reconciler, queues, None, publisher, shutdown)
    }
}

/// Starts consuming these queues, each with its lane, its manner and its tag.
fn consume(
    config: BrokerConfig,
    role: Role,
    queues: Vec<(Lane, &'static str, Manner, String)>,
    cancels: Option<CancelConsumer>,
    publisher: Publisher,
    shutdown: &CancellationToken,
) -> (Vec<(Lane, mpsc::Receiver<Delivery>)>, ConsumerHandle) {
    let (connected_tx, connected) = watch::channel(false);
    let (stopped_tx, stopped) = watch::channel(false);
    let (stop, close) = (CancellationToken::new(), shutdown.child_token());
    let (poison, poisoned) = mpsc::channel(quarantine::CAPACITY);
    let liveness = Arc::new(Liveness::new(queues.len(), connected_tx));

    let mut receivers = Vec::with_capacity(queues.len());
    let mut consumers = Vec::with_capacity(queues.len());
    for (lane, queue, manner, tag) in queues {
        let ahead = match manner {
            Manner::Pushed { prefetch } => prefetch.max(1),
            Manner::Pulled { .. } => 1,
        };
        let (deliveries, receiver) = mpsc::channel(ahead.into());
        receivers.push((lane, receiver));
        let (poison, liveness, stop) = (poison.clone(), Arc::clone(&liveness), stop.clone());
        consumers.push(LaneConsumer { lane, queue, manner, tag, deliveries, poison, liveness, stop });
    }
    let pauses = Backoff::new(Duration::from_secs(1), Duration::from_secs(30));
    let quarantine = tokio::spawn(quarantine::run(poisoned, publisher, pauses));
    let supervisor =
        Supervisor { config, role, consumers, cancels, stop: stop.clone(), close: close.clone(), stopped: stopped_tx };
    let task = tokio::spawn(async move {
        supervisor.run().await;
        quarantine.abort();
    });
    (receivers, ConsumerHandle { connected, stopped, stop, close, task })
}

impl ConsumerHandle {
    /// Whether every lane has a live subscription, as it changes. While it is false, work may wait in the outbox that no
    /// message announces.
    #[must_use]
    pub fn connected(&self) -> watch::Receiver<bool> {
        self.connected.clone()
    }

    /// First step of a drain: ends the subscriptions, so that nothing new is delivered. The connection, its heartbeats
    /// and its channels stay, and what is held can still be acknowledged. What was delivered and not read goes back to its
    /// queue when the connection closes.
    pub async fn stop_consuming(&self) {
        self.stop.cancel();
        let mut stopped = self.stopped.clone();
        // An error means that the task is gone, and the subscriptions with it.
        let _ended = timeout(STEP_TIMEOUT, stopped.wait_for(|stopped| *stopped)).await;
    }

    /// Last step: closes the connection. The broker takes back what was not acknowledged.
    pub async fn close(mut self) {
        self.close.cancel();
        if timeout(STEP_TIMEOUT, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

impl Drop for ConsumerHandle {
    fn drop(&mut self) {
        self.close.cancel();
    }
}

struct Supervisor {
    config: BrokerConfig,
    role: Role,
    consumers: Vec<LaneConsumer>,
    cancels: Option<CancelConsumer>,
    stop: CancellationToken,
    close: CancellationToken,
    stopped: watch::Sender<bool>,
}

impl Supervisor {
    async fn run(mut self) {
        let mut backoff = Backoff::new(self.config.reconnect_min, self.config.reconnect_max);
        // Without a connection there is nothing that a stopped consumer could still acknowledge.
        while !self.stop.is_cancelled() && !self.close.is_cancelled() {
            let started = Instant::now();
            match self.serve().await {
                Ok(()) => return,
                Err(error) => error.report("no connection for consuming"),
            }
            if started.elapsed() > self.config.reconnect_max {
                backoff.reset();
            }
            tokio::select! {
                () = self.stop.cancelled() => {}
                () = self.close.cancelled() => {}
                () = sleep(backoff.next()) => {}
            }
        }
        self.stopped.send_replace(true);
    }

    /// One connection, from its start to its end; no error when we ended it.
    async fn serve(&mut self) -> Result<(), BrokerError> {
        let (stop, close) = (self.stop.clone(), self.close.clone());
        let mut link = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            () = close.cancelled() => return Ok(()),
            link = self.connect() => link?,
        };
        let connected = gauge!("quire_broker_connected", "role" => self.role.as_str());
        connected.set(1.0);
        let connection = Arc::clone(&link.connection);
        let cancels = self.cancels.clone();
        let config = self.config.clone();
        let ended = tokio::select! {
            ended = self.work(&connection, &mut link) => ended,
            () = listen(cancels.as_ref(), &connection, &config) => Ok(()),
        };
        connected.set(0.0);
        ended
    }

    /// Consumes the lanes until they are stopped, and waits for the end of the connection.
    async fn work(&mut self, connection: &lapin::Connection, link: &mut Link) -> Result<(), BrokerError> {
        let close = self.close.clone();
        // The channels live until the connection is closed: dropping one closes it, and gives back what is held on it.
        let mut held = Vec::new();
        let ended = tokio::select! {
            () = close.cancelled() => Ok(()),
            error = link.dead() => Err(error),
            channels = self.consume(connection) => {
                held = channels;
                Ok(())
            }
        };
        let ended = match ended {
            Ok(()) if !held.is_empty() => self.hold(link).await,
            ended => ended,
        };
        if ended.is_ok() {
            link.close().await;
        }
        drop(held);
        ended
    }

    async fn connect(&self) -> Result<Link, BrokerError> {
        let link = Link::open(&self.config, self.role).await?;
        topology::declare(&link.connection, self.config.queue_max_length).await?;
        Ok(link)
    }

    /// Consumes all lanes until they are stopped.
    async fn consume(&self, connection: &lapin::Connection) -> Vec<Option<Channel>> {
        join_all(self.consumers.iter().map(|consumer| consumer.consume(connection, &self.config))).await
    }

    /// Between the two steps of a drain: nothing comes in, acknowledgements go out.
    async fn hold(&mut self, link: &mut Link) -> Result<(), BrokerError> {
        // Dropping the senders ends the receivers once they are read.
        self.consumers.clear();
        self.stopped.send_replace(true);
        tokio::select! {
            () = self.close.cancelled() => Ok(()),
            error = link.dead() => Err(error),
        }
    }
}

/// Listens for cancels, if there is anybody to cancel anything.
async fn listen(cancels: Option<&CancelConsumer>, connection: &lapin::Connection, config: &BrokerConfig) {
    match cancels {
        Some(cancels) => cancels.listen(connection, config).await,
        None => std::future::pending().await,
    }
}
