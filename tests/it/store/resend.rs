use std::time::{Duration, SystemTime};

use shared::domain::JobId;
use shared::store::outbox::ResendRules;
use shared::store::workers::Presence;

use crate::bed::{Bed, LANE, LEASE, WORKER, claim_of};

const RULES: ResendRules =
    ResendRules { overtaken_after: Duration::from_secs(60), settled_after: Duration::from_secs(10), limit: 200 };

/// A job whose message the broker confirmed so long ago.
async fn published(bed: &Bed, seconds_ago: u32) -> JobId {
    let job = bed.queued().await;
    bed.store.stamp(&[(job, 1)]).await.unwrap();
    bed.run(&format!(
        "update outbox set published_at = published_at - interval '{seconds_ago} s',
           not_before = not_before - interval '{seconds_ago} s' where job_id = '{}'",
        job.uuid()
    ))
    .await;
    job
}

/// Says that the fleet has claimed messages that were published so long ago.
async fn claimed_through(bed: &Bed, ago: Duration) {
    let through: SystemTime = bed.store.clock().now() - ago;
    let presence = Presence {
        id: WORKER,
        version: "test",
        roles: &["execute"],
        slots: &[(LANE, 1)],
        in_flight: 0,
        claimed_through: &[(LANE, through)],
    };
    bed.store.worker_seen(&presence).await.unwrap();
}

async fn unpublished(bed: &Bed) -> i64 {
    bed.count("select count(*) from outbox where published_at is null").await
}

#[tokio::test]
async fn nothing_is_sent_again_while_the_broker_has_a_backlog() {
    let bed = Bed::new().await;
    published(&bed, 3_600).await;
    assert_eq!(bed.store.resend(LANE, false, RULES).await.unwrap(), 0);
    assert_eq!(unpublished(&bed).await, 0);
}

#[tokio::test]
async fn in_an_empty_lane_an_old_message_is_lost_and_a_young_one_is_not() {
    let bed = Bed::new().await;
    published(&bed, 11).await;
    published(&bed, 3).await;
    assert_eq!(bed.store.resend(LANE, true, RULES).await.unwrap(), 1);
    assert_eq!(unpublished(&bed).await, 1);
}

#[tokio::test]
async fn a_message_that_much_younger_ones_have_overtaken_is_lost() {
    let bed = Bed::new().await;
    published(&bed, 100).await;
    published(&bed, 30).await;
    claimed_through(&bed, Duration::from_secs(20)).await;
    assert_eq!(bed.store.resend(LANE, false, RULES).await.unwrap(), 1);
    assert_eq!(unpublished(&bed).await, 1);
}

#[tokio::test]
async fn at_most_the_limit_is_sent_again_at_once() {
    let bed = Bed::new().await;
    for _ in 0..5 {
        published(&bed, 100).await;
    }
    assert_eq!(bed.store.resend(LANE, true, ResendRules { limit: 3, ..RULES }).await.unwrap(), 3);
    assert_eq!(bed.store.resend(LANE, true, ResendRules { limit: 3, ..RULES }).await.unwrap(), 2);
}

#[tokio::test]
async fn the_copy_that_was_thought_lost_stays_good() {
    let bed = Bed::new().await;
    let job = published(&bed, 100).await;
    bed.store.resend(LANE, true, RULES).await.unwrap();
    let late_copy = claim_of(job, 1);
    assert_eq!(bed.store.claim(&[late_copy], WORKER, LEASE).await.unwrap().len(), 1);
    bed.assert_sound().await;
}

/// Known bad: a sweeper that raises the sequence. Under a backlog every message that waits in the broker becomes stale
/// before its turn, is dropped, and is swept again: nothing is ever done.
#[tokio::test]
async fn known_bad_a_sweeper_that_raises_the_sequence_makes_the_waiting_copy_useless() {
    let bed = Bed::new().await;
    let job = published(&bed, 100).await;
    bed.run("update jobs set dispatch_seq = dispatch_seq + 1; update outbox set seq = seq + 1, published_at = null")
        .await;
    let waiting_copy = claim_of(job, 1);
    assert!(bed.store.claim(&[waiting_copy], WORKER, LEASE).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_message_that_waits_in_a_rung_for_its_job_to_be_due_is_not_lost_before() {
    let bed = Bed::new().await;
    let (waiting, overdue) = (published(&bed, 100).await, published(&bed, 100).await);
    let due = |job: JobId, when: &str| {
        format!("update outbox set not_before = now() {when} where job_id = '{}';", job.uuid())
    };
    bed.run(&(due(waiting, "+ interval '20 s'") + &due(overdue, "- interval '90 s'"))).await;
    claimed_through(&bed, Duration::ZERO).await;
    assert_eq!(bed.store.resend(LANE, false, RULES).await.unwrap(), 1);
    let query = "select published_at is not null from outbox where job_id = $1";
    assert!(bed.sql.query_one(query, &[&waiting.uuid()]).await.unwrap().get::<_, bool>(0));
    // The same by the other rule: the lane is empty.
    assert_eq!(bed.store.resend(LANE, true, RULES).await.unwrap(), 0);
    bed.run(&due(waiting, "- interval '11 s'")).await;
    assert_eq!(bed.store.resend(LANE, true, RULES).await.unwrap(), 1);
}
