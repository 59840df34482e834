use std::time::{Duration, Instant};

use shared::domain::Status;
use shared::store::jobs::{Include, RetryOutcome};
use shared::store::partitions::{Detached, Removal};
use shared::store::{Store, StoreError};
use tests::control::Use;
use tests::{eventually, report};

use crate::bed::{Bed, DAY, completed, finish_rules, retry_rules};
use crate::calendar::{day, outlive, tables};

/// Long enough for what ends by itself, short enough for a test that waits for it to pass.
const LOCK_TIMEOUT: Duration = Duration::from_millis(1_500);
pub(super) const RECORDS_DAYS: i32 = 90;
const BOUND: Duration = Duration::from_secs(10);

pub(super) async fn begin(store: &Store) -> Removal {
    // The lock of a connection that was just dropped is free when the server has noticed.
    eventually("the right to take partitions away", BOUND, async || store.begin_removal(LOCK_TIMEOUT).await.unwrap())
        .await
}

/// What the worker does in a round, without objects: each partition that is due, and how it went.
pub(super) async fn remove(store: &Store) -> Vec<(String, Detached)> {
    let removal = begin(store).await;
    let mut done = Vec::new();
    for due in removal.due(RECORDS_DAYS).await.unwrap() {
        let detached = removal.detach(&due).await.unwrap();
        if detached == Detached::Done {
            assert!(removal.drop_table(&due).await.unwrap(), "{} is read by nobody", due.name());
        }
        done.push((due.name().to_owned(), detached));
    }
    removal.end().await;
    done
}

fn all_of(digits: &str, detached: Detached) -> Vec<(String, Detached)> {
    let parents = ["job_payloads", "job_extractions", "job_results"];
    parents.map(|parent| (format!("{parent}_{digits}"), detached)).to_vec()
}

#[tokio::test]
async fn a_day_goes_on_the_second_midnight_after_it() {
    let bed = Bed::new().await;
    let mut jobs = Vec::new();
    let mut digits = Vec::new();
    for days_ago in [3, 2, 1, 0] {
        let job = bed.ended(Status::Completed).await;
        digits.push(outlive(&bed.sql, job, days_ago).await);
        jobs.push(job);
    }
    let expected = [all_of(&digits[0], Detached::Done), all_of(&digits[1], Detached::Done)].concat();
    assert_eq!(remove(&bed.store).await, expected);
    for (digits, left) in digits.iter().zip([0, 0, 3, 3]) {
        assert_eq!(tables(&bed.sql, digits).await.len(), left, "{digits}");
    }
    let full = Include { request: true, response: true };
    let old = bed.store.find_job(bed.organization, jobs[0], full).await.unwrap().unwrap();
    assert_eq!(old.status, Status::Expired);
    assert!(old.request.is_none() && old.result.is_none(), "{old:?}");
    let retry = async |job| bed.store.user_retry(bed.organization, job, retry_rules(7 * DAY)).await.unwrap();
    assert_eq!(retry(jobs[1]).await, RetryOutcome::Purged);
    assert!(matches!(retry(jobs[2]).await, RetryOutcome::Queued(_)));
    assert_eq!(remove(&bed.store).await, []);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_that_waits_keeps_its_request_until_it_is_expired() {
    let bed = Bed::new().await;
    let digits = outlive(&bed.sql, bed.queued().await, 3).await;
    assert_eq!(remove(&bed.store).await, all_of(&digits, Detached::Held));
    assert_eq!(bed.store.expire(10).await.unwrap().len(), 1);
    assert_eq!(remove(&bed.store).await, all_of(&digits, Detached::Done));
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_that_runs_past_its_day_can_still_end() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    let digits = outlive(&bed.sql, lease.job, 3).await;
    // Another day's partitions are not kept by it.
    let other = day(&bed.sql, 4).await;
    let expected = [all_of(&other, Detached::Done), all_of(&digits, Detached::Held)].concat();
    assert_eq!(remove(&bed.store).await, expected);
    assert_eq!(bed.store.finish(&[completed(lease)], finish_rules()).await.unwrap().len(), 1);
    bed.assert_sound().await;
    assert_eq!(remove(&bed.store).await, all_of(&digits, Detached::Done));
    bed.assert_sound().await;
}

/// Accepts one job after another until the work is done; how many, and how long the slowest took.
async fn accept_during<T>(bed: &Bed, work: impl Future<Output = Result<T, StoreError>>) -> (T, u32, Duration) {
    let (mut slowest, mut accepts) = (Duration::ZERO, 0);
    tokio::pin!(work);
    loop {
        let began = Instant::now();
        let accepting = bed.queued();
        tokio::pin!(accepting);
        let done = tokio::select! {
            done = &mut work => Some(done.unwrap()),
            _ = &mut accepting => None,
        };
        if done.is_some() {
            accepting.await;
        }
        slowest = slowest.max(began.elapsed());
        accepts += 1;
        if let Some(done) = done {
            return (done, accepts, slowest);
        }
    }
}

#[tokio::test]
async fn a_reader_puts_a_detach_off_and_no_insert_waits_for_either() {
    let bed = Bed::with(Use::Alone).await;
    let digits = outlive(&bed.sql, bed.ended(Status::Completed).await, 3).await;
    let mut reader = bed.database.connect().await;
    let reading = reader.transaction().await.unwrap();
    reading.batch_execute("select count(*) from job_payloads").await.unwrap();

    let removal = begin(&bed.store).await;
    let due = removal.due(RECORDS_DAYS).await.unwrap();
    let began = Instant::now();
    let (detached, accepts, slowest) = accept_during(&bed, removal.detach(&due[0])).await;
    let waited = began.elapsed();
    report(format_args!(
        "retention: behind a reader a detach gave up after {} ms of {}; {accepts} accepts meanwhile, the slowest {} ms",
        waited.as_millis(),
        LOCK_TIMEOUT.as_millis(),
        slowest.as_millis()
    ));
    assert_eq!(detached, Detached::Blocked);
    assert!(waited >= LOCK_TIMEOUT && accepts > 5, "{waited:?}, {accepts} accepts");
    assert!(slowest < LOCK_TIMEOUT / 2, "an accept waited {slowest:?}");
    removal.end().await;
    // Half done: new statements do not see the partition any more, and the reader is still not in anybody's way.
    let pending = "select count(*) from pg_inherits where inhdetachpending";
    assert_eq!(bed.count(pending).await, 1);
    bed.ended(Status::Completed).await;
    let again = begin(&bed.store).await;
    let due = again.due(RECORDS_DAYS).await.unwrap();
    assert_eq!(again.detach(&due[0]).await.unwrap(), Detached::Blocked, "the reader is still there");
    again.end().await;

    reading.rollback().await.unwrap();
    assert_eq!(remove(&bed.store).await, all_of(&digits, Detached::Done));
    assert_eq!(bed.count(pending).await, 0);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_detached_partition_whose_drop_was_lost_is_dropped_later() {
    let bed = Bed::new().await;
    let digits = outlive(&bed.sql, bed.ended(Status::Completed).await, 3).await;
    let removal = begin(&bed.store).await;
    let due = removal.due(RECORDS_DAYS).await.unwrap();
    assert_eq!(removal.detach(&due[0]).await.unwrap(), Detached::Done);
    // The process dies here.
    drop(removal);
    assert_eq!(tables(&bed.sql, &digits).await.len(), 3);
    assert_eq!(remove(&bed.store).await, all_of(&digits, Detached::Done));
    assert_eq!(tables(&bed.sql, &digits).await, Vec::<String>::new());
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_reader_of_a_detached_partition_puts_its_drop_off() {
    let bed = Bed::new().await;
    let digits = day(&bed.sql, 3).await;
    let removal = begin(&bed.store).await;
    let due = removal.due(RECORDS_DAYS).await.unwrap();
    assert_eq!(removal.detach(&due[0]).await.unwrap(), Detached::Done);
    let mut reader = bed.database.connect().await;
    let reading = reader.transaction().await.unwrap();
    reading.batch_execute(&format!("select count(*) from job_payloads_{digits}")).await.unwrap();
    assert!(!removal.drop_table(&due[0]).await.unwrap());
    reading.rollback().await.unwrap();
    assert!(removal.drop_table(&due[0]).await.unwrap());
    removal.end().await;
}

#[tokio::test]
async fn one_process_at_a_time_takes_partitions_away() {
    let bed = Bed::new().await;
    let digits = day(&bed.sql, 3).await;
    let (one, other) = (bed.database.store_of(1), bed.database.store_of(1));
    let removal = begin(&one).await;
    assert!(other.begin_removal(LOCK_TIMEOUT).await.unwrap().is_none());
    removal.end().await;
    let (first, second) = tokio::join!(remove(&one), remove(&other));
    let done: Vec<_> = first.into_iter().chain(second).collect();
    assert_eq!(done, all_of(&digits, Detached::Done), "each was taken away once");
}

#[tokio::test]
async fn what_an_operator_has_detached_is_not_dropped() {
    let bed = Bed::new().await;
    let digits = day(&bed.sql, 3).await;
    bed.run(&format!("alter table job_payloads detach partition job_payloads_{digits}")).await;
    bed.run("create table job_results_20010101 (x integer)").await;
    let others = ["job_extractions", "job_results"].map(|parent| (format!("{parent}_{digits}"), Detached::Done));
    assert_eq!(remove(&bed.store).await, others);
    assert_eq!(tables(&bed.sql, &digits).await, [format!("job_payloads_{digits}")]);
    assert_eq!(tables(&bed.sql, "20010101").await.len(), 1);
}

#[tokio::test]
async fn objects_are_owned_by_the_jobs_whose_life_is_over() {
    let bed = Bed::new().await;
    let (over, lifted, inline, retried) = (
        bed.ended(Status::Failed).await,
        bed.ended(Status::Failed).await,
        bed.ended(Status::Failed).await,
        bed.ended(Status::Completed).await,
    );
    let mut digits = String::new();
    for job in [over, lifted, inline, retried] {
        digits = outlive(&bed.sql, job, 3).await;
    }
    for job in [over, retried] {
        let (id, object) = (job.uuid(), format!("jobs/{job}/x"));
        bed.run(&format!(
            "update job_payloads set request = null, request_object = '{object}' where id = '{id}';
             update job_results set body = null, body_object = '{object}' where id = '{id}'"
        ))
        .await;
    }
    bed.run(&format!("update job_payloads set artifacts = '[]' where id = '{}'", lifted.uuid())).await;
    let removal = begin(&bed.store).await;
    let due = removal.due(RECORDS_DAYS).await.unwrap();
    // The last moment at which a client can retry: the request moves away, and here also a result is left behind, as
    // if it had been out of reach.
    let keep = format!("create table kept as select * from job_results_{digits}");
    bed.run(&keep).await;
    let retry = bed.store.user_retry(bed.organization, retried, retry_rules(7 * DAY)).await.unwrap();
    assert!(matches!(retry, RetryOutcome::Queued(_)), "{retry:?}");
    bed.run(&format!("insert into job_results_{digits} select * from kept")).await;
    for due in &due {
        assert_eq!(removal.detach(due).await.unwrap(), Detached::Done);
    }
    assert_eq!(removal.owners(&due[0], None, 10).await.unwrap(), [over, lifted]);
    assert_eq!(removal.owners(&due[0], Some(over), 10).await.unwrap(), [lifted]);
    assert_eq!(removal.owners(&due[0], None, 1).await.unwrap(), [over]);
    assert_eq!(removal.owners(&due[1], None, 10).await.unwrap(), [], "nothing was extracted");
    assert_eq!(removal.owners(&due[2], None, 10).await.unwrap(), [], "the retried job lives on");
    removal.forget_owners(&due[0], &[over]).await.unwrap();
    assert_eq!(removal.owners(&due[0], None, 10).await.unwrap(), [lifted]);
    removal.end().await;
    let found = bed.store.find_job(bed.organization, retried, Include { request: true, response: true }).await.unwrap();
    assert!(found.unwrap().request.is_some(), "the retried job has lost its request");
}
