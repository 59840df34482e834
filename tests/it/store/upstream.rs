use std::time::Duration;

use shared::domain::JobId;
use shared::store::Limits;
use shared::store::jobs::{Again, NewJob, Outcome};
use shared::store::outbox::RelayRules;
use shared::store::upstreams::{HoldRules, Trouble};

use crate::bed::{Bed, LANE, LEASE, WORKER, claim_of, finish_rules, retried, rules, window};

const DOWN: &str = "/v1/down";
const RULES: RelayRules = RelayRules { window: window(200), batch: 500, hold: Duration::from_secs(30) };
const HOLD: HoldRules = HoldRules { first: Duration::from_secs(60), most: Duration::from_secs(200) };
const NOW: Duration = Duration::ZERO;

async fn trouble(bed: &Bed, trouble: Trouble, ago: Duration, retry_after: Option<Duration>) -> Vec<String> {
    bed.store.upstream_trouble(&[DOWN], trouble, ago, retry_after, HOLD).await.unwrap()
}

/// Lets the time of a hold pass.
async fn hold_over(bed: &Bed) {
    bed.run("update upstream_states set held_until = clock_timestamp()").await;
}

/// What the endpoint is allowed, and for how long it is held.
async fn state(bed: &Bed) -> Option<(i32, Duration)> {
    let states = bed.store.upstream_states().await.unwrap();
    states.first().map(|state| (state.allowed, state.held))
}

async fn accept(bed: &Bed, count: usize) -> Vec<JobId> {
    let batch: Vec<NewJob> = (0..count).map(|_| NewJob { endpoint: DOWN.into(), ..bed.job() }).collect();
    bed.accept(&batch).await;
    batch.iter().map(|job| job.id).collect()
}

#[tokio::test]
async fn one_trouble_counts_once_however_many_attempts_it_fails() {
    let bed = Bed::new().await;
    let told = (0..8).map(|_| trouble(&bed, Trouble::Broken, NOW, None));
    let changed: usize = futures_util::future::join_all(told).await.iter().map(Vec::len).sum();
    assert_eq!(changed, 1);
    let (allowed, held) = state(&bed).await.unwrap();
    assert_eq!(allowed, 1);
    assert!((47..=72).contains(&held.as_secs()), "{held:?}");
    // An attempt from before the end of the hold ends after it.
    hold_over(&bed).await;
    assert!(trouble(&bed, Trouble::Broken, Duration::from_secs(30), None).await.is_empty());
    assert_eq!(state(&bed).await, Some((1, NOW)));
    assert!(!bed.store.upstream_recovers(DOWN, Duration::from_secs(30)).await.unwrap());
    assert_eq!(state(&bed).await, Some((1, NOW)), "an answer of before says nothing new either");
}

#[tokio::test]
async fn holds_grow_up_to_a_bound_and_are_no_shorter_than_what_the_upstream_asks_for() {
    let bed = Bed::new().await;
    let mut holds = Vec::new();
    for _ in 0..4 {
        assert_eq!(trouble(&bed, Trouble::Broken, NOW, None).await, [DOWN]);
        holds.push(state(&bed).await.unwrap().1.as_secs());
        hold_over(&bed).await;
    }
    let bounds = [47..=72, 95..=144, 159..=240, 159..=240];
    assert!(holds.iter().zip(&bounds).all(|(hold, bound)| bound.contains(hold)), "{holds:?}");
    bed.run("delete from upstream_states").await;
    trouble(&bed, Trouble::Broken, NOW, Some(Duration::from_secs(150))).await;
    assert!((148..=150).contains(&state(&bed).await.unwrap().1.as_secs()));
    hold_over(&bed).await;
    trouble(&bed, Trouble::Broken, NOW, Some(Duration::from_secs(9_000))).await;
    assert!((198..=200).contains(&state(&bed).await.unwrap().1.as_secs()), "a day of silence is not ours to grant");
}

#[tokio::test]
async fn recovery_doubles_with_each_round_and_a_failure_halves_it() {
    let bed = Bed::new().await;
    let jobs = accept(&bed, 40).await;
    for job in &jobs[..20] {
        bed.claim(*job).await;
    }
    trouble(&bed, Trouble::Broken, NOW, None).await;
    hold_over(&bed).await;
    let mut rounds = Vec::new();
    for _ in 0..4 {
        let (allowed, _) = state(&bed).await.unwrap();
        rounds.push(allowed);
        for _ in 0..allowed {
            assert!(!bed.store.upstream_recovers(DOWN, NOW).await.unwrap());
        }
    }
    assert_eq!(rounds, [1, 2, 4, 8]);
    // Several fail together: half, and no stop.
    assert_eq!(trouble(&bed, Trouble::Broken, NOW, None).await, [DOWN]);
    assert!(trouble(&bed, Trouble::Broken, Duration::from_secs(1), None).await.is_empty());
    assert_eq!(state(&bed).await, Some((8, NOW)));
    // What ran when it broke is enough.
    for _ in 9..20 {
        assert!(!bed.store.upstream_recovers(DOWN, NOW).await.unwrap());
    }
    assert!(bed.store.upstream_recovers(DOWN, NOW).await.unwrap());
    assert_eq!(state(&bed).await, None);
}

#[tokio::test]
async fn an_overload_halves_what_runs_and_stops_nothing() {
    let bed = Bed::new().await;
    let jobs = accept(&bed, 40).await;
    for job in &jobs[..20] {
        bed.claim(*job).await;
    }
    assert_eq!(trouble(&bed, Trouble::Overloaded, NOW, None).await, [DOWN]);
    assert_eq!(state(&bed).await, Some((10, NOW)));
    assert_eq!(trouble(&bed, Trouble::Overloaded, NOW, None).await, [DOWN]);
    assert_eq!(state(&bed).await, Some((5, NOW)));
    assert_eq!(trouble(&bed, Trouble::Overloaded, NOW, Some(Duration::from_secs(20))).await, [DOWN]);
    let (allowed, held) = state(&bed).await.unwrap();
    assert!(allowed == 2 && (18..=20).contains(&held.as_secs()), "{allowed} {held:?}");
}

#[tokio::test]
async fn an_endpoint_that_is_held_waits_and_others_go() {
    let bed = Bed::new().await;
    let none = Limits::default();
    let before = accept(&bed, 3).await;
    trouble(&bed, Trouble::Broken, NOW, None).await;
    let down = NewJob { endpoint: DOWN.into(), ..bed.job() };
    let answer = bed.store.accept(&[down, bed.job()], rules()).await.unwrap();
    let published = answer.iter().filter(|accepted| format!("{:?}", accepted.outcome).contains("publish: true"));
    assert_eq!(published.count(), 1, "an accept leaves it to the relay");
    bed.run("update outbox set claimed_until = null").await;
    let other = answer.iter().map(|accepted| accepted.submitted).collect::<Vec<_>>();
    let taken = bed.store.relay(LANE, RULES, &none).await.unwrap();
    assert!(taken.len() == 1 && other.contains(&taken[0].job), "{taken:?}");
    let due = bed.store.peek(LANE, 10, &none).await.unwrap();
    assert!(due.len() == 1 && due[0].0 == taken[0].job, "{due:?}");
    // What the broker held already is given back.
    let claims: Vec<_> = before.iter().map(|job| claim_of(*job, 1)).collect();
    let within = bed.store.claim_limited(&claims, WORKER, LEASE, &none).await.unwrap();
    assert_eq!((within.claimed.len(), within.deferred.len()), (0, 3));
    // One trial, once the hold is over.
    hold_over(&bed).await;
    assert_eq!(bed.store.relay(LANE, RULES, &none).await.unwrap().len(), 1);
    let within = bed.store.claim_limited(&claims, WORKER, LEASE, &none).await.unwrap();
    assert_eq!((within.claimed.len(), within.deferred.len()), (1, 2));
    bed.assert_sound().await;
}

#[tokio::test]
async fn an_end_at_an_endpoint_in_trouble_is_left_to_the_relay() {
    let bed = Bed::new().await;
    let jobs = accept(&bed, 1).await;
    let lease = bed.claim(jobs[0]).await;
    trouble(&bed, Trouble::Broken, NOW, None).await;
    let mut ended = retried(lease, NOW);
    let Outcome::Retried(failure, _) = ended.outcome else { unreachable!() };
    ended.outcome = Outcome::Released(failure, Again { after: NOW, hurry: true });
    let finished = bed.store.finish(&[ended], finish_rules()).await.unwrap();
    assert!(!finished[0].publish, "{finished:?}");
    let row = bed.row(jobs[0]).await;
    assert_eq!((row.attempt_count, row.released_count), (1, 1), "it has used up nothing");
    bed.assert_sound().await;
}

#[tokio::test]
async fn the_trouble_of_an_endpoint_that_nobody_has_any_more_is_forgotten() {
    let bed = Bed::new().await;
    trouble(&bed, Trouble::Broken, NOW, None).await;
    let day = Duration::from_secs(86_400);
    assert_eq!(bed.store.forget_upstreams(day).await.unwrap(), 0);
    bed.run("update upstream_states set changed_at = now() - interval '25 h'").await;
    assert_eq!(bed.store.forget_upstreams(day).await.unwrap(), 1);
    assert_eq!(state(&bed).await, None);
}
