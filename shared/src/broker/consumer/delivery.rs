//! A dispatch in the hands of this process.

use std::time::Duration;

use lapin::Acker;
use lapin::options::BasicAckOptions;
use metrics::counter;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::timeout;

use crate::broker::message::{self, DecodeError, DispatchMessage};

/// An acknowledgement waits only for the socket; one that is stuck for so long waits for a connection that is dead.
const ACK_TIMEOUT: Duration = Duration::from_secs(5);

/// A dispatch that the broker keeps for us until it is acknowledged, or until its channel closes and others get it.
///
/// There is no way to give one back by hand: every requeue counts against the delivery limit and is a hot loop when the
/// cause stays. A delivery that is dropped without [`Delivery::ack`] stays ours until the consumers are closed.
#[derive(Debug)]
pub struct Delivery {
    /// The dispatch.
    pub message: DispatchMessage,
    /// Whether the broker handed the message out before: its former holder may be dead, or only disconnected.
    pub redelivered: bool,
    /// How often the broker handed it out before; 0 when it does not say.
    pub delivery_count: u32,
    /// The sender's `traceparent` as it came, unchecked.
    pub traceparent: Option<String>,
    /// The slot that it was asked for with.
    pub slot: Option<OwnedSemaphorePermit>,
    acker: Acker,
}

/// A message that is no dispatch.
pub(super) struct Undecodable {
    pub(super) error: DecodeError,
    pub(super) body: Vec<u8>,
    pub(super) acker: Acker,
}

impl Delivery {
    pub(super) fn new(
        delivery: lapin::message::Delivery,
        slot: Option<OwnedSemaphorePermit>,
    ) -> Result<Self, Box<Undecodable>> {
        let lapin::message::Delivery { redelivered, properties, data, acker, .. } = delivery;
        match DispatchMessage::decode(&data) {
            Ok(message) => Ok(Self {
                message,
                redelivered,
                delivery_count: message::delivery_count(&properties),
                traceparent: message::traceparent(&properties),
                slot,
                acker,
            }),
            Err(error) => Err(Box::new(Undecodable { error, body: data, acker })),
        }
    }

    /// Whether the channel it came on is still open. If it is not, the broker delivers the message again, here or
    /// elsewhere, and starting work for this copy is in vain.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.acker.usable()
    }

    /// Tells the broker to forget the message. On a channel that has closed nothing is sent, which is no error: the
    /// message comes again, and the claim decides.
    pub async fn ack(self) {
        acknowledge(&self.acker).await;
    }
}

/// Acknowledges on the channel of the delivery, if that still exists: a tag means nothing on another.
pub(super) async fn acknowledge(acker: &Acker) {
    let result = match timeout(ACK_TIMEOUT, acker.ack(BasicAckOptions::default())).await {
        Ok(Ok(true)) => "ok",
        Ok(Ok(false)) => "closed",
        Ok(Err(error)) => {
            tracing::debug!(%error, "an acknowledgement was lost; the message will come again");
            "lost"
        }
        Err(_) => {
            tracing::debug!("an acknowledgement could not be written; the message may come again");
            "stuck"
        }
    };
    counter!("quire_broker_ack_total", "result" => result).increment(1);
}
