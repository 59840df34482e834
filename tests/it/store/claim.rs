use std::collections::HashSet;

use shared::domain::JobId;
use shared::store::jobs::{Claim, NewJob};

use crate::bed::{Bed, LEASE, WORKER, claim_of, completed, finish_rules, retried};

#[tokio::test]
async fn a_claim_takes_the_job_and_hands_over_its_request() {
    let bed = Bed::new().await;
    let job = NewJob { traceparent: Some("00-aa-bb-01".to_owned()), ..bed.job() };
    bed.accept(std::slice::from_ref(&job)).await;
    let claimed = bed.try_claim(job.id).await.unwrap();
    assert_eq!((claimed.attempt, claimed.budget_used, claimed.max_attempts, claimed.seq), (1, 1, 3, 1));
    assert_eq!(claimed.request, Some(job.request));
    assert_eq!(claimed.traceparent, job.traceparent);
    assert_eq!(claimed.organization, bed.organization);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_message_that_is_doubled_or_old_claims_nothing() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    let doubled = bed.store.claim(&[claim_of(lease.job, 1)], "worker-2", LEASE).await.unwrap();
    assert!(doubled.is_empty(), "{doubled:?}");
    bed.store.finish(&[retried(lease, std::time::Duration::ZERO)], finish_rules()).await.unwrap();
    assert_eq!(bed.row(lease.job).await.seq, 2);
    let old = bed.store.claim(&[claim_of(lease.job, 1)], WORKER, LEASE).await.unwrap();
    assert!(old.is_empty(), "{old:?}");
    let foretold = bed.store.claim(&[claim_of(lease.job, 3)], WORKER, LEASE).await.unwrap();
    assert!(foretold.is_empty(), "{foretold:?}");
    assert!(bed.try_claim(lease.job).await.is_some());
    bed.assert_sound().await;
}

#[tokio::test]
async fn the_same_job_twice_in_a_batch_is_claimed_once() {
    let bed = Bed::new().await;
    let job = bed.queued().await;
    let claimed = bed.store.claim(&[claim_of(job, 1), claim_of(job, 1)], WORKER, LEASE).await.unwrap();
    assert_eq!(claimed.len(), 1, "{claimed:?}");
    // The token that was answered is the one that is in force.
    assert_eq!(bed.store.finish(&[completed(claimed[0].lease)], finish_rules()).await.unwrap().len(), 1);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_is_not_claimed_once_its_time_is_over_or_when_it_does_not_exist() {
    let bed = Bed::new().await;
    let late = bed.queued().await;
    bed.outlive(late).await;
    let unknown = JobId::generate(bed.store.clock().unix_millis());
    let claimed = bed.store.claim(&[claim_of(late, 1), claim_of(unknown, 1)], WORKER, LEASE).await.unwrap();
    assert!(claimed.is_empty(), "{claimed:?}");
    bed.assert_sound().await;
}

#[tokio::test]
async fn workers_that_claim_the_same_jobs_share_them() {
    let bed = Bed::new().await;
    let jobs = bed.queued_many(200).await;
    let claims = |backwards: bool| {
        let mut claims: Vec<Claim> = jobs.iter().map(|job| claim_of(*job, 1)).collect();
        if backwards {
            claims.reverse();
        }
        claims
    };
    let (one, two) = (claims(false), claims(true));
    let (one, two) = tokio::join!(bed.store.claim(&one, "worker-1", LEASE), bed.store.claim(&two, "worker-2", LEASE));
    let claimed: Vec<JobId> = one.unwrap().iter().chain(&two.unwrap()).map(|claimed| claimed.lease.job).collect();
    let distinct: HashSet<JobId> = claimed.iter().copied().collect();
    assert_eq!(claimed.len(), distinct.len(), "a job was claimed twice");
    // What one skipped because the other held it is either the other's or still queued.
    let queued = bed.count("select count(*) from outbox").await;
    assert_eq!(distinct.len() + usize::try_from(queued).unwrap(), jobs.len());
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_job_that_another_transaction_holds_is_skipped_and_not_waited_for() {
    let bed = Bed::new().await;
    let jobs = bed.queued_many(2).await;
    let mut holder = bed.database.connect().await;
    let transaction = holder.transaction().await.unwrap();
    transaction.execute("select from jobs where id = $1 for update", &[&jobs[0].uuid()]).await.unwrap();
    let claims: Vec<Claim> = jobs.iter().map(|job| claim_of(*job, 1)).collect();
    let claimed = bed.store.claim(&claims, WORKER, LEASE).await.unwrap();
    assert_eq!(claimed.iter().map(|claimed| claimed.lease.job).collect::<Vec<_>>(), [jobs[1]]);
    transaction.rollback().await.unwrap();
    assert!(bed.try_claim(jobs[0]).await.is_some());
    bed.assert_sound().await;
}
