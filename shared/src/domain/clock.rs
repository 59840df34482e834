//! Time as an argument. One place reads the machine's clock; everything else is given a [`Clock`] or an instant.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// The machine's clock, corrected to the database's.
///
/// Ids carry a creation time and are compared between processes, so a process whose clock is wrong would sort its jobs
/// wrongly. Whoever can ask the database calls [`Clock::correct`] from time to time.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    offset_millis: Arc<AtomicI64>,
}

impl Clock {
    /// Skew beyond which a process must not call itself ready (docs/architecture.md, "Ids").
    pub const MAX_SKEW: Duration = Duration::from_secs(5);

    /// Now, in database time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        let offset = self.offset_millis.load(Ordering::Relaxed);
        let shift = Duration::from_millis(offset.unsigned_abs());
        if offset >= 0 { machine_now() + shift } else { machine_now() - shift }
    }

    /// Now in milliseconds since 1970, in database time: what ids are generated from.
    #[must_use]
    pub fn unix_millis(&self) -> u64 {
        unix_millis(self.now())
    }

    /// Notes that the database's clock showed `database` when the machine's showed `machine`.
    pub fn correct(&self, database: SystemTime, machine: SystemTime) {
        let offset = match database.duration_since(machine) {
            Ok(ahead) => i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX),
            Err(behind) => -i64::try_from(behind.duration().as_millis()).unwrap_or(i64::MAX),
        };
        self.offset_millis.store(offset, Ordering::Relaxed);
    }

    /// How far the machine's clock is from the database's.
    #[must_use]
    pub fn skew(&self) -> Duration {
        Duration::from_millis(self.offset_millis.load(Ordering::Relaxed).unsigned_abs())
    }

    /// The machine's own clock, for measuring its distance from the database's.
    #[must_use]
    pub fn machine_now() -> SystemTime {
        machine_now()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one reader of the machine's clock")]
fn machine_now() -> SystemTime {
    SystemTime::now()
}

/// Whole milliseconds since 1970; 0 for an instant before it.
#[must_use]
pub fn unix_millis(at: SystemTime) -> u64 {
    at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// Whole seconds since 1970, the unit of every time on the wire (contract A.4).
#[must_use]
pub fn unix_seconds(at: SystemTime) -> i64 {
    i64::try_from(unix_millis(at) / 1000).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corrected_clock_follows_the_database() {
        let clock = Clock::default();
        let machine = Clock::machine_now();
        clock.correct(machine + Duration::from_secs(30), machine);
        assert_eq!(clock.skew(), Duration::from_secs(30));
        assert!(clock.now() >= machine + Duration::from_secs(30));
        clock.correct(machine - Duration::from_secs(30), machine);
        assert_eq!(clock.skew(), Duration::from_secs(30));
        assert!(clock.now() < machine);
    }
}
