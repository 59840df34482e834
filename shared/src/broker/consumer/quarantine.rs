//! Puts messages that are no dispatches aside: first stored in quarantine, then acknowledged.

use metrics::counter;
use tokio::sync::mpsc;

use super::delivery::{Undecodable, acknowledge};
use crate::broker::backoff::Backoff;
use crate::broker::publisher::Publisher;
use crate::domain::Lane;

/// How many undecodable messages may wait here. One that finds no room stays unacknowledged and comes again with the next
/// channel.
pub(super) const CAPACITY: usize = 64;

pub(super) struct Poison {
    pub(super) lane: Lane,
    pub(super) queue: &'static str,
    pub(super) message: Box<Undecodable>,
}

/// Serves until the senders are gone. It publishes by the publisher's connection: one that only consumes is never blocked
/// by an alarm of the broker, and acknowledgements must not be.
pub(super) async fn run(mut poison: mpsc::Receiver<Poison>, publisher: Publisher, mut backoff: Backoff) {
    while let Some(poison) = poison.recv().await {
        let Poison { lane, queue, message } = &poison;
        tracing::error!(queue, error = %message.error, bytes = message.body.len(), "a message is no dispatch");
        counter!("quire_broker_undecodable_total", "lane" => lane.as_str(), "reason" => message.error.kind())
            .increment(1);
        put_aside(queue, message, &publisher, &mut backoff).await;
    }
}

/// Tries until the message is stored, or until its channel is closed: then the broker has it again.
async fn put_aside(queue: &str, message: &Undecodable, publisher: &Publisher, backoff: &mut Backoff) {
    backoff.reset();
    while message.acker.usable() {
        match publisher.quarantine(message.body.clone(), message.error.kind(), queue).await {
            Ok(()) => return acknowledge(&message.acker).await,
            Err(error) => {
                tracing::warn!(queue, %error, "cannot quarantine a message yet");
                tokio::time::sleep(backoff.next()).await;
            }
        }
    }
}
