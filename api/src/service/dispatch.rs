//! The fast path: telling the broker of a job that was just stored, and a worker of one that was just cancelled.

use std::time::Duration;

use metrics::counter;
use shared::broker::{CancelMessage, DispatchMessage, PublishError, Publisher};
use shared::store::outbox::Stamper;
use tokio_util::task::TaskTracker;

/// What is known of a dispatch when the wait for it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dispatched {
    /// The broker has it.
    Confirmed,
    /// The broker has not confirmed it yet, or does not take it. The relay sees to it.
    Delayed,
}

/// Publishes and stamps.
#[derive(Clone)]
pub(crate) struct Dispatcher {
    publisher: Publisher,
    stamper: Stamper,
    confirm_wait: Duration,
    /// Publishes that nobody waits for any more.
    under_way: TaskTracker,
}

impl Dispatcher {
    pub(crate) fn new(publisher: Publisher, stamper: Stamper, confirm_wait: Duration) -> Self {
        Self { publisher, stamper, confirm_wait, under_way: TaskTracker::new() }
    }

    /// Publishes a message and waits for its confirm, but not for long: the publish goes on without us.
    pub(crate) async fn dispatch(&self, message: DispatchMessage, traceparent: Option<String>) -> Dispatched {
        let confirm = self.publisher.publish(message, traceparent);
        let stamper = self.stamper.clone();
        let publish = self.under_way.spawn(async move {
            let published = confirm.await;
            if published.is_ok() {
                stamper.stamp(message.job, message.seq);
            }
            published
        });
        let reason = match tokio::time::timeout(self.confirm_wait, publish).await {
            Ok(Ok(Ok(()))) => return Dispatched::Confirmed,
            Ok(Ok(Err(error))) => error.as_str(),
            Ok(Err(_)) => "panicked",
            Err(_) => "slow",
        };
        counter!("quire_dispatch_delayed_total", "reason" => reason).increment(1);
        Dispatched::Delayed
    }

    /// Tells a worker that a lease of its is gone. Nobody waits for it: a worker that does not hear it finds out by its
    /// heartbeat.
    pub(crate) fn cancel(&self, worker: &str, message: CancelMessage) {
        let sent = self.publisher.cancel(worker, message);
        self.under_way.spawn(async move {
            let result = sent.await.map_or_else(PublishError::as_str, |()| "ok");
            counter!("quire_cancels_sent_total", "result" => result).increment(1);
        });
    }

    /// Waits for the publishes that are still under way; each ends within the publisher's own time-out.
    pub(crate) async fn drain(&self) {
        self.under_way.close();
        self.under_way.wait().await;
    }
}
