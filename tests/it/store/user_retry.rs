use std::time::Duration;

use shared::domain::{JobId, Status};
use shared::store::jobs::{Include, Requeued, RetryOutcome, RetryRules};

use crate::bed::{Bed, DAY, failed, finish_rules, retry_rules, statement, window};

/// What a retry is told that has put the job into the queue.
async fn retry(bed: &Bed, job: JobId, rules: RetryRules) -> Requeued {
    let outcome = bed.store.user_retry(bed.organization, job, rules).await.unwrap();
    let RetryOutcome::Queued(requeued) = outcome else { panic!("not queued: {outcome:?}") };
    *requeued
}

#[tokio::test]
async fn a_retry_is_a_new_generation_with_a_fresh_budget() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Failed).await;
    let before = bed.row(job).await;
    let requeued = retry(&bed, job, retry_rules(5 * DAY)).await;
    let row = bed.row(job).await;
    assert_eq!((row.status, row.generation, row.attempt_count, row.attempt_base), (Status::Queued, 1, 1, 1));
    assert_eq!((row.crash_count, row.released_count, row.cancelled), (0, 0, false));
    assert_eq!(row.seq, before.seq + 1);
    assert_eq!((requeued.seq, requeued.publish), (row.seq, true));
    assert_eq!((requeued.job.status, requeued.job.completed_at), (Status::Queued, None));
    // The request has moved to the day of the new expiry, and is still there.
    assert_ne!(row.expires_at, before.expires_at);
    let found = bed.store.find_job(bed.organization, job, Include { request: true, response: true }).await.unwrap();
    let found = found.unwrap();
    assert!(found.request.is_some() && found.error.is_none(), "{found:?}");
    assert_eq!(requeued.job, found);
    let claimed = bed.try_claim(job).await.unwrap();
    assert_eq!((claimed.attempt, claimed.budget_used, claimed.generation), (2, 1, 1));
    bed.store.finish(&[failed(claimed.lease)], finish_rules()).await.unwrap();
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_retry_after_a_cancel_gives_the_handler_time_to_stop() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Cancelled).await;
    let patient = RetryRules { stop_grace: Duration::from_secs(10), ..retry_rules(DAY) };
    assert!(!retry(&bed, job, patient).await.publish, "published before it may run");
    assert!(bed.try_claim(job).await.is_none(), "claimed while the cancelled handler may still run");
    let waits =
        "select count(*) from outbox where not_before between now() + interval '5 s' and now() + interval '10 s'";
    assert_eq!(bed.count(waits).await, 1);
    // A job that no worker held when it was cancelled has nobody to wait for.
    let job = bed.queued().await;
    bed.store.cancel(bed.organization, job).await.unwrap();
    assert!(retry(&bed, job, patient).await.publish);
    assert!(bed.try_claim(job).await.is_some());
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_retry_is_left_to_the_relay_when_the_organization_has_enough_with_the_broker() {
    let bed = Bed::new().await;
    let waiting = bed.queued().await;
    bed.store.stamp(&[(waiting, 1)]).await.unwrap();
    let job = bed.ended(Status::Failed).await;
    assert!(!retry(&bed, job, RetryRules { window: window(1), ..retry_rules(DAY) }).await.publish);
    let held = "select count(*) from outbox where claimed_until is not null and published_at is null";
    assert_eq!(bed.count(held).await, 0, "the row is kept from the relay");
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_retry_that_was_asked_for_a_moment_ago_is_not_done_twice() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Failed).await;
    let repeat = RetryRules { repeat: Duration::from_secs(60), ..retry_rules(DAY) };
    retry(&bed, job, repeat).await;
    let again = async || bed.store.user_retry(bed.organization, job, repeat).await.unwrap();
    assert_eq!(again().await, RetryOutcome::Repeated);
    let lease = bed.claim(job).await;
    assert_eq!(again().await, RetryOutcome::Repeated);
    assert_eq!(bed.row(job).await.generation, 1);
    // Some time later, or once it has ended, it is another question.
    bed.run("update jobs set retried_at = now() - interval '61 s'").await;
    assert_eq!(again().await, RetryOutcome::Settled(Status::InProgress));
    bed.store.finish(&[failed(lease)], finish_rules()).await.unwrap();
    bed.run("update jobs set retried_at = now()").await;
    retry(&bed, job, repeat).await;
    assert_eq!(bed.row(job).await.generation, 2);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_whose_request_is_gone_cannot_be_retried() {
    let bed = Bed::new().await;
    let job = bed.ended(Status::Failed).await;
    bed.run("delete from job_payloads").await;
    let before = bed.row(job).await;
    let outcome = bed.store.user_retry(bed.organization, job, retry_rules(DAY)).await.unwrap();
    assert_eq!(outcome, RetryOutcome::Purged);
    assert_eq!(bed.row(job).await, before);
}

#[tokio::test]
async fn only_what_failed_or_was_cancelled_or_expired_can_be_retried() {
    let bed = Bed::new().await;
    let refused = async |job| bed.store.user_retry(bed.organization, job, retry_rules(DAY)).await.unwrap();
    let queued = bed.queued().await;
    assert_eq!(refused(queued).await, RetryOutcome::Settled(Status::Queued));
    let held = bed.held().await;
    assert_eq!(refused(held.job).await, RetryOutcome::Settled(Status::InProgress));
    assert_eq!(refused(bed.ended(Status::Completed).await).await, RetryOutcome::Settled(Status::Completed));
    bed.outlive(queued).await;
    bed.store.expire(10).await.unwrap();
    retry(&bed, queued, retry_rules(DAY)).await;
    // A completed job whose time is over reads as expired, and its request is still there.
    let completed = bed.ended(Status::Completed).await;
    bed.outlive(completed).await;
    retry(&bed, completed, retry_rules(DAY)).await;
    let other = bed.organization("other").await;
    let job = bed.ended(Status::Failed).await;
    let foreign = bed.store.user_retry(other, job, retry_rules(DAY)).await.unwrap();
    assert_eq!(foreign, RetryOutcome::NotFound);
    bed.assert_sound().await;
}

/// Two clients ask at once: one of them queues the job, the other is told that it was overtaken, or, when it asks for
/// what was just done, that it is done.
#[tokio::test]
async fn of_two_retries_at_once_one_is_overtaken_or_repeated() {
    let bed = Bed::new().await;
    for (repeat, expected) in
        [(Duration::ZERO, RetryOutcome::Overtaken(Status::Queued)), (Duration::from_secs(60), RetryOutcome::Repeated)]
    {
        let job = bed.ended(Status::Failed).await;
        let mut first = bed.database.connect().await;
        let transaction = first.transaction().await.unwrap();
        let owner = bed.organization.uuid();
        transaction.query(statement("jobs.lock"), &[&job.uuid(), &owner]).await.unwrap();
        let (store, organization) = (bed.store.clone(), bed.organization);
        let rules = RetryRules { repeat, ..retry_rules(DAY) };
        let second = tokio::spawn(async move { store.user_retry(organization, job, rules).await });
        bed.blocked(1).await;
        let moved = transaction
            .query(
                statement("jobs.user_retry"),
                &[&job.uuid(), &owner, &DAY.as_secs_f64(), &0.0_f64, &200_i64, &2.0_f64, &1_i64],
            )
            .await
            .unwrap();
        assert_eq!(moved.len(), 1);
        transaction.commit().await.unwrap();
        assert_eq!(second.await.unwrap().unwrap(), expected);
        assert_eq!(bed.row(job).await.generation, 1);
    }
    bed.assert_sound().await;
}
