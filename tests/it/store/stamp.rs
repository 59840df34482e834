use shared::domain::Status;

use crate::bed::Bed;

const STAMPED: &str = "select count(*) from outbox where published_at is not null and claimed_until is null";

#[tokio::test]
async fn a_confirmed_message_is_stamped_once() {
    let bed = Bed::new().await;
    let job = bed.queued().await;
    bed.store.stamp(&[(job, 1), (job, 1)]).await.unwrap();
    assert_eq!(bed.count(STAMPED).await, 1);
    let first: std::time::SystemTime = bed.sql.query_one("select published_at from outbox", &[]).await.unwrap().get(0);
    bed.store.stamp(&[(job, 1)]).await.unwrap();
    let second: std::time::SystemTime = bed.sql.query_one("select published_at from outbox", &[]).await.unwrap().get(0);
    assert_eq!(first, second);
    let claimed = bed.try_claim(job).await.unwrap();
    assert_eq!(claimed.published_at, Some(first));
}

#[tokio::test]
async fn the_stamp_of_a_claimed_or_older_message_changes_nothing() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    bed.store.stamp(&[(lease.job, 1)]).await.unwrap();
    assert_eq!(bed.status(lease.job).await, Status::InProgress);
    bed.store.release(&[lease]).await.unwrap();
    bed.store.stamp(&[(lease.job, 1)]).await.unwrap();
    assert_eq!(bed.count(STAMPED).await, 0, "a row of sequence 2 was stamped by a confirm of sequence 1");
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_row_that_somebody_holds_is_not_waited_for() {
    let bed = Bed::new().await;
    let (held, free) = (bed.queued().await, bed.queued().await);
    let mut claimer = bed.database.connect().await;
    let transaction = claimer.transaction().await.unwrap();
    transaction.execute("select from outbox where job_id = $1 for update", &[&held.uuid()]).await.unwrap();
    bed.store.stamp(&[(held, 1), (free, 1)]).await.unwrap();
    transaction.rollback().await.unwrap();
    assert_eq!(bed.count(STAMPED).await, 1);
}
