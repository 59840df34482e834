use std::time::Duration;

use shared::domain::{JobId, Status};
use shared::store::Limits;
use shared::store::outbox::RelayRules;

use crate::bed::{Bed, LANE, window};

const BACKOFF: Duration = Duration::from_secs(30);
const RULES: RelayRules = RelayRules { window: window(200), batch: 10, hold: Duration::from_secs(2) };

/// A queued job whose message the broker has confirmed.
async fn published(bed: &Bed) -> JobId {
    let job = bed.queued().await;
    bed.store.stamp(&[(job, 1)]).await.unwrap();
    job
}

async fn relayed(bed: &Bed) -> Vec<JobId> {
    bed.store.relay(LANE, RULES, &Limits::default()).await.unwrap().into_iter().map(|row| row.job).collect()
}

#[tokio::test]
async fn a_job_that_waits_for_a_dead_letter_is_sent_again_when_it_was_left_alone_for_a_while() {
    let bed = Bed::new().await;
    let job = published(&bed).await;
    assert_eq!(bed.store.revive(&[(job, 1)], BACKOFF).await.unwrap(), [(job, 1)]);
    assert_eq!(relayed(&bed).await, []);
    bed.run("update outbox set claimed_until = claimed_until - interval '31 s'").await;
    assert_eq!(relayed(&bed).await, [job]);
    assert_eq!((bed.status(job).await, bed.row(job).await.seq), (Status::Queued, 1));
    bed.assert_sound().await;
}

#[tokio::test]
async fn the_dead_letter_of_another_sequence_or_of_a_running_job_changes_nothing() {
    let bed = Bed::new().await;
    let (queued, held) = (published(&bed).await, bed.held().await);
    assert_eq!(bed.store.revive(&[(queued, 0), (queued, 2), (held.job, 1)], BACKOFF).await.unwrap(), []);
    assert_eq!(bed.count("select count(*) from outbox where published_at is not null").await, 1);
    assert_eq!(bed.status(held.job).await, Status::InProgress);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_row_that_somebody_is_claiming_is_not_waited_for() {
    let bed = Bed::new().await;
    let (held, free) = (published(&bed).await, published(&bed).await);
    let mut claimer = bed.database.connect().await;
    let transaction = claimer.transaction().await.unwrap();
    transaction.execute("select from outbox where job_id = $1 for update", &[&held.uuid()]).await.unwrap();
    assert_eq!(bed.store.revive(&[(held, 1), (free, 1)], BACKOFF).await.unwrap(), [(free, 1)]);
    transaction.rollback().await.unwrap();
}
