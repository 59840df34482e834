//! Exchanges and queues: their names, their arguments and their declaration.
//!
//! ```text
//! jobs ──lane──► jobs.<lane> ──delivery limit──► jobs.dead ──lane──► jobs.dead.<lane>
//! jobs.retry.<delay> ──► jobs.retry.<delay> ──delay──► jobs
//! (default exchange) ──► jobs.quarantine
//! cancel ──worker──► cancel.<worker>.<nonce>, for as long as the worker is connected
//! ```

use std::time::Duration;

use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::protocol::AMQPSoftError;
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{Channel, Connection, ExchangeKind};

use super::Rung;
use super::error::{BrokerError, soft_error};
use crate::domain::Lane;

/// Direct exchange of dispatches; the routing key is the lane's name.
pub const JOBS_EXCHANGE: &str = "jobs";
/// Direct exchange of dispatches that a lane gave up on; the routing key is still the lane's name.
pub const DEAD_EXCHANGE: &str = "jobs.dead";
/// Queue of messages that are no dispatches, kept for a person to look at; reached by the default exchange.
pub const QUARANTINE_QUEUE: &str = "jobs.quarantine";
/// Direct exchange of cancels; the routing key is the id of the worker that holds the lease. Each worker binds a queue of
/// its own, and a cancel that nobody waits for is dropped.
pub const CANCEL_EXCHANGE: &str = "cancel";
/// Cancels that wait for a worker, at most; beyond it the oldest is dropped, and its worker finds out by its heartbeat.
pub const CANCEL_QUEUE_MAX_LENGTH: u32 = 1_000;
/// After how many returns to its queue a message is dead: the consumers that held it all died. From 4.0 the broker's
/// own default is 20; here nothing requeues on purpose, so that 50 is a loop of crashes, not a busy day.
pub const DELIVERY_LIMIT: u32 = 50;

/// A declaration is a few round trips; a quorum queue without a leader answers none of them.
const DECLARE_TIMEOUT: Duration = Duration::from_secs(10);

/// The queue of a lane.
#[must_use]
pub const fn lane_queue(lane: Lane) -> &'static str {
    match lane {
        Lane::Interactive => "jobs.interactive",
        Lane::Batch => "jobs.batch",
        Lane::Long => "jobs.long",
    }
}

/// The queue of a lane's dead letters.
#[must_use]
pub const fn dead_queue(lane: Lane) -> &'static str {
    match lane {
        Lane::Interactive => "jobs.dead.interactive",
        Lane::Batch => "jobs.dead.batch",
        Lane::Long => "jobs.dead.long",
    }
}

/// Declares everything that is not there yet, on a channel of its own: a refused declaration closes its channel.
///
/// Targets of dead letters come before the queues that point at them. At-least-once dead-lettering keeps what it cannot
/// deliver, but invisibly, and retries only every few minutes.
pub(super) async fn declare(connection: &Connection, max_length: u32) -> Result<(), BrokerError> {
    tokio::time::timeout(DECLARE_TIMEOUT, declare_all(connection, max_length))
        .await
        .map_err(|_| BrokerError::Timeout("declaring exchanges and queues"))?
}

async fn declare_all(connection: &Connection, max_length: u32) -> Result<(), BrokerError> {
    let channel = connection.create_channel().await?;
    exchange(&channel, DEAD_EXCHANGE, ExchangeKind::Direct).await?;
    exchange(&channel, JOBS_EXCHANGE, ExchangeKind::Direct).await?;
    exchange(&channel, CANCEL_EXCHANGE, ExchangeKind::Direct).await?;
    queue(&channel, QUARANTINE_QUEUE, quorum(max_length)).await?;
    for lane in Lane::ALL {
        queue(&channel, dead_queue(lane), quorum(max_length)).await?;
        bind(&channel, dead_queue(lane), DEAD_EXCHANGE, lane.as_str()).await?;
    }
    for lane in Lane::ALL {
        queue(&channel, lane_queue(lane), limited(dead_lettering(quorum(max_length), DEAD_EXCHANGE))).await?;
        bind(&channel, lane_queue(lane), JOBS_EXCHANGE, lane.as_str()).await?;
    }
    for rung in Rung::ALL {
        exchange(&channel, rung.name(), ExchangeKind::Fanout).await?;
        queue(&channel, rung.name(), delaying(quorum(max_length), rung)).await?;
        bind(&channel, rung.name(), rung.name(), "").await?;
    }
    Ok(channel.close(200, "declared".into()).await?)
}

/// A replicated queue that refuses what it cannot hold: a nack reaches the publisher, a dropped head reaches nobody.
fn quorum(max_length: u32) -> FieldTable {
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), text("quorum"));
    arguments.insert("x-overflow".into(), text("reject-publish"));
    arguments.insert("x-max-length".into(), AMQPValue::LongLongInt(max_length.into()));
    arguments
}

/// Declares the queue of a worker's cancels and binds it. It goes with its connection: what it held is of no use to
/// anybody later. A name that is used once cannot meet its predecessor on a connection that the broker still takes for
/// alive.
pub(super) async fn declare_cancels(channel: &Channel, worker: &str) -> Result<ShortString, BrokerError> {
    let name: ShortString = format!("cancel.{worker}.{:08x}", rand::random::<u32>()).into();
    // A virtual host may have another type as its default, and only a classic queue can be exclusive.
    let mut arguments = FieldTable::default();
    arguments.insert("x-queue-type".into(), text("classic"));
    arguments.insert("x-overflow".into(), text("drop-head"));
    arguments.insert("x-max-length".into(), AMQPValue::LongLongInt(CANCEL_QUEUE_MAX_LENGTH.into()));
    let options = QueueDeclareOptions { exclusive: true, auto_delete: true, ..QueueDeclareOptions::default() };
    channel.queue_declare(name.clone(), options, arguments).await?;
    let binding = QueueBindOptions::default();
    channel.queue_bind(name.clone(), CANCEL_EXCHANGE.into(), worker.into(), binding, FieldTable::default()).await?;
    Ok(name)
}

/// The default strategy, at-most-once, loses a dead letter whose target is full or down.
fn dead_lettering(mut arguments: FieldTable, exchange: &str) -> FieldTable {
    arguments.insert("x-dead-letter-exchange".into(), text(exchange));
    arguments.insert("x-dead-letter-strategy".into(), text("at-least-once"));
    arguments
}

fn limited(mut arguments: FieldTable) -> FieldTable {
    arguments.insert("x-delivery-limit".into(), AMQPValue::LongLongInt(DELIVERY_LIMIT.into()));
    arguments
}

/// Gives everything back after the rung's delay. The routing key stays the lane's: none is set for dead letters.
fn delaying(arguments: FieldTable, rung: Rung) -> FieldTable {
    let mut arguments = dead_lettering(arguments, JOBS_EXCHANGE);
    let delay = i64::try_from(rung.delay().as_millis()).unwrap_or(i64::MAX);
    arguments.insert("x-message-ttl".into(), AMQPValue::LongLongInt(delay));
    arguments
}

fn text(value: &str) -> AMQPValue {
    AMQPValue::LongString(value.into())
}

async fn exchange(channel: &Channel, name: &'static str, kind: ExchangeKind) -> Result<(), BrokerError> {
    let options = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
    channel
        .exchange_declare(name.into(), kind, options, FieldTable::default())
        .await
        .map_err(|error| explain(name, error))
}

async fn queue(channel: &Channel, name: &'static str, arguments: FieldTable) -> Result<(), BrokerError> {
    let options = QueueDeclareOptions { durable: true, ..QueueDeclareOptions::default() };
    channel.queue_declare(name.into(), options, arguments).await.map_err(|error| explain(name, error))?;
    Ok(())
}

async fn bind(channel: &Channel, queue: &str, exchange: &str, key: &str) -> Result<(), BrokerError> {
    Ok(channel
        .queue_bind(queue.into(), exchange.into(), key.into(), QueueBindOptions::default(), FieldTable::default())
        .await?)
}

fn explain(name: &str, error: lapin::Error) -> BrokerError {
    match soft_error(&error, &AMQPSoftError::PRECONDITIONFAILED) {
        Some(reply) => BrokerError::Mismatch { name: name.to_owned(), reply },
        None => error.into(),
    }
}

/// How many messages of a queue wait to be delivered, asked on a channel of its own.
pub(super) async fn ready_count(connection: &Connection, name: &'static str) -> Result<u32, BrokerError> {
    let channel = connection.create_channel().await?;
    let options = QueueDeclareOptions { passive: true, durable: true, ..QueueDeclareOptions::default() };
    let queue = channel.queue_declare(name.into(), options, FieldTable::default()).await.map_err(|error| {
        match soft_error(&error, &AMQPSoftError::NOTFOUND) {
            Some(_) => BrokerError::Missing(name),
            None => error.into(),
        }
    })?;
    channel.close(200, "counted".into()).await?;
    Ok(queue.message_count())
}
