use std::time::Duration;

use serde_json::json;
use shared::domain::{JobId, unix_seconds};
use shared::store::Limits;
use shared::store::jobs::{AcceptOutcome, AcceptRules, Accepted, Include, NewJob};

use crate::bed::{Bed, LANE, idempotency, rules, window};

fn is_accepted(answer: &Accepted) -> bool {
    matches!(answer.outcome, AcceptOutcome::Accepted { .. })
}

fn may_publish(answer: &Accepted) -> bool {
    matches!(answer.outcome, AcceptOutcome::Accepted { publish: true, .. })
}

#[tokio::test]
async fn a_key_that_is_in_a_batch_twice_makes_one_job() {
    let bed = Bed::new().await;
    let batch = [bed.keyed("a", 1), bed.keyed("a", 1), bed.keyed("a", 2), bed.keyed("b", 2), bed.job()];
    let answers = bed.accept(&batch).await;
    let of = |id: JobId| &answers.iter().find(|answer| answer.submitted == id).unwrap().outcome;
    let winners: Vec<JobId> =
        batch[..3].iter().map(|job| job.id).filter(|id| matches!(of(*id), AcceptOutcome::Accepted { .. })).collect();
    assert_eq!(winners.len(), 1, "{answers:?}");
    let winner_hash = batch.iter().find(|job| job.id == winners[0]).unwrap().idempotency.as_ref().unwrap().request_hash;
    for job in batch[..3].iter().filter(|job| job.id != winners[0]) {
        let same = job.idempotency.as_ref().unwrap().request_hash == winner_hash;
        let expected = if same { AcceptOutcome::Replayed(winners[0]) } else { AcceptOutcome::Mismatch(winners[0]) };
        assert_eq!(*of(job.id), expected);
    }
    assert!(answers.iter().filter(|answer| is_accepted(answer)).count() == 3, "{answers:?}");
    assert_eq!(bed.count("select count(*) from jobs").await, 3);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_key_that_was_used_answers_its_job_or_a_mismatch() {
    let bed = Bed::new().await;
    let first = bed.keyed("k", 1);
    bed.accept(std::slice::from_ref(&first)).await;
    let answers = bed.accept(&[bed.keyed("k", 1)]).await;
    assert_eq!(answers[0].outcome, AcceptOutcome::Replayed(first.id));
    let answers = bed.accept(&[bed.keyed("k", 2)]).await;
    assert_eq!(answers[0].outcome, AcceptOutcome::Mismatch(first.id));
    // The same key of another organization is another key.
    let other = NewJob { idempotency: Some(idempotency("k", 2)), ..bed.job_of(bed.organization("other").await) };
    assert!(is_accepted(&bed.accept(&[other]).await[0]));
    assert_eq!(bed.count("select count(*) from jobs").await, 2);
    bed.assert_sound().await;
}

#[tokio::test]
async fn batches_that_share_keys_in_opposite_order_do_not_deadlock() {
    const ROUNDS: usize = 40;
    const KEYS: usize = 24;
    let bed = Bed::new().await;
    for round in 0..ROUNDS {
        let forth: Vec<NewJob> = (0..KEYS).map(|key| bed.keyed(&format!("{round}-{key}"), 1)).collect();
        let back: Vec<NewJob> = (0..KEYS).rev().map(|key| bed.keyed(&format!("{round}-{key}"), 1)).collect();
        let (one, two) = tokio::join!(bed.store.accept(&forth, rules()), bed.store.accept(&back, rules()));
        for answer in one.unwrap().iter().chain(&two.unwrap()) {
            // `Unseen` is the honest answer of a statement that began before the other ended.
            let fine =
                is_accepted(answer) || matches!(answer.outcome, AcceptOutcome::Replayed(_) | AcceptOutcome::Unseen);
            assert!(fine, "{answer:?}");
        }
        for key in 0..KEYS {
            let known = bed.store.find_idempotent(bed.organization, &idempotency(&format!("{round}-{key}"), 1)).await;
            assert!(matches!(known, Ok(AcceptOutcome::Replayed(_))), "{known:?}");
        }
    }
    assert_eq!(bed.count("select count(*) from jobs").await, i64::try_from(ROUNDS * KEYS).unwrap());
    let deadlocks = "select deadlocks from pg_stat_database where datname = current_database()";
    bed.run("select pg_stat_force_next_flush()").await;
    assert_eq!(bed.count(deadlocks).await, 0);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_batch_that_is_sent_again_is_not_doubled() {
    let bed = Bed::new().await;
    let batch = [bed.job(), bed.keyed("k", 1), bed.job()];
    let created = |answers: Vec<Accepted>| {
        let mut times: Vec<_> = answers
            .into_iter()
            .map(|answer| match answer.outcome {
                AcceptOutcome::Accepted { created_at, expires_at, .. } => (answer.submitted, created_at, expires_at),
                other => panic!("{other:?}"),
            })
            .collect();
        times.sort_unstable();
        times
    };
    let first = created(bed.accept(&batch).await);
    let second = created(bed.accept(&batch).await);
    assert_eq!(first, second);
    assert_eq!(bed.count("select count(*) from jobs").await, 3);
    assert_eq!(bed.count("select count(*) from outbox").await, 3);
    // Also once a worker has one of them: the repeat must not queue it a second time.
    bed.claim(batch[0].id).await;
    assert_eq!(created(bed.accept(&batch).await), first);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_value_that_the_database_refuses_is_named_as_such_and_stores_nothing() {
    let bed = Bed::new().await;
    let bad = NewJob { metadata: json!({ "note": "nul \u{0} here" }).as_object().cloned(), ..bed.job() };
    let good = bed.job();
    let error = bed.store.accept(&[good.clone(), bad], rules()).await.unwrap_err();
    assert!(error.is_data() && !error.is_transient(), "{error:?}");
    assert_eq!(bed.count("select count(*) from jobs").await, 0);
    // Alone, the good one goes in.
    assert!(is_accepted(&bed.accept(&[good]).await[0]));
    bed.assert_sound().await;
}

#[tokio::test]
async fn no_more_is_published_at_once_than_the_window_has_room_for() {
    let bed = Bed::new().await;
    let narrow = AcceptRules { window: window(5), ..rules() };
    let batch: Vec<NewJob> = (0..8).map(|_| bed.job()).collect();
    let answers = bed.store.accept(&batch, narrow).await.unwrap();
    let published: Vec<(JobId, i32)> =
        answers.iter().filter(|answer| may_publish(answer)).map(|answer| (answer.submitted, 1)).collect();
    assert_eq!(published.len(), 5);
    // Stamped rows fill the window; claimed ones make room.
    bed.store.stamp(&published).await.unwrap();
    assert!(!may_publish(&bed.store.accept(&[bed.job()], narrow).await.unwrap()[0]));
    bed.claim(published[0].0).await;
    assert!(may_publish(&bed.store.accept(&[bed.job()], narrow).await.unwrap()[0]));
    // Another organization has a window of its own.
    let other = bed.job_of(bed.organization("other").await);
    assert!(may_publish(&bed.store.accept(&[other], narrow).await.unwrap()[0]));
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_delayed_job_is_not_published_and_not_claimed_early() {
    let bed = Bed::new().await;
    let minute = Duration::from_secs(60);
    let soon = bed.store.clock().now() + minute;
    for (delay, run_at) in [(minute, None), (Duration::ZERO, Some(soon)), (minute, Some(soon - minute))] {
        let job = NewJob { delay, run_at, ..bed.job() };
        let answers = bed.accept(std::slice::from_ref(&job)).await;
        assert!(is_accepted(&answers[0]) && !may_publish(&answers[0]), "{answers:?}");
        assert!(bed.try_claim(job.id).await.is_none());
        // Nor is it found by those who do without the broker.
        assert!(bed.store.peek(LANE, 10, &Limits::default()).await.unwrap().is_empty());
        let found = bed.store.find_job(bed.organization, job.id, Include::default()).await.unwrap().unwrap();
        assert_eq!(found.run_at.map(unix_seconds), run_at.map(unix_seconds));
        bed.run("update outbox set not_before = now()").await;
        assert!(bed.try_claim(job.id).await.is_some());
    }
    // A time that has passed holds nothing back.
    let job = NewJob { run_at: Some(soon - minute * 2), ..bed.job() };
    assert!(may_publish(&bed.accept(std::slice::from_ref(&job)).await[0]));
    bed.assert_sound().await;
}
