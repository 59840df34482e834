//! Who takes part: submitters, relays, workers, a client who cancels and retries, rescuers, a sweeper.

use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use shared::domain::{Event, JobId, Lease, OrganizationId, Status, apply};
use shared::store::Limits;
use shared::store::jobs::{
    AcceptOutcome, AcceptRules, Body, CancelOutcome, Claimed, Ended, NewJob, Record, RetryOutcome, RetryRules, Stopped,
};
use shared::store::outbox::{RelayRules, ResendRules, Window};
use shared::store::workers::Presence;
use tokio::task::JoinHandle;

use super::{LEASE, MAX_CRASHES, Race};
use crate::bed::{DAY, LANE, claim_of, completed, failed, finish_rules, idempotency, retried, retry_rules, window};

const CRASHES: f64 = 0.08;
const COMES_LATE: f64 = 0.05;
const RELEASES: f64 = 0.04;
/// Messages in the broker above which submitters pause.
const BACKLOG: usize = 400;
/// Keys that are in use at a time; each is tried many times, by both submitters.
const KEYS: u64 = 60;
const WINDOW: Window = window(200);
const HOLD: Duration = Duration::from_millis(400);
const RESEND: ResendRules =
    ResendRules { overtaken_after: Duration::from_secs(3), settled_after: Duration::from_millis(700), limit: 200 };
const EMPTY_LANE: usize = 5;

pub(super) fn start(race: &Arc<Race>, seed: u64) -> Vec<JoinHandle<()>> {
    let mut number = 0;
    let mut random = || {
        number += 1;
        StdRng::seed_from_u64(seed.wrapping_add(number))
    };
    let mut actors = Vec::new();
    for _ in 0..2 {
        actors.push(tokio::spawn(submit(Arc::clone(race), random())));
        actors.push(tokio::spawn(relay(Arc::clone(race), random())));
        actors.push(tokio::spawn(rescue(Arc::clone(race), random())));
    }
    for index in 0..4 {
        actors.push(tokio::spawn(work(Arc::clone(race), format!("worker-{index}"), random())));
    }
    actors.push(tokio::spawn(change_mind(Arc::clone(race), random())));
    actors.push(tokio::spawn(sweep(Arc::clone(race))));
    actors
}

/// The pace of an actor, not a synchronisation: how long it does something else.
async fn pause(random: &mut StdRng, millis: std::ops::Range<u64>) {
    tokio::time::sleep(Duration::from_millis(random.random_range(millis))).await;
}

async fn submit(race: Arc<Race>, mut random: StdRng) {
    let mut round = 0;
    while race.is_stormy() {
        if race.broker.ready() > BACKLOG {
            pause(&mut random, 10..30).await;
            continue;
        }
        round += 1;
        let batch: Vec<NewJob> = (0..random.random_range(1..16)).map(|_| new_job(&race, round, &mut random)).collect();
        // A few jobs whose time is over before they can start.
        let retention = if random.random_bool(0.03) { Duration::from_millis(200) } else { 2 * DAY };
        let rules = AcceptRules { retention, window: WINDOW, hold: HOLD };
        let mut answer = race.ledger.judge("accept", race.store.accept(&batch, rules).await);
        if random.random_bool(0.05) {
            // As after a connection that ended before the answer.
            answer = race.ledger.judge("accept again", race.store.accept(&batch, rules).await);
            race.ledger.count("batches sent twice", 1);
        }
        let mut publish = Vec::new();
        for accepted in answer.into_iter().flatten() {
            let job = batch.iter().find(|job| job.id == accepted.submitted).unwrap();
            let key = job.idempotency.as_ref().map(|key| (key.key.clone(), key.request_hash[0]));
            if matches!(accepted.outcome, AcceptOutcome::Accepted { publish: true, .. }) {
                publish.push((job.id, 1));
            }
            race.ledger.count(word(&accepted.outcome), 1);
            race.ledger.note(job.organization, key, job.id, accepted.outcome);
        }
        race.dispatch(&publish).await;
        pause(&mut random, 1..10).await;
    }
}

const fn word(outcome: &AcceptOutcome) -> &'static str {
    match outcome {
        AcceptOutcome::Accepted { .. } => "accepted",
        AcceptOutcome::Replayed(_) => "replayed",
        AcceptOutcome::Mismatch(_) => "mismatched",
        AcceptOutcome::NameTaken(_) => "name taken",
        AcceptOutcome::Unseen => "unseen",
    }
}

fn new_job(race: &Race, round: u64, random: &mut StdRng) -> NewJob {
    let organization = race.organizations[random.random_range(0..race.organizations.len())];
    let key = random.random_bool(0.4).then(|| {
        // The set of keys moves on slowly, so that keys are met both fresh and used.
        let key = round / 4 + random.random_range(0..KEYS);
        idempotency(&key.to_string(), if random.random_bool(0.1) { 2 } else { 1 })
    });
    NewJob {
        id: JobId::generate(race.store.clock().unix_millis()),
        organization,
        endpoint: "/v1/documents/parse".into(),
        lane: LANE,
        limited: false,
        max_attempts: 3,
        idempotency: key,
        request: Body::in_row(b"compressed".to_vec(), 10),
        metadata: None,
        record: Record::default(),
        extraction_id: None,
        traceparent: None,
        delay: Duration::ZERO,
        run_at: None,
    }
}

async fn relay(race: Arc<Race>, mut random: StdRng) {
    let rules = RelayRules { window: WINDOW, batch: 100, hold: HOLD };
    while race.is_running() {
        let taken =
            race.ledger.judge("relay", race.store.relay(LANE, rules, &Limits::default()).await).unwrap_or_default();
        let batch: Vec<(JobId, i32)> = taken.iter().map(|dispatch| (dispatch.job, dispatch.seq)).collect();
        race.ledger.count("relayed", batch.len());
        race.dispatch(&batch).await;
        pause(&mut random, 10..40).await;
    }
}

async fn work(race: Arc<Race>, name: String, mut random: StdRng) {
    while race.is_running() {
        let messages = race.broker.take(random.random_range(1..=12));
        if messages.is_empty() {
            pause(&mut random, 2..8).await;
            continue;
        }
        let claims: Vec<_> = messages.iter().map(|(job, seq)| claim_of(*job, *seq)).collect();
        let claimed = race.ledger.judge("claim", race.store.claim(&claims, &name, LEASE).await).unwrap_or_default();
        race.ledger.count("claimed", claimed.len());
        if race.is_stormy() && random.random_bool(CRASHES) {
            // Dead: what it held is forgotten, its messages come again.
            race.broker.redeliver(messages);
            race.ledger.count("crashes", 1);
            continue;
        }
        let through = claimed.iter().filter_map(|claimed| claimed.published_at).max();
        if let Some(at) = through {
            let presence = Presence {
                id: &name,
                version: "race",
                roles: &["execute"],
                slots: &[(LANE, 12)],
                in_flight: 0,
                claimed_through: &[(LANE, at)],
            };
            race.ledger.judge("seen", race.store.worker_seen(&presence).await);
        }
        run(&race, &name, claimed, &mut random).await;
    }
}

/// Runs what was claimed: some of it too long, some of it given back.
async fn run(race: &Race, name: &str, claimed: Vec<Claimed>, random: &mut StdRng) {
    let leases: Vec<Lease> = claimed.iter().map(|claimed| claimed.lease).collect();
    pause(random, 0..30).await;
    if race.is_stormy() && random.random_bool(COMES_LATE) {
        tokio::time::sleep(LEASE + LEASE / 2).await;
        race.ledger.count("late finishes", leases.len());
    } else if random.random_bool(0.5) {
        race.ledger.judge("heartbeat", race.store.renew(&leases, LEASE).await);
        pause(random, 0..30).await;
    }
    if race.is_stormy() && random.random_bool(RELEASES) {
        let released = race.ledger.judge("release", race.store.release(&leases).await).unwrap_or_default();
        race.ledger.count("released", released.len());
        return;
    }
    let mut ends: Vec<Ended> = leases.iter().map(|lease| end_of(*lease, race.is_stormy(), random)).collect();
    // A batch arrives in the order in which attempts end, which is any.
    ends.reverse();
    let finished = race.ledger.judge("finish", race.store.finish(&ends, finish_rules()).await).unwrap_or_default();
    race.ledger.count("finished", finished.len());
    race.ledger.count("fenced", ends.len() - finished.len());
    for fenced in claimed.iter().filter(|claimed| !finished.iter().any(|done| done.job == claimed.lease.job)) {
        match race.ledger.judge("stopped", race.store.stopped(fenced, name).await) {
            Some(Stopped::Noted) => race.ledger.count("stops noted", 1),
            Some(Stopped::Awaited) => race.ledger.count("stops awaited", 1),
            Some(Stopped::NotCancelled) | None => {}
        }
    }
}

fn end_of(lease: Lease, stormy: bool, random: &mut StdRng) -> Ended {
    match random.random_range(0..100) {
        0..8 => failed(lease),
        8..25 if stormy => retried(lease, Duration::from_millis(random.random_range(0..300))),
        _ => completed(lease),
    }
}

async fn change_mind(race: Arc<Race>, mut random: StdRng) {
    while race.is_stormy() {
        let Some((organization, job)) = race.ledger.any(&mut random) else {
            pause(&mut random, 5..20).await;
            continue;
        };
        if random.random_bool(0.5) {
            cancel(&race, organization, job).await;
        } else {
            retry(&race, organization, job, &mut random).await;
        }
        pause(&mut random, 0..4).await;
    }
}

async fn cancel(race: &Race, organization: OrganizationId, job: JobId) {
    let outcome = race.ledger.judge("cancel", race.store.cancel(organization, job).await);
    let what = match outcome {
        Some(CancelOutcome::Cancelled(_)) => "cancelled",
        Some(CancelOutcome::Settled(_)) => "cancel: settled",
        Some(CancelOutcome::Overtaken(_)) => "cancel: overtaken",
        Some(CancelOutcome::NotFound) => "cancel: not found",
        None => return,
    };
    race.ledger.count(what, 1);
}

async fn retry(race: &Race, organization: OrganizationId, job: JobId, random: &mut StdRng) {
    let rules = RetryRules {
        stop_grace: Duration::from_millis(random.random_range(0..100)),
        repeat: Duration::from_millis(random.random_range(0..100)),
        window: WINDOW,
        hold: HOLD,
        ..retry_rules(2 * DAY)
    };
    let outcome = race.ledger.judge("user retry", race.store.user_retry(organization, job, rules).await);
    let what = match &outcome {
        Some(RetryOutcome::Queued(requeued)) => {
            if requeued.publish {
                race.dispatch(&[(job, requeued.seq)]).await;
            }
            "retried by the client"
        }
        Some(RetryOutcome::Repeated) => "retry: repeated",
        Some(RetryOutcome::Settled(status)) if apply(*status, Event::UserRetried).is_err() => "retry: settled",
        Some(RetryOutcome::Overtaken(_)) => "retry: overtaken",
        Some(RetryOutcome::NotFound | RetryOutcome::Purged | RetryOutcome::Settled(_)) => "retry: wrong answer",
        None => return,
    };
    assert_ne!(what, "retry: wrong answer", "{job}: {outcome:?}");
    race.ledger.count(what, 1);
}

async fn rescue(race: Arc<Race>, mut random: StdRng) {
    while race.is_running() {
        let rescued = race.ledger.judge("rescue", race.store.rescue_expired(50, MAX_CRASHES).await).unwrap_or_default();
        race.ledger.count("rescued", rescued.len());
        let capped = rescued.iter().filter(|rescued| rescued.status == Status::Failed).count();
        race.ledger.count("lost for good", capped);
        pause(&mut random, 10..60).await;
    }
}

async fn sweep(race: Arc<Race>) {
    while race.is_running() {
        let empty = race.broker.ready() < EMPTY_LANE;
        let again = race.ledger.judge("resend", race.store.resend(LANE, empty, RESEND).await).unwrap_or_default();
        race.ledger.count("sent again", again);
        let expired = race.ledger.judge("expire", race.store.expire(100).await).unwrap_or_default();
        race.ledger.count("expired", expired.len());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
