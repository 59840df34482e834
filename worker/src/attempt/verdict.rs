//! What a failure means for the job: its end, or another attempt and when.

use std::time::Duration;

use shared::domain::{Failure, FailureClass, RetryPolicy};
use shared::store::jobs::{Again, Outcome};

use super::Backoff;

/// Jobs that were told the same time come back spread over this much of it, and over no less than [`SPREAD_MIN`].
const SPREAD: f64 = 0.1;
const SPREAD_MIN: Duration = Duration::from_secs(1);

/// By what a failure is judged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'a> {
    /// The endpoint's; `None` when this worker does not know the endpoint.
    pub(super) policy: Option<&'a RetryPolicy>,
    /// Where the policy has no schedule.
    pub(super) backoff: Backoff,
    /// Attempts of the budget that are used, the failed one included.
    pub(super) budget_used: i32,
}

/// Shares, 0 to 1, drawn anew for each failure.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draws {
    /// Of the longest delay.
    pub(super) delay: f64,
    /// Of the spread behind a time that the failure names.
    pub(super) spread: f64,
}

impl Draws {
    pub(super) fn random() -> Self {
        Self { delay: rand::random(), spread: rand::random() }
    }
}

/// What is to be recorded of an attempt that failed so. Whether the budget allows another attempt is decided where the
/// counts are.
pub(super) fn verdict(failure: Failure, rules: Rules<'_>, draws: Draws) -> Outcome {
    if is_tried_again(&failure, rules.policy) {
        let after = delay(&failure, rules, draws);
        let hurry = failure.retry_after.is_none();
        Outcome::Retried(failure, Again { after, hurry })
    } else {
        Outcome::Failed(failure)
    }
}

/// The endpoint's codes stand above the classes of codes, but not above an executor that says of this one failure that
/// nothing can mend it.
fn is_tried_again(failure: &Failure, policy: Option<&RetryPolicy>) -> bool {
    let hopeless = failure.class == FailureClass::Permanent && failure.code.class() == FailureClass::Transient;
    match policy.and_then(|policy| policy.codes.as_ref()) {
        Some(codes) => codes.contains(&failure.code) && !hopeless,
        None => failure.class == FailureClass::Transient,
    }
}

/// A share of the longest delay, drawn anywhere in it, which keeps jobs that failed together from coming back together;
/// but never before the time that the failure names.
fn delay(failure: &Failure, rules: Rules<'_>, draws: Draws) -> Duration {
    let failures = u32::try_from(rules.budget_used).unwrap_or(1).max(1);
    let schedule = rules.policy.map_or(&[][..], |policy| &policy.schedule);
    let scheduled = schedule.get(failures as usize - 1).or_else(|| schedule.last());
    let bound = scheduled.copied().unwrap_or_else(|| rules.backoff.bound(failures));
    let drawn = bound.mul_f64(draws.delay.clamp(0.0, 1.0));
    match failure.retry_after {
        None => drawn,
        Some(time) => {
            let spread = time.mul_f64(SPREAD).max(SPREAD_MIN);
            drawn.max(time) + spread.mul_f64(draws.spread.clamp(0.0, 1.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::domain::FailureCode;

    use super::*;

    const BACKOFF: Backoff = Backoff { base: Duration::from_secs(1), max: Duration::from_secs(600) };
    const MOST: Draws = Draws { delay: 1.0, spread: 1.0 };
    const LEAST: Draws = Draws { delay: 0.0, spread: 0.0 };

    fn judge(failure: Failure, policy: Option<&RetryPolicy>, budget_used: i32, draws: Draws) -> Option<Duration> {
        match verdict(failure, Rules { policy, backoff: BACKOFF, budget_used }, draws) {
            Outcome::Retried(_, again) => Some(again.after),
            Outcome::Failed(_) => None,
            other => panic!("{other:?}"),
        }
    }

    fn failure(code: FailureCode) -> Failure {
        Failure::new(code, "a failure")
    }

    #[test]
    fn what_may_pass_is_tried_again_after_a_share_of_a_growing_delay() {
        let timed_out = || failure(FailureCode::AttemptTimedOut);
        let seconds = |used, draws| judge(timed_out(), None, used, draws).unwrap().as_secs();
        assert_eq!([1, 2, 3].map(|used| seconds(used, MOST)), [1, 4, 16]);
        assert_eq!(seconds(3, Draws { delay: 0.5, ..LEAST }), 8);
        assert_eq!(seconds(3, LEAST), 0);
        // A count that cannot be is no reason to fall over.
        assert_eq!(seconds(-1, MOST), 1);
        assert_eq!(judge(failure(FailureCode::DocumentInvalid), None, 1, MOST), None);
        assert_eq!(judge(timed_out().of_class(FailureClass::Permanent), None, 1, MOST), None);
    }

    #[test]
    fn an_endpoints_schedule_bounds_the_delays_and_its_last_one_repeats() {
        let schedule = [2, 3, 700].map(Duration::from_secs).to_vec();
        let policy = RetryPolicy { schedule, ..RetryPolicy::default() };
        let bounds = [1, 2, 3, 4, 40]
            .map(|used| judge(failure(FailureCode::UpstreamError), Some(&policy), used, MOST).unwrap().as_secs());
        assert_eq!(bounds, [2, 3, 700, 700, 700]);
    }

    #[test]
    fn an_endpoints_codes_stand_above_classes_but_not_above_an_executor_that_knows_better() {
        let codes = Some(vec![FailureCode::UpstreamRejected, FailureCode::UpstreamOverloaded]);
        let policy = RetryPolicy { codes, ..RetryPolicy::default() };
        let tried = |failure| judge(failure, Some(&policy), 1, MOST).is_some();
        assert!(tried(failure(FailureCode::UpstreamRejected)));
        assert!(tried(failure(FailureCode::UpstreamOverloaded)));
        assert!(!tried(failure(FailureCode::UpstreamError)));
        assert!(!tried(failure(FailureCode::UpstreamOverloaded).of_class(FailureClass::Permanent)));
    }

    #[test]
    fn a_time_that_the_failure_names_is_never_undercut_and_spread_behind() {
        let after = |seconds, draws| {
            let failure = failure(FailureCode::UpstreamOverloaded).with_retry_after(Duration::from_secs(seconds));
            judge(failure, None, 2, draws).unwrap()
        };
        assert_eq!(after(7, LEAST), Duration::from_secs(7));
        assert_eq!(after(7, MOST), Duration::from_secs(8));
        assert_eq!(after(1000, Draws { delay: 1.0, spread: 0.0 }), Duration::from_secs(1000));
        assert_eq!(after(1000, MOST), Duration::from_secs(1100));
        // A delay that was drawn beyond it stays.
        assert_eq!(after(1, Draws { delay: 1.0, spread: 0.0 }), Duration::from_secs(4));
        assert_eq!(after(0, LEAST), Duration::ZERO);
    }
}
