//! Pauses between attempts that must not march in step.

use std::time::Duration;

/// Doubling pauses, each drawn from the upper half of its bound: many processes lose one broker at the same moment.
#[derive(Debug)]
pub(super) struct Backoff {
    min: Duration,
    max: Duration,
    bound: Duration,
}

impl Backoff {
    pub(super) fn new(min: Duration, max: Duration) -> Self {
        Self { min, max: max.max(min), bound: min }
    }

    /// The next pause.
    pub(super) fn next(&mut self) -> Duration {
        let bound = self.bound;
        self.bound = (bound * 2).min(self.max);
        bound.mul_f64(rand::random_range(0.5..=1.0))
    }

    /// The last attempt lasted: the next failure is a new one.
    pub(super) fn reset(&mut self) {
        self.bound = self.min;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_bound_and_start_over() {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_millis(350));
        for bound in [100, 200, 350, 350] {
            let pause = backoff.next();
            assert!(pause >= Duration::from_millis(bound / 2) && pause <= Duration::from_millis(bound), "{pause:?}");
        }
        backoff.reset();
        assert!(backoff.next() <= Duration::from_millis(100));
    }
}
