//! The life of one publishing connection: a confirm channel and the window of what it has not confirmed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::{Channel, Confirmation, Connection, Event};
use metrics::gauge;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::outcome::{Confirm, Correlator, Number};
use super::{Outgoing, PublishError, Reply};
use crate::broker::connection::{HEALTH_INTERVAL, Link, Role};
use crate::broker::{BrokerConfig, BrokerError, topology};

/// A confirm that is this many time-outs late tells of a dead channel: nobody waits for it any more, but it holds a
/// place in the window.
const STALL_FACTOR: u32 = 3;
/// A queue that went away is declared again at most this often, however many messages are returned.
const REDECLARE_INTERVAL: Duration = Duration::from_secs(1);

/// What the broker has not confirmed yet.
struct Unconfirmed {
    reply: Reply,
    sent: Instant,
}

pub(super) struct Session {
    link: Link,
    channel: Channel,
    window: usize,
    max_length: u32,
    stall: Duration,
    /// Publish and confirm of each message in one future, so that a confirm is never known here later than the confirms
    /// that came after it.
    in_flight: FuturesUnordered<BoxFuture<'static, (Number, lapin::Result<Confirmation>)>>,
    unconfirmed: BTreeMap<Number, Unconfirmed>,
    correlator: Correlator,
    last_number: Number,
    blocked: bool,
    unblocked_at: Instant,
    declared_at: Instant,
}

impl Session {
    /// Connects, declares the topology and opens the confirm channel.
    pub(super) async fn open(config: &BrokerConfig) -> Result<Self, BrokerError> {
        let link = Link::open(config, Role::Publisher).await?;
        topology::declare(&link.connection, config.queue_max_length).await?;
        let channel = link.connection.create_channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        let now = Instant::now();
        Ok(Self {
            link,
            channel,
            window: config.publish_window.max(1),
            max_length: config.queue_max_length,
            stall: config.confirm_timeout * STALL_FACTOR,
            in_flight: FuturesUnordered::new(),
            unconfirmed: BTreeMap::new(),
            correlator: Correlator::default(),
            last_number: 0,
            blocked: false,
            unblocked_at: now,
            declared_at: now,
        })
    }

    pub(super) fn connection(&self) -> Arc<Connection> {
        Arc::clone(&self.link.connection)
    }

    /// Publishes what comes until the connection fails or `shutdown` is cancelled, which is no error.
    pub(super) async fn run(
        &mut self,
        outgoing: &mut mpsc::Receiver<Outgoing>,
        availability: &watch::Sender<bool>,
        shutdown: &CancellationToken,
    ) -> Result<(), BrokerError> {
        let mut health = tokio::time::interval(HEALTH_INTERVAL);
        loop {
            tokio::select! {
                biased;
                () = shutdown.cancelled() => return Ok(()),
                event = self.link.event() => self.on_event(event, availability)?,
                _ = health.tick() => self.check()?,
                Some(first) = self.in_flight.next(), if !self.in_flight.is_empty() => self.settle(first)?,
                next = outgoing.recv(), if self.blocked || self.in_flight.len() < self.window => match next {
                    Some(next) => self.send(next),
                    None => return Ok(()),
                },
            }
        }
    }

    fn on_event(&mut self, event: Event, availability: &watch::Sender<bool>) -> Result<(), BrokerError> {
        match event {
            Event::ConnectionBlocked(reason) => {
                tracing::warn!(reason, "the broker blocks publishing");
                self.blocked = true;
                availability.send_replace(false);
                Ok(())
            }
            Event::ConnectionUnblocked => {
                tracing::info!("the broker takes publishes again");
                self.blocked = false;
                self.unblocked_at = Instant::now();
                availability.send_replace(true);
                Ok(())
            }
            // It may be about a channel of `ready_count`, which is no reason to give up this one.
            Event::Error(error) => self.check().map_err(|_| error.into()),
            _ => Ok(()),
        }
    }

    fn check(&self) -> Result<(), BrokerError> {
        if !self.link.is_open() || !self.channel.status().connected() {
            return Err(BrokerError::Disconnected);
        }
        let oldest = self.unconfirmed.first_key_value().map(|(_, oldest)| oldest.sent.max(self.unblocked_at));
        match oldest {
            // A blocked connection is not stalled: its heartbeats go on and it will be told when to continue.
            Some(since) if !self.blocked && since.elapsed() > self.stall => {
                Err(BrokerError::Timeout("confirming a publish"))
            }
            _ => Ok(()),
        }
    }

    fn send(&mut self, outgoing: Outgoing) {
        let Outgoing { exchange, routing_key, mandatory, body, properties, reply } = outgoing;
        if self.blocked {
            let _caller_gone = reply.send(Err(PublishError::Unavailable));
            return;
        }
        // Nobody waits for it any more: its outbox row is still there, and a copy less is a copy less.
        if reply.is_closed() {
            return;
        }
        self.last_number += 1;
        let number = self.last_number;
        let properties = properties.with_correlation_id(number.to_string().into());
        let channel = self.channel.clone();
        self.unconfirmed.insert(number, Unconfirmed { reply, sent: Instant::now() });
        self.in_flight.push(
            async move {
                let options = BasicPublishOptions { mandatory, ..BasicPublishOptions::default() };
                let sent = channel.basic_publish(exchange.into(), routing_key, options, &body, properties).await;
                let confirmed = match sent {
                    Ok(confirm) => confirm.await,
                    Err(error) => Err(error),
                };
                (number, confirmed)
            }
            .boxed(),
        );
        gauge!("quire_broker_publish_in_flight").set(self.unconfirmed.len() as f64);
    }

    /// Answers for `first` and for every other confirm that has arrived, which [`Correlator::settle`] asks for.
    fn settle(&mut self, first: (Number, lapin::Result<Confirmation>)) -> Result<(), BrokerError> {
        let mut confirms = Vec::new();
        let mut failure = None;
        let mut next = Some(first);
        while let Some((number, confirmed)) = next {
            match confirmed {
                Ok(confirmation) => confirms.push(Confirm::new(number, confirmation)),
                Err(error) => failure = Some(error),
            }
            next = self.in_flight.next().now_or_never().flatten();
        }
        for (number, result) in self.correlator.settle(confirms) {
            if result == Err(PublishError::Unroutable) {
                self.redeclare();
            }
            if let Some(Unconfirmed { reply, .. }) = self.unconfirmed.remove(&number) {
                let _caller_gone = reply.send(result);
            }
        }
        gauge!("quire_broker_publish_in_flight").set(self.unconfirmed.len() as f64);
        failure.map_or(Ok(()), |error| Err(error.into()))
    }

    /// A returned message means that somebody deleted its queue: brings it back beside the publishes that go on.
    fn redeclare(&mut self) {
        if self.declared_at.elapsed() < REDECLARE_INTERVAL {
            return;
        }
        self.declared_at = Instant::now();
        let (connection, max_length) = (self.connection(), self.max_length);
        tokio::spawn(async move {
            match topology::declare(&connection, max_length).await {
                Ok(()) => tracing::warn!("a message was unroutable: the topology is declared again"),
                Err(error) => tracing::error!(%error, "a message was unroutable and the topology cannot be declared"),
            }
        });
    }

    /// Waits for the confirms that are still to come, at most `limit`, and closes the connection.
    pub(super) async fn finish(mut self, limit: Duration) {
        let deadline = Instant::now() + limit;
        while let Ok(Some(next)) = tokio::time::timeout_at(deadline, self.in_flight.next()).await {
            if self.settle(next).is_err() {
                break;
            }
        }
        self.link.close().await;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for (_, Unconfirmed { reply, .. }) in std::mem::take(&mut self.unconfirmed) {
            let _caller_gone = reply.send(Err(PublishError::Unconfirmed));
        }
        gauge!("quire_broker_publish_in_flight").set(0.0);
    }
}
