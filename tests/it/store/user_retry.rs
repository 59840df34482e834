use std::time::Duration;

use shared::domain::Status;
use shared::store::jobs::{Include, RetryOutcome};

use crate::bed::{Bed, DAY, failed, statement};

const NO_GRACE: Duration = Duration::ZERO;

#[tokio::test]
async fn a_retry_is_a_new_generation_with_a_fresh_budget() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Failed).await;
    let before = bed.row(job).await;
    assert_eq!(bed.store.user_retry(bed.organization, job, 5 * DAY, NO_GRACE).await.unwrap(), RetryOutcome::Queued);
    let row = bed.row(job).await;
    assert_eq!((row.status, row.generation, row.attempt_count, row.attempt_base), (Status::Queued, 1, 1, 1));
    assert_eq!((row.crash_count, row.released_count, row.cancelled), (0, 0, false));
    assert_eq!(row.seq, before.seq + 1);
    // The request has moved to the day of the new expiry, and is still there.
    assert_ne!(row.expires_at, before.expires_at);
    let found = bed.store.find_job(bed.organization, job, Include { request: true, response: true }).await.unwrap();
    let found = found.unwrap();
    assert!(found.request.is_some() && found.error.is_none(), "{found:?}");
    let claimed = bed.try_claim(job).await.unwrap();
    assert_eq!((claimed.attempt, claimed.budget_used, claimed.generation), (2, 1, 1));
    bed.store.finish(&[failed(claimed.lease)]).await.unwrap();
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_retry_after_a_cancel_gives_the_handler_time_to_stop() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Cancelled).await;
    let grace = Duration::from_secs(10);
    assert_eq!(bed.store.user_retry(bed.organization, job, DAY, grace).await.unwrap(), RetryOutcome::Queued);
    assert!(bed.try_claim(job).await.is_none(), "claimed while the cancelled handler may still run");
    let waits =
        "select count(*) from outbox where not_before between now() + interval '5 s' and now() + interval '10 s'";
    assert_eq!(bed.count(waits).await, 1);
    // A job that no worker held when it was cancelled has nobody to wait for.
    let job = bed.queued().await;
    bed.store.cancel(bed.organization, job).await.unwrap();
    bed.store.user_retry(bed.organization, job, DAY, grace).await.unwrap();
    assert!(bed.try_claim(job).await.is_some());
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_whose_request_is_gone_cannot_be_retried() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Failed).await;
    bed.run("delete from job_payloads").await;
    let before = bed.row(job).await;
    assert_eq!(bed.store.user_retry(bed.organization, job, DAY, NO_GRACE).await.unwrap(), RetryOutcome::Purged);
    assert_eq!(bed.row(job).await, before);
}

#[tokio::test]
async fn only_what_failed_or_was_cancelled_or_expired_can_be_retried() {
    let bed = Bed::new().await;
    let retry = async |job| bed.store.user_retry(bed.organization, job, DAY, NO_GRACE).await.unwrap();
    let queued = bed.queued().await;
    assert_eq!(retry(queued).await, RetryOutcome::Settled(Status::Queued));
    let held = bed.held().await;
    assert_eq!(retry(held.job).await, RetryOutcome::Settled(Status::InProgress));
    assert_eq!(retry(bed.ended(Status::Completed).await).await, RetryOutcome::Settled(Status::Completed));
    bed.outlive(queued).await;
    bed.store.expire(10).await.unwrap();
    assert_eq!(retry(queued).await, RetryOutcome::Queued);
    // A completed job whose time is over reads as expired, and its request is still there.
    let completed = bed.ended(Status::Completed).await;
    bed.outlive(completed).await;
    assert_eq!(retry(completed).await, RetryOutcome::Queued);
    let other = bed.organization("other").await;
    let job = bed.ended(Status::Failed).await;
    let foreign = bed.store.user_retry(other, job, DAY, NO_GRACE).await.unwrap();
    assert_eq!(foreign, RetryOutcome::NotFound);
    bed.assert_sound().await;
}

/// Two clients ask at once: one of them queues the job, the other is told that it was overtaken.
#[tokio::test]
async fn of_two_retries_at_once_one_is_overtaken() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Failed).await;
    let mut first = bed.database.connect().await;
    let transaction = first.transaction().await.unwrap();
    let owner = bed.organization.uuid();
    transaction.query(statement("jobs.lock"), &[&job.uuid(), &owner]).await.unwrap();
    let (store, organization) = (bed.store.clone(), bed.organization);
    let second = tokio::spawn(async move { store.user_retry(organization, job, DAY, NO_GRACE).await });
    bed.blocked(1).await;
    let moved = transaction
        .query(statement("jobs.user_retry"), &[&job.uuid(), &owner, &DAY.as_secs_f64(), &0.0_f64])
        .await
        .unwrap();
    assert_eq!(moved.len(), 1);
    transaction.commit().await.unwrap();
    assert_eq!(second.await.unwrap().unwrap(), RetryOutcome::Overtaken(Status::Queued));
    assert_eq!(bed.row(job).await.generation, 1);
    bed.assert_sound().await;
}
