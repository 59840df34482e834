//! Puts messages that are no dispatches aside: first stored in quarantine, then acknowledged.

use metrics::counter;
use tokio::sync::mpsc;

use super::delivery::{Undecodable, acknowledge};
use crate::broker::backoff::Backoff;
use crate::broker::publisher::Publisher;
use crate::broker::topology::lane_queue;
use crate::domain::Lane;

/// How many undecodable messages may wait here. One that finds no room stays unacknowledged and comes again with the next
/// channel.
pub(super) const CAPACITY: usize = 64;

pub(super) struct Poison {
    pub(super) lane: Lane,
    pub(super) message: Box<Undecodable>,
}

/// Serves until the senders are gone. It publishes by the publisher's connection: one that only consumes is never blocked
/// by an alarm of the broker, and acknowledgements must not be.
pub(super) async fn run(mut poison: mpsc::Receiver<Poison>, publisher: Publisher, mut backoff: Backoff) {
    while let Some(Poison { lane, message }) = poison.recv().await {
        tracing::error!(%lane, error = %message.error, bytes = message.body.len(), "a message is no dispatch");
        counter!("quire_broker_undecodable_total", "lane" => lane.as_str(), "reason" => message.error.kind())
            .increment(1);
        put_aside(lane, &message, &publisher, &mut backoff).await;
    }
}

/// Tries until the message is stored, or until its channel is closed: then the broker has it again.
async fn put_aside(lane: Lane, message: &Undecodable, publisher: &Publisher, backoff: &mut Backoff) {
    backoff.reset();
    while message.acker.usable() {
        match publisher.quarantine(message.body.clone(), message.error.kind(), lane_queue(lane)).await {
            Ok(()) => return acknowledge(&message.acker).await,
            Err(error) => {
                tracing::warn!(%lane, %error, "cannot quarantine a message yet");
                tokio::time::sleep(backoff.next()).await;
            }
        }
    }
}
