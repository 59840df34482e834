use std::time::Duration;

use serde_json::json;
use shared::domain::{Failure, FailureCode, Lease, LeaseToken, Status};
use shared::store::jobs::{Again, Ended, Include, Outcome};

use crate::bed::{Bed, LEASE, claim_of, completed, failed, finish_rules, retried};

#[tokio::test]
async fn each_outcome_leaves_its_traces() {
    let bed = Bed::new().await;
    let (done, broken, again) = (bed.held().await, bed.held().await, bed.held().await);
    let delay = Duration::from_secs(60);
    let mut finished =
        bed.store.finish(&[retried(again, delay), failed(broken), completed(done)], finish_rules()).await.unwrap();
    finished.sort_by_key(|finished| finished.job);
    let statuses: Vec<Status> = finished.iter().map(|finished| finished.status).collect();
    assert_eq!(statuses, [Status::Completed, Status::Failed, Status::Queued]);

    let full = Include { request: true, response: true };
    let job = bed.store.find_job(bed.organization, done.job, full).await.unwrap().unwrap();
    assert_eq!(job.result.map(|result| result.status_code), Some(200));
    let job = bed.store.find_job(bed.organization, broken.job, full).await.unwrap().unwrap();
    assert_eq!(job.error.map(|error| error.code).as_deref(), Some("document_invalid"));
    let row = bed.row(again.job).await;
    assert_eq!((row.seq, row.last_failure_code.as_deref()), (2, Some("engine_crashed")));
    assert!(bed.try_claim(again.job).await.is_none(), "claimed before its delay was over");
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_fenced_attempt_changes_nothing() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    let stranger = Lease { token: LeaseToken::generate(), ..lease };
    assert!(bed.store.finish(&[completed(stranger)], finish_rules()).await.unwrap().is_empty());
    assert_eq!(bed.status(lease.job).await, Status::InProgress);
    // The holder's own second word counts as little.
    assert_eq!(bed.store.finish(&[failed(lease)], finish_rules()).await.unwrap().len(), 1);
    assert!(bed.store.finish(&[completed(lease)], finish_rules()).await.unwrap().is_empty());
    assert_eq!(bed.status(lease.job).await, Status::Failed);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_batch_fences_only_those_that_lost_their_lease() {
    let bed = Bed::new().await;
    let (kept, lost) = (bed.held().await, bed.held().await);
    bed.store.cancel(bed.organization, lost.job).await.unwrap();
    let finished = bed.store.finish(&[completed(lost), completed(kept)], finish_rules()).await.unwrap();
    assert_eq!(finished.iter().map(|finished| finished.job).collect::<Vec<_>>(), [kept.job]);
    assert_eq!(bed.status(lost.job).await, Status::Cancelled);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_retry_beyond_the_budget_is_a_failure() {
    let bed = Bed::new().await;
    let job = bed.queued().await;
    for attempt in 1..=3 {
        let lease = bed.claim(job).await;
        let finished = bed.store.finish(&[retried(lease, Duration::ZERO)], finish_rules()).await.unwrap();
        let expected = if attempt < 3 { Status::Queued } else { Status::Failed };
        assert_eq!(finished[0].status, expected, "attempt {attempt}");
    }
    let found = bed.store.find_job(bed.organization, job, Include::default()).await.unwrap().unwrap();
    assert_eq!(found.error.map(|error| (error.code, error.message)), Some(("engine_crashed".into(), "again".into())));
    assert_eq!(found.attempt_count, 3);
    bed.assert_sound().await;
}

#[tokio::test]
async fn crashes_and_releases_do_not_use_the_budget_up() {
    let bed = Bed::new().await;
    let job = bed.queued().await;
    bed.claim(job).await;
    bed.lapse(job).await;
    bed.store.rescue_expired(10, 5).await.unwrap();
    let lease = bed.claim(job).await;
    bed.store.release(&[lease]).await.unwrap();
    for budget_used in 1..=3 {
        let claimed = bed.try_claim(job).await.unwrap();
        assert_eq!(claimed.budget_used, budget_used);
        bed.store.finish(&[retried(claimed.lease, Duration::ZERO)], finish_rules()).await.unwrap();
    }
    let row = bed.row(job).await;
    assert_eq!((row.status, row.attempt_count), (Status::Failed, 5));
    bed.assert_sound().await;
}

#[tokio::test]
async fn no_text_of_a_failure_can_make_it_unstorable() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    // Three bytes each, so that the cap falls into a character; a NUL is legal in JSON and in no text of PostgreSQL.
    let failure = Failure::new(FailureCode::DocumentInvalid, "\u{20ac}".repeat(5_000))
        .with_details(json!({ "upstream": "nul \u{0}", "long": "x".repeat(100_000) }));
    let ended = Ended { lease, outcome: Outcome::Failed(failure), trace_id: Some("00aa".to_owned()) };
    assert_eq!(bed.store.finish(&[ended], finish_rules()).await.unwrap().len(), 1);
    let lease = bed.held().await;
    let failure = Failure::new(FailureCode::DocumentInvalid, "small").with_details(json!({ "upstream": "nul \u{0}" }));
    let ended = Ended { lease, outcome: Outcome::Failed(failure), trace_id: None };
    assert_eq!(bed.store.finish(&[ended], finish_rules()).await.unwrap().len(), 1);
    let lease = bed.held().await;
    let failure = Failure::new(FailureCode::DocumentInvalid, "a nul \u{0} in the message");
    let ended = Ended { lease, outcome: Outcome::Failed(failure), trace_id: None };
    assert_eq!(bed.store.finish(&[ended], finish_rules()).await.unwrap().len(), 1);
    bed.assert_sound().await;
}

#[tokio::test]
async fn the_causes_of_a_failure_outlast_details_that_are_too_large() {
    let bed = Bed::new().await;
    let lease = bed.held().await;
    let disk = std::io::Error::other("the disk is gone");
    let failure = Failure::new(FailureCode::DocumentInvalid, "bad").because(&disk);
    let large = failure.clone().with_details(json!({ "body": "x".repeat(100_000) }));
    let retried = Outcome::Retried(failure, Again { after: Duration::ZERO, hurry: false });
    bed.store.finish(&[Ended { lease, outcome: retried, trace_id: None }], finish_rules()).await.unwrap();
    let lease = bed.claim(lease.job).await;
    bed.store
        .finish(&[Ended { lease, outcome: Outcome::Failed(large), trace_id: None }], finish_rules())
        .await
        .unwrap();

    let attempts = bed.store.attempts(bed.organization, lease.job, 0, 10).await.unwrap().unwrap().attempts;
    let details: Vec<serde_json::Value> =
        attempts.iter().map(|attempt| serde_json::from_str(attempt.details.as_deref().unwrap()).unwrap()).collect();
    assert_eq!(details[0], json!({ "causes": ["the disk is gone"] }));
    assert_eq!(details[1]["causes"], json!(["the disk is gone"]));
    assert!(details[1]["omitted"].is_string() && details[1].get("body").is_none(), "{}", details[1]);
    let error =
        bed.store.find_job(bed.organization, lease.job, Include::default()).await.unwrap().unwrap().error.unwrap();
    assert_eq!(error.details.as_ref(), Some(&details[1]));
    bed.assert_sound().await;
}

#[tokio::test]
async fn finishing_against_the_heartbeat_in_opposite_order_does_not_deadlock() {
    const ROUNDS: usize = 15;
    const JOBS: usize = 40;
    let bed = Bed::new().await;
    for _ in 0..ROUNDS {
        let jobs = bed.queued_many(JOBS).await;
        let claims: Vec<_> = jobs.iter().map(|job| claim_of(*job, 1)).collect();
        let leases: Vec<Lease> =
            bed.store.claim(&claims, "w", LEASE).await.unwrap().into_iter().map(|claimed| claimed.lease).collect();
        let ends: Vec<Ended> = leases.iter().rev().map(|lease| completed(*lease)).collect();
        let (finished, renewed) =
            tokio::join!(bed.store.finish(&ends, finish_rules()), bed.store.renew(&leases, LEASE));
        assert_eq!(finished.unwrap().len(), JOBS);
        assert!(renewed.unwrap().len() <= JOBS);
    }
    bed.run("select pg_stat_force_next_flush()").await;
    assert_eq!(bed.count("select deadlocks from pg_stat_database where datname = current_database()").await, 0);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_lease_that_is_gone_is_not_renewed() {
    let bed = Bed::new().await;
    let (kept, lost) = (bed.held().await, bed.held().await);
    bed.store.cancel(bed.organization, lost.job).await.unwrap();
    let renewed = bed.store.renew(&[lost, kept], LEASE).await.unwrap();
    assert_eq!(renewed.into_iter().collect::<Vec<_>>(), [kept]);
}
