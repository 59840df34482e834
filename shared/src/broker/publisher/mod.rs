//! Publishing with confirms: many at a time, and never a success that the broker did not state.

mod outcome;
mod session;
mod supervisor;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use lapin::types::ShortString;
use lapin::{BasicProperties, Connection};
use metrics::{counter, histogram};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use super::message::{CancelMessage, DispatchMessage, quarantine_properties};
use super::topology::{self, CANCEL_EXCHANGE, JOBS_EXCHANGE, QUARANTINE_QUEUE};
use super::{BrokerConfig, BrokerError, Rung};

/// Why a publish did not succeed. Whatever it is, the outbox row stays unpublished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PublishError {
    /// There is no connection, or the broker blocks it: nothing was sent.
    #[error("the broker is not available")]
    Unavailable,
    /// Too many publishes wait already: nothing was sent.
    #[error("too many publishes wait for the broker")]
    Saturated,
    /// No queue is bound for the message: nothing is stored.
    #[error("no queue takes the message")]
    Unroutable,
    /// The broker refused the message, mostly because its queue is full: nothing is stored.
    #[error("the broker refused the message")]
    Rejected,
    /// No confirm in time, or the connection died before it came: the message may be stored or not.
    #[error("the broker did not confirm the message")]
    Unconfirmed,
}

impl PublishError {
    /// The error in one word, for metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Saturated => "saturated",
            Self::Unroutable => "unroutable",
            Self::Rejected => "rejected",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

type Reply = oneshot::Sender<Result<(), PublishError>>;

/// One message on its way to the session.
struct Outgoing {
    exchange: &'static str,
    routing_key: ShortString,
    /// A message that no queue takes is a failure.
    mandatory: bool,
    body: Vec<u8>,
    properties: BasicProperties,
    reply: Reply,
}

/// A cheap handle to the process's publishing connection.
#[derive(Clone)]
pub struct Publisher {
    shared: Arc<Shared>,
}

struct Shared {
    queue: mpsc::Sender<Outgoing>,
    available: watch::Receiver<bool>,
    /// The open connection, for questions that take a channel of their own.
    connection: watch::Receiver<Option<Arc<Connection>>>,
    confirm_timeout: Duration,
    answer_timeout: Duration,
}

impl Publisher {
    /// Starts the task that owns the connection. It ends when `shutdown` is cancelled, after it waited up to the confirm
    /// time-out for the confirms that are still to come; until then it reconnects for ever.
    #[must_use]
    pub fn start(config: BrokerConfig, shutdown: CancellationToken) -> (Self, JoinHandle<()>) {
        let (queue, outgoing) = mpsc::channel(config.publish_queue.max(1));
        let (availability, available) = watch::channel(false);
        let (connections, connection) = watch::channel(None);
        let shared = Shared {
            queue,
            available,
            connection,
            confirm_timeout: config.confirm_timeout,
            answer_timeout: config.connect_timeout,
        };
        let supervisor = supervisor::Supervisor { config, outgoing, availability, connections, shutdown };
        (Self { shared: Arc::new(shared) }, tokio::spawn(supervisor.run()))
    }

    /// Publishes a dispatch and waits for its confirm, at most the configured time-out.
    ///
    /// The message is queued by the call itself; the future only waits. A future that is dropped does not take back what
    /// was sent already.
    pub fn publish(
        &self,
        message: DispatchMessage,
        traceparent: Option<String>,
    ) -> impl Future<Output = Result<(), PublishError>> + Send + use<> {
        let properties = message.properties(traceparent.as_deref());
        self.submit(JOBS_EXCHANGE, message.lane.as_str(), true, message.encode(), properties)
    }

    /// Publishes a dispatch that is back in its lane after the rung's delay, and waits for its confirm.
    pub fn publish_later(
        &self,
        rung: Rung,
        message: DispatchMessage,
        traceparent: Option<String>,
    ) -> impl Future<Output = Result<(), PublishError>> + Send + use<> {
        let properties = message.properties(traceparent.as_deref());
        self.submit(rung.name(), message.lane.as_str(), true, message.encode(), properties)
    }

    /// Publishes many dispatches at once; the results are in the order of the messages. All share one time-out.
    pub async fn publish_batch(
        &self,
        messages: Vec<(DispatchMessage, Option<String>)>,
    ) -> Vec<Result<(), PublishError>> {
        let waiting: Vec<_> =
            messages.into_iter().map(|(message, traceparent)| self.publish(message, traceparent)).collect();
        futures_util::future::join_all(waiting).await
    }

    /// Puts bytes that are no dispatch aside, with the reason and the queue they came from, and waits for the confirm.
    pub fn quarantine(
        &self,
        body: Vec<u8>,
        reason: &str,
        source: &str,
    ) -> impl Future<Output = Result<(), PublishError>> + Send + use<> {
        self.submit("", QUARANTINE_QUEUE, true, body, quarantine_properties(reason, source))
    }

    /// Tells a worker that a lease of its is gone. Success says that the broker has taken the message, not that the worker
    /// is there.
    pub fn cancel(
        &self,
        worker: &str,
        message: CancelMessage,
    ) -> impl Future<Output = Result<(), PublishError>> + Send + use<> {
        self.submit(CANCEL_EXCHANGE, worker, false, message.encode(), CancelMessage::properties())
    }

    /// Whether a publish has a chance at this moment: connected, declared, not blocked by an alarm of the broker.
    #[must_use]
    pub fn is_available(&self) -> bool {
        *self.shared.available.borrow()
    }

    /// [`Publisher::is_available`] as it changes.
    #[must_use]
    pub fn available(&self) -> watch::Receiver<bool> {
        self.shared.available.clone()
    }

    /// How many messages wait in a queue of the topology, not counting those that consumers hold.
    ///
    /// # Errors
    /// [`BrokerError::Missing`] when the queue is gone and its messages with it; [`BrokerError::Disconnected`],
    /// [`BrokerError::Timeout`] and [`BrokerError::Amqp`] when nobody can say.
    pub async fn ready_count(&self, queue: &'static str) -> Result<u32, BrokerError> {
        let connection = self.shared.connection.borrow().clone().ok_or(BrokerError::Disconnected)?;
        timeout(self.shared.answer_timeout, topology::ready_count(&connection, queue))
            .await
            .map_err(|_| BrokerError::Timeout("counting the messages of a queue"))?
    }

    fn submit(
        &self,
        exchange: &'static str,
        routing_key: &str,
        mandatory: bool,
        body: Vec<u8>,
        properties: BasicProperties,
    ) -> impl Future<Output = Result<(), PublishError>> + Send + use<> {
        let submitted = Instant::now();
        let deadline = submitted + self.shared.confirm_timeout;
        let queued = self.enqueue(exchange, routing_key, mandatory, body, properties);
        async move {
            let result = match queued {
                Ok(answer) => match timeout_at(deadline, answer).await {
                    Ok(Ok(result)) => result,
                    // The session dropped the message without a word: it ended before it sent it.
                    Ok(Err(_)) => Err(PublishError::Unavailable),
                    Err(_) => Err(PublishError::Unconfirmed),
                },
                Err(error) => Err(error),
            };
            let label = result.map_or_else(PublishError::as_str, |()| "ok");
            counter!("quire_broker_publish_total", "result" => label).increment(1);
            if result.is_ok() {
                histogram!("quire_broker_confirm_seconds").record(submitted.elapsed());
            }
            result
        }
    }

    fn enqueue(
        &self,
        exchange: &'static str,
        routing_key: &str,
        mandatory: bool,
        body: Vec<u8>,
        properties: BasicProperties,
    ) -> Result<oneshot::Receiver<Result<(), PublishError>>, PublishError> {
        if !self.is_available() {
            return Err(PublishError::Unavailable);
        }
        // A key that AMQP has no room for is bound to no queue.
        let routing_key = ShortString::try_new(routing_key).map_err(|_| PublishError::Unroutable)?;
        let (reply, answer) = oneshot::channel();
        let outgoing = Outgoing { exchange, routing_key, mandatory, body, properties, reply };
        self.shared.queue.try_send(outgoing).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => PublishError::Saturated,
            mpsc::error::TrySendError::Closed(_) => PublishError::Unavailable,
        })?;
        Ok(answer)
    }
}
