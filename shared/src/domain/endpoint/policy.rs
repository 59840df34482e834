//! What an operator can say about an endpoint's attempts.

use std::time::Duration;

use crate::domain::FailureCode;

/// Attempts that failures may use up, unless the endpoint says otherwise.
pub const DEFAULT_ATTEMPTS: u16 = 5;
/// Wall-clock bound of one attempt, unless the endpoint says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(600);
/// The longest bound of an attempt on a lane whose messages are acknowledged at the end: the broker takes a message back
/// that is not acknowledged for 30 minutes, and closes its channel.
pub const TIMEOUT_BUT_LONG: Duration = Duration::from_secs(25 * 60);
/// The longest bound of any attempt: a day.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(86_400);

/// What happens after a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts that failures may use up; crashes of workers and drains are not counted.
    pub attempts: u16,
    /// Longest delay after the first failure, the second and so on; the last one repeats. The delay is drawn between
    /// nothing and this. Empty: the installation's own schedule.
    pub schedule: Vec<Duration>,
    /// The failures that are tried again; `None`: those that may pass by themselves ([`FailureCode::class`]).
    pub codes: Option<Vec<FailureCode>>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts: DEFAULT_ATTEMPTS, schedule: Vec::new(), codes: None }
    }
}

/// How many jobs may run at the same time, in the whole fleet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Concurrency {
    /// Of the endpoint; `None`: as many as there are slots.
    pub total: Option<u32>,
    /// Of one organization at the endpoint; `None`: as many as of the endpoint.
    pub per_organization: Option<u32>,
}

impl Concurrency {
    /// Whether there is any limit.
    #[must_use]
    pub const fn is_limited(self) -> bool {
        self.total.is_some() || self.per_organization.is_some()
    }
}

/// A set of HTTP status codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusSet(Vec<(u16, u16)>);

impl StatusSet {
    /// The set of these inclusive ranges.
    #[must_use]
    pub const fn of_ranges(ranges: Vec<(u16, u16)>) -> Self {
        Self(ranges)
    }

    /// Whether the code is in it.
    #[must_use]
    pub fn contains(&self, status: u16) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&status))
    }
}

/// Status codes that say: not now (RFC 9110 §15.5.9, §15.6; RFC 8470 §5.2; RFC 6585 §4).
impl Default for StatusSet {
    fn default() -> Self {
        Self(vec![(408, 408), (425, 425), (429, 429), (500, 599)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_codes_that_may_pass_are_known() {
        let set = StatusSet::default();
        assert!([408, 425, 429, 500, 503, 599].into_iter().all(|status| set.contains(status)));
        assert!(![200, 302, 400, 404, 409, 422, 600].into_iter().any(|status| set.contains(status)));
    }
}
