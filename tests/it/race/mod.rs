//! The race: everybody who changes jobs at once, over a broker that loses, doubles and reorders, with workers that die
//! and come back late. Then the faults stop, the rest drains, and a recorded history is held against the machine.
//!
//! `RACE_SECONDS` and `RACE_SEED` change a run; the seed decides what each actor tries, not how they interleave.

mod actors;
mod broker;
mod history;
mod ledger;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rand::SeedableRng as _;
use rand::rngs::StdRng;
use shared::domain::{JobId, OrganizationId};
use shared::store::Store;
use tests::{audit, eventually, number, report};

use crate::bed::Bed;
use broker::Broker;
use ledger::Ledger;

const SECONDS: u64 = 60;
/// Time for everything to end once the faults have stopped.
const DRAIN_BOUND: Duration = Duration::from_secs(60);
const LEASE: Duration = Duration::from_millis(300);
const MAX_CRASHES: i32 = 5;
const ORGANIZATIONS: usize = 4;

/// What a run of half the usual length or more cannot have missed.
const HAPPENINGS: [&str; 14] = [
    "accepted",
    "replayed",
    "mismatched",
    "batches sent twice",
    "relayed",
    "crashes",
    "fenced",
    "rescued",
    "released",
    "expired",
    "sent again",
    "cancelled",
    "retried by the client",
    "stops noted",
];

/// What all actors share.
struct Race {
    store: Store,
    broker: Broker,
    ledger: Ledger,
    organizations: Vec<OrganizationId>,
    /// Cleared when the faults stop: nothing is submitted, cancelled or broken any more.
    stormy: AtomicBool,
    /// Cleared when everything has ended.
    running: AtomicBool,
}

impl Race {
    fn is_stormy(&self) -> bool {
        self.stormy.load(Ordering::Relaxed)
    }

    fn is_running(&self) -> bool {
        self.running.load(Ordering::Relaxed)
    }

    /// Sends a batch and notes what was confirmed, as the api's fast path and the relay do.
    async fn dispatch(&self, batch: &[(JobId, i32)]) {
        let confirmed = self.broker.publish(batch);
        if !confirmed.is_empty() {
            self.ledger.judge("stamp", self.store.stamp(&confirmed).await);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_ends_twice() {
    let seconds = number("RACE_SECONDS").unwrap_or(SECONDS);
    let seed = number("RACE_SEED").unwrap_or_else(rand::random);
    report(format_args!("race: RACE_SEED={seed} RACE_SECONDS={seconds}"));
    let bed = Bed::new().await;
    history::record(&bed).await;
    let mut organizations = Vec::new();
    for index in 0..ORGANIZATIONS {
        organizations.push(bed.organization(&format!("organization-{index}")).await);
    }
    let race = Arc::new(Race {
        store: bed.database.store_of(24),
        broker: Broker::new(StdRng::seed_from_u64(seed)),
        ledger: Ledger::default(),
        organizations,
        stormy: AtomicBool::new(true),
        running: AtomicBool::new(true),
    });
    let actors = actors::start(&race, seed);

    tokio::time::sleep(Duration::from_secs(seconds)).await;
    race.stormy.store(false, Ordering::Relaxed);
    race.broker.calm_down();
    let calm = Instant::now();
    eventually("every job to end once the faults have stopped", DRAIN_BOUND, async || {
        audit::unfinished(&bed.sql).await.is_empty().then_some(())
    })
    .await;
    let drained = calm.elapsed();
    race.running.store(false, Ordering::Relaxed);
    for actor in actors {
        actor.await.unwrap();
    }

    race.ledger.print();
    race.broker.print();
    report(format_args!("race: drained {:.1} s after the faults stopped", drained.as_secs_f64()));
    if seconds >= SECONDS / 2 {
        race.ledger.assert_happened(&HAPPENINGS);
    }
    history::check(&bed).await;
    race.ledger.check(&bed).await;
    bed.assert_sound().await;
}
