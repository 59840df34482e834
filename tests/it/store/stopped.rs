use std::time::{Duration, SystemTime};

use shared::domain::Status;
use shared::store::jobs::{Claimed, NewJob, RetryOutcome, RetryRules, Stopped};

use crate::bed::{Bed, DAY, WORKER, completed, finish_rules, retry_rules, statement};

const PATIENT_SECONDS: u64 = 10;

fn patient() -> RetryRules {
    RetryRules { stop_grace: Duration::from_secs(PATIENT_SECONDS), ..retry_rules(DAY) }
}

/// An attempt whose job was cancelled while it ran.
async fn cancelled(bed: &Bed) -> Claimed {
    let job = bed.queued().await;
    let claimed = bed.try_claim(job).await.unwrap();
    bed.store.cancel(bed.organization, job).await.unwrap();
    claimed
}

async fn retry(bed: &Bed, claimed: &Claimed) -> bool {
    let outcome = bed.store.user_retry(bed.organization, claimed.lease.job, patient()).await.unwrap();
    let RetryOutcome::Queued(requeued) = outcome else { panic!("not queued: {outcome:?}") };
    requeued.publish
}

#[tokio::test]
async fn a_retry_after_the_handlers_end_runs_at_once() {
    let bed = Bed::new().await;
    let claimed = cancelled(&bed).await;
    assert_eq!(bed.store.stopped(&claimed, WORKER).await.unwrap(), Stopped::Noted);
    assert!(retry(&bed, &claimed).await, "it waits for a handler that has ended");
    assert!(bed.try_claim(claimed.lease.job).await.is_some());
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_retry_before_the_handlers_end_is_due_when_it_comes() {
    let bed = Bed::new().await;
    let claimed = cancelled(&bed).await;
    assert!(!retry(&bed, &claimed).await);
    assert!(bed.try_claim(claimed.lease.job).await.is_none());
    assert_eq!(bed.store.stopped(&claimed, WORKER).await.unwrap(), Stopped::Awaited);
    assert!(bed.try_claim(claimed.lease.job).await.is_some());
    bed.assert_sound().await;
}

/// The retry is under way when the worker gives its word: the word waits, and then sees the row that waits for it.
#[tokio::test]
async fn a_word_that_waited_for_a_retry_pulls_its_row_forward() {
    let bed = Bed::new().await;
    let claimed = cancelled(&bed).await;
    let (id, owner) = (claimed.lease.job.uuid(), bed.organization.uuid());
    let mut client = bed.database.connect().await;
    let transaction = client.transaction().await.unwrap();
    transaction.query(statement("jobs.lock"), &[&id, &owner]).await.unwrap();
    let (store, attempt) = (bed.store.clone(), claimed.clone());
    let word = tokio::spawn(async move { store.stopped(&attempt, WORKER).await });
    bed.blocked(1).await;
    #[expect(clippy::cast_precision_loss, reason = "a few seconds")]
    let grace = PATIENT_SECONDS as f64;
    transaction
        .query(statement("jobs.user_retry"), &[&id, &owner, &DAY.as_secs_f64(), &grace, &200_i64, &2.0_f64, &1_i64])
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(word.await.unwrap().unwrap(), Stopped::Awaited);
    assert!(bed.try_claim(claimed.lease.job).await.is_some());
    bed.assert_sound().await;
}

#[tokio::test]
async fn the_word_of_anybody_else_changes_nothing() {
    let bed = Bed::new().await;
    // Not cancelled: it ended by itself.
    let job = bed.queued().await;
    let ended = bed.try_claim(job).await.unwrap();
    bed.store.finish(&[completed(ended.lease)], finish_rules()).await.unwrap();
    assert_eq!(bed.store.stopped(&ended, WORKER).await.unwrap(), Stopped::NotCancelled);
    // Another worker than the one whose attempt it was.
    let claimed = cancelled(&bed).await;
    assert_eq!(bed.store.stopped(&claimed, "worker-2").await.unwrap(), Stopped::NotCancelled);
    // An attempt before the one that the row waits for.
    assert!(!retry(&bed, &claimed).await);
    bed.store.stopped(&claimed, WORKER).await.unwrap();
    let second = bed.try_claim(claimed.lease.job).await.unwrap();
    bed.store.cancel(bed.organization, second.lease.job).await.unwrap();
    assert!(!retry(&bed, &second).await);
    assert_eq!(bed.store.stopped(&claimed, WORKER).await.unwrap(), Stopped::NotCancelled, "a word counts once");
    assert!(bed.try_claim(second.lease.job).await.is_none(), "the word of an older attempt was enough");
    assert_eq!(bed.store.stopped(&second, WORKER).await.unwrap(), Stopped::Awaited);
    bed.assert_sound().await;
}

#[tokio::test]
async fn the_time_that_a_client_wants_holds_for_a_retry_too() {
    let bed = Bed::new().await;
    let hour = Duration::from_secs(3600);
    let job = NewJob { run_at: Some(bed.store.clock().now() + hour), ..bed.job() };
    bed.accept(std::slice::from_ref(&job)).await;
    assert!(bed.try_claim(job.id).await.is_none());
    // As if its time had come, and then been moved: the attempt runs, is cancelled and retried.
    bed.run("update outbox set not_before = now()").await;
    let claimed = bed.try_claim(job.id).await.unwrap();
    bed.store.cancel(bed.organization, job.id).await.unwrap();
    assert!(!retry(&bed, &claimed).await);
    bed.store.stopped(&claimed, WORKER).await.unwrap();
    let row = bed.sql.query_one("select not_before from outbox", &[]).await.unwrap();
    let wanted = job.run_at.unwrap();
    let due: SystemTime = row.get(0);
    let off = due.duration_since(wanted).unwrap_or_else(|earlier| earlier.duration());
    assert!(off < Duration::from_millis(1), "due {off:?} from the time that was asked for");
    assert_eq!(bed.status(job.id).await, Status::Queued);
    bed.assert_sound().await;
}
