use shared::domain::JobId;
use shared::store::jobs::{Include, NewJob, RetryOutcome};
use shared::store::partitions::Detached;

use super::removal::{RECORDS_DAYS, begin, remove};
use crate::bed::{Bed, DAY, failed, finish_rules, retry_rules};
use crate::calendar::{id_made, month, outlive, tables};

/// The five tables of a month, in the order in which they go.
const PARENTS: [&str; 5] = ["jobs", "job_attempts", "job_errors", "job_events", "job_records"];

fn all(digits: &str, detached: Detached) -> Vec<(String, Detached)> {
    PARENTS.map(|parent| (format!("{parent}_{digits}"), detached)).to_vec()
}

/// A failed job that was made so long ago, and the digits of its month.
async fn failed_long_ago(bed: &Bed, days_ago: u64) -> (JobId, String) {
    let id = id_made(&bed.store, days_ago);
    let digits = month(&bed.sql, id).await;
    bed.accept(&[NewJob { id, ..bed.job() }]).await;
    let lease = bed.claim(id).await;
    bed.store.finish(&[failed(lease)], finish_rules()).await.unwrap();
    (id, digits)
}

async fn is_found(bed: &Bed, job: JobId) -> bool {
    bed.store.find_job(bed.organization, job, Include::default()).await.unwrap().is_some()
}

#[tokio::test]
async fn records_go_when_their_time_is_over_and_then_there_is_no_such_job() {
    let bed = Bed::new().await;
    // 130 days ago is always in a month that ended more than 90 days ago, 80 days ago never is.
    let (old, old_month) = failed_long_ago(&bed, 130).await;
    let (young, young_month) = failed_long_ago(&bed, 80).await;
    outlive(&bed.sql, old, 120).await;
    outlive(&bed.sql, young, 70).await;
    let done = remove(&bed.store).await;
    assert_eq!(done.len(), 6 + 5, "two days and a month: {done:?}");
    assert_eq!(done[6..], all(&old_month, Detached::Done));
    assert_eq!(tables(&bed.sql, &old_month).await, Vec::<String>::new());
    assert_eq!(tables(&bed.sql, &young_month).await.len(), 5);
    assert!(!is_found(&bed, old).await);
    assert!(is_found(&bed, young).await);
    assert_eq!(bed.store.missing_jobs(&[young, old]).await.unwrap(), [old]);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_month_stays_while_a_job_of_it_is_open_or_may_be_opened_again() {
    let bed = Bed::new().await;
    let (job, digits) = failed_long_ago(&bed, 130).await;
    // Its request is still stored: a client's retry may come at any moment.
    assert_eq!(remove(&bed.store).await, all(&digits, Detached::Held));
    let retry = bed.store.user_retry(bed.organization, job, retry_rules(DAY)).await.unwrap();
    assert!(matches!(retry, RetryOutcome::Queued(_)), "{retry:?}");
    assert_eq!(remove(&bed.store).await, all(&digits, Detached::Held));
    let lease = bed.claim(job).await;
    outlive(&bed.sql, job, 3).await;
    let done = remove(&bed.store).await;
    assert!(done.iter().all(|(_, detached)| *detached == Detached::Held), "{done:?}");
    assert_eq!(done.len(), 3 + 5);
    bed.store.finish(&[failed(lease)], finish_rules()).await.unwrap();
    assert!(is_found(&bed, job).await);
    let done = remove(&bed.store).await;
    assert_eq!(done[3..], all(&digits, Detached::Done));
    assert!(!is_found(&bed, job).await);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_month_that_was_half_taken_away_shows_no_job_and_is_finished() {
    let bed = Bed::new().await;
    let (job, digits) = failed_long_ago(&bed, 130).await;
    outlive(&bed.sql, job, 120).await;
    let removal = begin(&bed.store).await;
    let due = removal.due(RECORDS_DAYS).await.unwrap();
    for due in &due[..4] {
        assert_eq!(removal.detach(due).await.unwrap(), Detached::Done, "{}", due.name());
    }
    assert_eq!(due[3].name(), format!("jobs_{digits}"));
    drop(removal);
    assert!(!is_found(&bed, job).await);
    assert_eq!(remove(&bed.store).await[3..], all(&digits, Detached::Done));
    assert_eq!(tables(&bed.sql, &digits).await, Vec::<String>::new());
    bed.assert_sound().await;
}
