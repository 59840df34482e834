//! Noticing that an upstream does not work: it has failed several jobs one after the other. One job that fails again and
//! again says nothing about it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::domain::JobId;

/// For each upstream, by its origin, the jobs that it has failed since it answered last.
#[derive(Debug)]
pub(super) struct Detector {
    enough: usize,
    failed: Mutex<HashMap<String, HashSet<JobId>>>,
}

impl Detector {
    /// So many jobs in a row are enough.
    pub(super) fn new(enough: usize) -> Self {
        Self { enough, failed: Mutex::default() }
    }

    fn jobs(&self) -> MutexGuard<'_, HashMap<String, HashSet<JobId>>> {
        // A panic between two operations leaves sets that are still whole.
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The upstream has answered.
    pub(super) fn answered(&self, origin: &str) {
        self.jobs().remove(origin);
    }

    /// The upstream has failed a job; `true` when that is enough. It is until the upstream answers.
    pub(super) fn failed(&self, origin: &str, job: JobId) -> bool {
        let mut failed = self.jobs();
        let jobs = failed.entry(origin.to_owned()).or_default();
        if jobs.len() < self.enough {
            jobs.insert(job);
        }
        jobs.len() >= self.enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_several_jobs_in_a_row_say_that_an_upstream_does_not_work() {
        let detector = Detector::new(3);
        let [one, two, three] = [1, 2, 3].map(JobId::generate);
        assert!(!(0..100).any(|_| detector.failed("http://a", one)));
        assert!(!detector.failed("http://a", two));
        assert!(!detector.failed("http://b", three));
        detector.answered("http://a");
        assert_eq!([one, two, three].map(|job| detector.failed("http://a", job)), [false, false, true]);
        assert!(detector.failed("http://a", one));
        assert!(!detector.failed("http://b", two));
    }
}
