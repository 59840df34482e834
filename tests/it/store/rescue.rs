use shared::domain::Status;
use shared::store::jobs::Include;

use crate::bed::{Bed, LEASE, completed, finish_rules};

#[tokio::test]
async fn a_lease_that_ran_out_is_taken_and_its_holder_fenced() {
    let bed = Bed::new().await;
    let (lost, alive) = (bed.held().await, bed.held().await);
    bed.lapse(lost.job).await;
    let rescued = bed.store.rescue_expired(10, 5).await.unwrap();
    assert_eq!(rescued.len(), 1);
    assert_eq!((rescued[0].job, rescued[0].status, rescued[0].seq), (lost.job, Status::Queued, 2));
    assert!(bed.store.finish(&[completed(lost)], finish_rules()).await.unwrap().is_empty(), "a late result was taken");
    assert_eq!(bed.status(alive.job).await, Status::InProgress);
    let again = bed.try_claim(lost.job).await.unwrap();
    assert_eq!((again.attempt, again.budget_used, again.last_failure_code.as_deref()), (2, 1, Some("worker_lost")));
    bed.assert_sound().await;
}

#[tokio::test]
async fn workers_that_are_lost_over_one_job_end_it_at_the_cap() {
    let bed = Bed::new().await;
    let job = bed.queued().await;
    for crash in 1..=3 {
        bed.claim(job).await;
        bed.lapse(job).await;
        let rescued = bed.store.rescue_expired(10, 3).await.unwrap();
        assert_eq!(rescued[0].status, if crash < 3 { Status::Queued } else { Status::Failed }, "crash {crash}");
    }
    let found = bed.store.find_job(bed.organization, job, Include::default()).await.unwrap().unwrap();
    assert_eq!(found.error.map(|error| error.code).as_deref(), Some("worker_lost"));
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_watched_lease_is_taken_only_if_it_was_not_renewed() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    let seen = bed.store.look(&[lease.job]).await.unwrap()[&lease.job].lease.unwrap();
    assert_eq!(seen.0, lease.token);
    bed.store.renew(&[lease], LEASE).await.unwrap();
    assert!(bed.store.rescue_unrenewed(lease, seen.1, 5).await.unwrap().is_none(), "a live lease was taken");
    let seen = bed.store.look(&[lease.job]).await.unwrap()[&lease.job].lease.unwrap();
    let rescued = bed.store.rescue_unrenewed(lease, seen.1, 5).await.unwrap().unwrap();
    assert_eq!((rescued.job, rescued.status), (lease.job, Status::Queued));
    assert!(bed.store.rescue_unrenewed(lease, seen.1, 5).await.unwrap().is_none(), "taken twice");
    assert_eq!(bed.row(lease.job).await.crash_count, 1);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_that_somebody_is_finishing_is_left_to_them() {
    let bed = Bed::new().await;
    let (held, free) = (bed.held().await, bed.held().await);
    bed.lapse(held.job).await;
    bed.lapse(free.job).await;
    let mut finisher = bed.database.connect().await;
    let transaction = finisher.transaction().await.unwrap();
    transaction.execute("select from jobs where id = $1 for update", &[&held.job.uuid()]).await.unwrap();
    let rescued = bed.store.rescue_expired(10, 5).await.unwrap();
    assert_eq!(rescued.iter().map(|rescued| rescued.job).collect::<Vec<_>>(), [free.job]);
    transaction.rollback().await.unwrap();
    assert_eq!(bed.store.rescue_expired(10, 5).await.unwrap().len(), 1);
    bed.assert_sound().await;
}
