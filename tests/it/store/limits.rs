use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::seq::IndexedRandom as _;
use shared::domain::{Concurrency, Endpoint, JobId, OrganizationId, Registry};
use shared::store::jobs::{AcceptRules, Claim, ClaimedWithin, NewJob};
use shared::store::outbox::{Dispatch, RelayRules};
use shared::store::{Limits, Store};
use tests::report;

use crate::bed::{Bed, LANE, LEASE, WORKER, claim_of, completed, finish_rules, rules, statement, window};

const LIMITED: &str = "/v1/limited";
const RULES: RelayRules = RelayRules { window: window(200), batch: 500, hold: Duration::from_secs(30) };

fn limits(total: Option<u32>, per_organization: Option<u32>) -> Limits {
    let concurrency = Concurrency { total, per_organization };
    Limits::of(&Registry::new(vec![Endpoint { concurrency, ..Endpoint::new(LIMITED, None) }]))
}

/// Jobs of the limited endpoint, which the relay is to publish.
async fn accept(bed: &Bed, organization: OrganizationId, count: usize) -> Vec<JobId> {
    let job = || NewJob { endpoint: LIMITED.into(), limited: true, ..bed.job_of(organization) };
    let batch: Vec<NewJob> = (0..count).map(|_| job()).collect();
    for accepted in bed.store.accept(&batch, rules()).await.unwrap() {
        let word = format!("{:?}", accepted.outcome);
        assert!(word.contains("publish: false"), "{word}");
    }
    batch.iter().map(|job| job.id).collect()
}

async fn claim(store: &Store, jobs: &[JobId], limits: &Limits) -> ClaimedWithin {
    let claims: Vec<Claim> = jobs.iter().map(|job| claim_of(*job, 1)).collect();
    store.claim_limited(&claims, WORKER, LEASE, limits).await.unwrap()
}

async fn relay(bed: &Bed, limits: &Limits) -> Vec<Dispatch> {
    bed.store.relay(LANE, RULES, limits).await.unwrap()
}

#[tokio::test]
async fn what_has_no_room_is_given_back_and_comes_again_when_it_has() {
    let bed = Bed::new().await;
    let (two, mut jobs) = (limits(Some(2), None), accept(&bed, bed.organization, 5).await);
    // All are with the broker: the limit is new.
    let keys: Vec<(JobId, i32)> = relay(&bed, &Limits::default()).await.iter().map(|row| (row.job, row.seq)).collect();
    assert_eq!(keys.len(), 5);
    bed.store.stamp(&keys[..4]).await.unwrap();
    let ClaimedWithin { claimed, deferred } = claim(&bed.store, &jobs, &two).await;
    let mut held: Vec<_> = claimed.iter().map(|claimed| claimed.lease).collect();
    jobs.sort_unstable();
    held.sort_unstable_by_key(|lease| lease.job);
    assert_eq!(held.iter().map(|lease| lease.job).collect::<Vec<_>>(), jobs[..2], "the oldest go first");
    assert_eq!(deferred.len(), 3);
    assert!(deferred.iter().all(|job| jobs[2..].contains(job)), "{deferred:?}");
    bed.assert_sound().await;
    // A confirm that comes late stamps nothing that was given back.
    bed.store.stamp(&keys).await.unwrap();
    let waiting = "select count(*) from outbox where published_at is null and claimed_until is null";
    assert_eq!(bed.count(waiting).await, 3);
    assert!(relay(&bed, &two).await.is_empty(), "there is no room");
    for left in [2, 1, 0] {
        bed.store.finish(&[completed(held.remove(0))], finish_rules()).await.unwrap();
        let taken = relay(&bed, &two).await;
        assert_eq!(taken.len(), 1, "one place was free");
        bed.store.stamp(&[(taken[0].job, taken[0].seq)]).await.unwrap();
        assert!(relay(&bed, &two).await.is_empty(), "what the broker holds has a place already");
        let within = claim(&bed.store, &[taken[0].job], &two).await;
        assert_eq!((within.claimed.len(), within.deferred.len()), (1, 0));
        held.push(within.claimed[0].lease);
        assert_eq!(bed.count(waiting).await, left);
    }
    bed.assert_sound().await;
}

#[tokio::test]
async fn an_organization_leaves_room_for_others_at_an_endpoint() {
    let bed = Bed::new().await;
    let guest = bed.organization("guest").await;
    let limits = limits(Some(4), Some(3));
    let (ours, theirs) = (accept(&bed, bed.organization, 20).await, accept(&bed, guest, 20).await);
    let taken = relay(&bed, &limits).await;
    let of_guest = taken.iter().filter(|dispatch| dispatch.organization == guest).count();
    assert_eq!((taken.len(), of_guest), (4, 2), "turns");
    // Whatever the relay did, the claim decides.
    let within = claim(&bed.store, &ours, &limits).await;
    assert_eq!((within.claimed.len(), within.deferred.len()), (3, 17));
    let within = claim(&bed.store, &theirs, &limits).await;
    assert_eq!((within.claimed.len(), within.deferred.len()), (1, 19));
    // Other endpoints are none of their business.
    let elsewhere = bed.queued().await;
    assert_eq!(claim(&bed.store, &[elsewhere], &limits).await.claimed.len(), 1);
    bed.assert_sound().await;
}

#[tokio::test]
async fn a_place_goes_to_who_has_least_under_way() {
    let bed = Bed::new().await;
    let guest = bed.organization("guest").await;
    let three = limits(Some(3), None);
    let ours = accept(&bed, bed.organization, 20).await;
    assert_eq!(claim(&bed.store, &ours[..2], &three).await.claimed.len(), 2);
    accept(&bed, guest, 20).await;
    let taken = relay(&bed, &three).await;
    assert_eq!(taken.iter().map(|dispatch| dispatch.organization).collect::<Vec<_>>(), [guest]);
}

#[tokio::test]
async fn without_the_broker_no_more_is_read_than_has_room() {
    let bed = Bed::new().await;
    let guest = bed.organization("guest").await;
    let limits = limits(Some(4), Some(3));
    let ours = accept(&bed, bed.organization, 20).await;
    assert_eq!(claim(&bed.store, &ours[..1], &limits).await.claimed.len(), 1);
    accept(&bed, guest, 20).await;
    // Some of it the broker was told of before it went away.
    let told = relay(&bed, &limits).await;
    assert_eq!(told.len(), 3);
    bed.store.stamp(&told.iter().map(|row| (row.job, row.seq)).collect::<Vec<_>>()).await.unwrap();
    let elsewhere = bed.queued().await;
    let due = bed.store.peek(LANE, 10, &limits).await.unwrap();
    assert_eq!(due.len(), 4, "{due:?}");
    assert_eq!(due.iter().filter(|(job, ..)| *job == elsewhere).count(), 1);
    assert_eq!(due.iter().filter(|(_, organization, _)| *organization == guest).count(), 2);
    assert_eq!(bed.store.peek(LANE, 2, &limits).await.unwrap().len(), 2);
}

/// How many of something there are now, and how many there were at most.
#[derive(Default)]
struct Gauge {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Gauge {
    fn add(&self) {
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
    }

    fn remove(&self) {
        self.now.fetch_sub(1, Ordering::SeqCst);
    }

    fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }
}

const CLAIMERS: usize = 4;
const TOTAL: u32 = 7;
const PER_ORGANIZATION: u32 = 4;

#[tokio::test]
async fn limits_hold_exactly_however_many_claim_at_once() {
    let bed = Bed::new().await;
    let organizations = [bed.organization, bed.organization("two").await, bed.organization("three").await];
    let mut queued = Vec::new();
    for organization in organizations {
        queued.extend(accept(&bed, organization, 167).await);
    }
    let all = queued.len();
    let queued = Arc::new(Mutex::new(queued));
    let total = Arc::new(Gauge::default());
    let each: Arc<HashMap<_, _>> =
        Arc::new(organizations.into_iter().map(|organization| (organization, Gauge::default())).collect());
    let claimers = (0..CLAIMERS).map(|_| {
        let (store, queued, total, each) =
            (bed.store.clone(), Arc::clone(&queued), Arc::clone(&total), Arc::clone(&each));
        tokio::spawn(async move {
            let limits = limits(Some(TOTAL), Some(PER_ORGANIZATION));
            loop {
                let some: Vec<JobId> = {
                    let queued = queued.lock().unwrap();
                    if queued.is_empty() {
                        return;
                    }
                    queued.sample(&mut rand::rng(), 12).copied().collect()
                };
                let held = claim(&store, &some, &limits).await.claimed;
                for claimed in &held {
                    total.add();
                    each[&claimed.organization].add();
                }
                queued.lock().unwrap().retain(|job| !held.iter().any(|claimed| claimed.lease.job == *job));
                // Less than what runs: it is counted after a claim and no more before an end.
                tokio::task::yield_now().await;
                for claimed in held {
                    total.remove();
                    each[&claimed.organization].remove();
                    store.finish(&[completed(claimed.lease)], finish_rules()).await.unwrap();
                }
            }
        })
    });
    for claimer in claimers.collect::<Vec<_>>() {
        claimer.await.unwrap();
    }
    let most = each.values().map(Gauge::most).max().unwrap();
    report(format_args!("limits: {all} jobs, at most {} at once, at most {most} of an organization", total.most()));
    assert_eq!((total.most(), most), (TOTAL as usize, PER_ORGANIZATION as usize));
    assert_eq!(bed.count("select count(*) from jobs where status = 'completed'").await, all as i64);
    bed.assert_sound().await;
}

#[tokio::test]
async fn an_accept_leaves_what_is_limited_to_the_relay_and_its_room_to_others() {
    let bed = Bed::new().await;
    let limited = NewJob { endpoint: LIMITED.into(), limited: true, ..bed.job() };
    let batch = [limited.clone(), bed.job(), NewJob { id: bed.job().id, ..limited }, bed.job(), bed.job()];
    let answer = bed.store.accept(&batch, AcceptRules { window: window(2), ..rules() }).await.unwrap();
    let publish: Vec<bool> =
        answer.iter().map(|accepted| format!("{:?}", accepted.outcome).contains("publish: true")).collect();
    assert_eq!(publish.iter().filter(|publish| **publish).count(), 2, "{answer:?}");
    assert!(answer.iter().zip(&publish).all(|(accepted, publish)| {
        !publish || batch.iter().any(|job| job.id == accepted.submitted && !job.limited)
    }));
}

#[tokio::test]
async fn a_claim_under_limits_answers_what_any_other_does() {
    let bed = Bed::new().await;
    let columns = async |name| -> BTreeSet<String> {
        let prepared = bed.sql.prepare(statement(name)).await.unwrap();
        prepared.columns().iter().map(|column| column.name().to_owned()).collect()
    };
    let mut expected = columns("jobs.claim").await;
    expected.insert("deferred".to_owned());
    assert_eq!(columns("jobs.claim_limited").await, expected);
}
