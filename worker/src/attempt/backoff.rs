//! The delay before another attempt: full jitter over an exponential bound.

use std::time::Duration;

/// How much the bound grows with each attempt.
const GROWTH: u32 = 4;

/// The delay after the `failures`-th failure in a row (from 1): a share of `base * 4^(failures - 1)`, at most `max`.
/// `draw` is the share, 0 to 1; drawing it anywhere in the range keeps jobs that failed together from coming back
/// together.
pub(super) fn delay(failures: u32, base: Duration, max: Duration, draw: f64) -> Duration {
    let factor = GROWTH.saturating_pow(failures.saturating_sub(1));
    base.saturating_mul(factor).min(max).mul_f64(draw.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_secs(1);
    const MAX: Duration = Duration::from_secs(600);

    #[test]
    fn the_bound_grows_fourfold_up_to_the_cap() {
        let bounds: Vec<u64> = (1..=7).map(|n| delay(n, BASE, MAX, 1.0).as_secs()).collect();
        assert_eq!(bounds, [1, 4, 16, 64, 256, 600, 600]);
        assert_eq!(delay(u32::MAX, BASE, MAX, 1.0), MAX);
    }

    #[test]
    fn the_draw_picks_a_share_of_the_bound() {
        assert_eq!(delay(3, BASE, MAX, 0.0), Duration::ZERO);
        assert_eq!(delay(3, BASE, MAX, 0.5), Duration::from_secs(8));
    }
}
