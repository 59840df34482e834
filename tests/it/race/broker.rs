//! A broker in memory with the faults of a real one, at rates at which they happen all the time.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::RngExt as _;
use rand::rngs::StdRng;
use shared::domain::JobId;
use tests::report;

const NACKED: f64 = 0.05;
const CONFIRM_LOST: f64 = 0.20;
const DOUBLED: f64 = 0.15;
/// Confirmed and gone: a queue that was deleted, a disk that was replaced.
const BATCH_LOST: f64 = 0.03;

/// What a message says.
pub(super) type Message = (JobId, i32);

#[derive(Debug, Default)]
struct Counts {
    published: u64,
    nacked: u64,
    unconfirmed: u64,
    doubled: u64,
    lost: u64,
}

struct State {
    ready: Vec<Message>,
    random: StdRng,
    stormy: bool,
    counts: Counts,
}

pub(super) struct Broker {
    state: Mutex<State>,
}

impl Broker {
    pub(super) fn new(random: StdRng) -> Self {
        Self { state: Mutex::new(State { ready: Vec::new(), random, stormy: true, counts: Counts::default() }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on nothing goes wrong.
    pub(super) fn calm_down(&self) {
        self.state().stormy = false;
    }

    /// Takes messages in, and answers those that it confirms.
    pub(super) fn publish(&self, batch: &[Message]) -> Vec<Message> {
        let mut state = self.state();
        state.counts.published += batch.len() as u64;
        if state.happens(BATCH_LOST) {
            state.counts.lost += batch.len() as u64;
            return batch.to_vec();
        }
        batch.iter().copied().filter(|message| state.take_in(*message)).collect()
    }

    /// Hands out up to so many messages in no order.
    pub(super) fn take(&self, count: usize) -> Vec<Message> {
        let mut state = self.state();
        let mut taken = Vec::new();
        while taken.len() < count && !state.ready.is_empty() {
            let ready = state.ready.len();
            let place = state.random.random_range(0..ready);
            taken.push(state.ready.swap_remove(place));
        }
        taken
    }

    /// Puts back what a dead consumer had not acknowledged.
    pub(super) fn redeliver(&self, messages: Vec<Message>) {
        self.state().ready.extend(messages);
    }

    pub(super) fn ready(&self) -> usize {
        self.state().ready.len()
    }

    pub(super) fn print(&self) {
        report(format_args!("race: broker {:?}", self.state().counts));
    }
}

impl State {
    fn happens(&mut self, rate: f64) -> bool {
        self.stormy && self.random.random_bool(rate)
    }

    /// Whether the publisher hears a confirm.
    fn take_in(&mut self, message: Message) -> bool {
        if self.happens(NACKED) {
            self.counts.nacked += 1;
            return false;
        }
        self.ready.push(message);
        if self.happens(DOUBLED) {
            self.ready.push(message);
            self.counts.doubled += 1;
        }
        if self.happens(CONFIRM_LOST) {
            self.counts.unconfirmed += 1;
            return false;
        }
        true
    }
}
