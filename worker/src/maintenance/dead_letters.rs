//! What becomes of messages that a lane gave up on. The broker has seen too many consumers go away with such a message in
//! hand; whether the job is to blame is not for the broker to say. A job that still waits for that very message is sent
//! again, later. Whatever is really wrong with it ends its attempts, and those are counted in PostgreSQL.

use std::collections::HashSet;
use std::time::Duration;

use shared::broker::{BrokerConfig, Consumers, Delivery};
use shared::domain::{JobId, Lane};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::context::Context;

/// Dead letters of a lane that are in hand at once.
const PREFETCH: u16 = 32;
/// Pause before PostgreSQL is asked again; doubles up to [`RETRY_MAX`].
const RETRY_MIN: Duration = Duration::from_millis(500);
const RETRY_MAX: Duration = Duration::from_secs(10);

/// Reads the dead letters of every lane until told to stop. What is in hand then goes back to its queue.
pub(super) async fn reconcile(context: Context, broker: BrokerConfig, shutdown: CancellationToken) {
    let (publisher, tag) = (context.publisher.clone(), &context.worker_id);
    let (lanes, consumers) = Consumers::of_dead_letters(broker, PREFETCH, tag, publisher, &CancellationToken::new());
    let tasks = TaskTracker::new();
    for (lane, letters) in lanes {
        tasks.spawn(read(context.clone(), lane, letters, shutdown.clone()));
    }
    tasks.close();
    tasks.wait().await;
    consumers.close().await;
}

async fn read(context: Context, lane: Lane, mut letters: mpsc::Receiver<Delivery>, shutdown: CancellationToken) {
    let mut handful = Vec::with_capacity(PREFETCH.into());
    loop {
        let received = shutdown.run_until_cancelled(letters.recv_many(&mut handful, PREFETCH.into())).await;
        if received.unwrap_or_default() == 0 {
            return;
        }
        // What came on a connection that has ended comes again.
        handful.retain(Delivery::is_live);
        let dead: Vec<(JobId, i32)> = handful.iter().map(|letter| (letter.message.job, letter.message.seq)).collect();
        let Some(revived) = shutdown.run_until_cancelled(revive(&context, lane, &dead)).await else { return };
        for letter in handful.drain(..) {
            let result = if revived.contains(&(letter.message.job, letter.message.seq)) { "revived" } else { "stale" };
            metrics::counter!("quire_dead_letters_total", "lane" => lane.as_str(), "result" => result).increment(1);
            letter.ack().await;
        }
    }
}

/// The jobs that will be sent again, once PostgreSQL has an answer.
async fn revive(context: &Context, lane: Lane, dead: &[(JobId, i32)]) -> HashSet<(JobId, i32)> {
    let mut pause = RETRY_MIN;
    loop {
        match context.store.revive(dead, context.config.maintenance.dead_letter_backoff).await {
            Ok(revived) => {
                tracing::warn!(%lane, dead = dead.len(), revived = revived.len(), "messages were given up by their lane");
                return revived.into_iter().collect();
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::warn!(error, %lane, dead = dead.len(), "dead letters wait for PostgreSQL");
            }
        }
        tokio::time::sleep(pause.mul_f64(rand::random_range(0.5..1.0))).await;
        pause = (pause * 2).min(RETRY_MAX);
    }
}
