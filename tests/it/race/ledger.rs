//! What the actors were told, for comparison with what is stored.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rand::RngExt as _;
use rand::rngs::StdRng;
use shared::domain::{JobId, OrganizationId};
use shared::store::StoreError;
use shared::store::jobs::AcceptOutcome;
use tests::report;

use crate::bed::Bed;

/// Failures that are kept in words.
const ERRORS_KEPT: usize = 10;

/// One answer to one keyed submit.
struct KeyedAnswer {
    organization: OrganizationId,
    key: String,
    hash: u8,
    submitted: JobId,
    outcome: AcceptOutcome,
}

#[derive(Default)]
struct Books {
    accepted: Vec<(OrganizationId, JobId)>,
    keyed: Vec<KeyedAnswer>,
    counts: BTreeMap<&'static str, u64>,
    errors: Vec<String>,
}

#[derive(Default)]
pub(super) struct Ledger {
    books: Mutex<Books>,
}

impl Ledger {
    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn count(&self, what: &'static str, many: usize) {
        *self.books().counts.entry(what).or_default() += many as u64;
    }

    /// Keeps a value, or notes that a call failed: no call may, because conflicts are retried inside the store.
    pub(super) fn judge<T>(&self, call: &'static str, answer: Result<T, StoreError>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(error) => {
                let mut books = self.books();
                *books.counts.entry("calls failed").or_default() += 1;
                if books.errors.len() < ERRORS_KEPT {
                    books.errors.push(format!("{call}: {error:?}"));
                }
                None
            }
        }
    }

    pub(super) fn note(
        &self,
        organization: OrganizationId,
        key: Option<(String, u8)>,
        submitted: JobId,
        outcome: AcceptOutcome,
    ) {
        let mut books = self.books();
        if matches!(outcome, AcceptOutcome::Accepted { .. }) {
            books.accepted.push((organization, submitted));
        }
        if let Some((key, hash)) = key {
            books.keyed.push(KeyedAnswer { organization, key, hash, submitted, outcome });
        }
    }

    /// Any job that was accepted.
    pub(super) fn any(&self, random: &mut StdRng) -> Option<(OrganizationId, JobId)> {
        let books = self.books();
        // Young ones are open more often.
        let young = books.accepted.len().saturating_sub(2_000);
        (!books.accepted.is_empty()).then(|| books.accepted[random.random_range(young..books.accepted.len())])
    }

    pub(super) fn print(&self) {
        let books = self.books();
        report(format_args!(
            "race: {} answers of accepted, {} to keyed submits",
            books.accepted.len(),
            books.keyed.len()
        ));
        for (what, many) in &books.counts {
            report(format_args!("race: {what}: {many}"));
        }
    }

    /// What was to be raced did happen: a race in which nobody was fenced shows nothing about fencing.
    pub(super) fn assert_happened(&self, what: &[&str]) {
        let books = self.books();
        for what in what {
            assert!(books.counts.get(what).is_some_and(|many| *many > 0), "this race saw no {what}");
        }
    }

    /// Every 2xx has its job, every job its 2xx, every key one job; no call failed.
    pub(super) async fn check(&self, bed: &Bed) {
        let rows = bed.sql.query("select id from jobs", &[]).await.unwrap();
        let stored: HashSet<JobId> = rows.iter().map(|row| JobId::from_uuid(row.get(0))).collect();
        let rows = bed
            .sql
            .query("select organization_id, key, request_hash, job_id from idempotency_keys", &[])
            .await
            .unwrap();
        let keys: HashMap<(OrganizationId, String), (u8, JobId)> = rows
            .iter()
            .map(|row| {
                let key = (OrganizationId::from_uuid(row.get(0)), row.get(1));
                (key, (row.get::<_, &[u8]>(2)[0], JobId::from_uuid(row.get(3))))
            })
            .collect();
        let books = self.books();
        assert!(books.errors.is_empty(), "calls failed:\n{}", books.errors.join("\n"));
        let accepted: HashSet<JobId> = books.accepted.iter().map(|(_, job)| *job).collect();
        let lost = accepted.difference(&stored).count();
        let unannounced = stored.difference(&accepted).count();
        assert_eq!((lost, unannounced), (0, 0), "jobs accepted but not stored, and the reverse");
        let mut wrong = 0;
        for answer in &books.keyed {
            let Some((hash, job)) = keys.get(&(answer.organization, answer.key.clone())).copied() else {
                wrong += 1;
                continue;
            };
            let right = match answer.outcome {
                AcceptOutcome::Accepted { .. } => job == answer.submitted && hash == answer.hash,
                AcceptOutcome::Replayed(other) => job == other && hash == answer.hash,
                AcceptOutcome::Mismatch(other) => job == other && hash != answer.hash,
                // No job of the race chooses a name.
                AcceptOutcome::NameTaken(_) => false,
                AcceptOutcome::Unseen => true,
            };
            wrong += i32::from(!right);
        }
        assert_eq!(wrong, 0, "answers to keyed submits that contradict the table of keys");
        report(format_args!("race: {} jobs, {} keys, 0 lost, 0 unannounced", stored.len(), keys.len()));
    }
}
