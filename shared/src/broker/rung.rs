//! Retry rungs: queues that keep a message for a fixed time and then give it back to its lane.
//!
//! One queue for each delay, because a queue only looks at its head: a message that is due stays behind one that is not.

use std::time::Duration;

/// How long a message waits in the broker before it is back in its lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rung {
    /// One second.
    One,
    /// Five seconds.
    Five,
    /// Thirty seconds.
    Thirty,
}

impl Rung {
    /// Every rung, the shortest first.
    pub const ALL: [Self; 3] = [Self::One, Self::Five, Self::Thirty];

    /// The exchange to publish to, and the queue behind it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "jobs.retry.1s",
            Self::Five => "jobs.retry.5s",
            Self::Thirty => "jobs.retry.30s",
        }
    }

    /// How long a message stays.
    #[must_use]
    pub const fn delay(self) -> Duration {
        match self {
            Self::One => Duration::from_secs(1),
            Self::Five => Duration::from_secs(5),
            Self::Thirty => Duration::from_secs(30),
        }
    }

    /// The longest rung that is not longer than this delay. The rest of the delay has to be waited for before.
    #[must_use]
    pub fn within(delay: Duration) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|rung| rung.delay() <= delay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_served_by_the_longest_rung_that_it_has_room_for() {
        let within = |ms| Rung::within(Duration::from_millis(ms));
        assert_eq!([within(0), within(999)], [None, None]);
        assert_eq!([within(1_000), within(4_999)], [Some(Rung::One); 2]);
        assert_eq!([within(5_000), within(29_999)], [Some(Rung::Five); 2]);
        assert_eq!([within(30_000), within(3_600_000)], [Some(Rung::Thirty); 2]);
    }

    #[test]
    fn a_rung_is_named_after_its_delay() {
        for rung in Rung::ALL {
            assert_eq!(rung.name(), format!("jobs.retry.{}s", rung.delay().as_secs()));
        }
    }
}
