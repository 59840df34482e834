//! The installation's own delays between attempts: an exponential bound.

use std::time::Duration;

/// How much the bound grows with each attempt.
const GROWTH: u32 = 4;

/// The longest delay after each failure in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// After the first.
    pub base: Duration,
    /// After any.
    pub max: Duration,
}

impl Backoff {
    /// The longest delay after the `failures`-th failure in a row, from 1.
    pub(super) fn bound(self, failures: u32) -> Duration {
        let factor = GROWTH.saturating_pow(failures.saturating_sub(1));
        self.base.saturating_mul(factor).min(self.max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_grows_fourfold_up_to_the_cap() {
        let backoff = Backoff { base: Duration::from_secs(1), max: Duration::from_secs(600) };
        let bounds: Vec<u64> = (1..=7).map(|failures| backoff.bound(failures).as_secs()).collect();
        assert_eq!(bounds, [1, 4, 16, 64, 256, 600, 600]);
        assert_eq!(backoff.bound(u32::MAX), backoff.max);
    }
}
