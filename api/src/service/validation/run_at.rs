//! The earliest time that a client wants its job to run at.

use std::time::{Duration, SystemTime};

use chrono::DateTime;
use serde_json::Value;

use super::Violation;

const PATH: &str = "$.run_at";
/// How long ago a time may be and still mean now: the request took a while, or the client's clock is slow.
const MAX_LATE: Duration = Duration::from_secs(60);

/// What a time is measured by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    /// Database time.
    pub(crate) now: SystemTime,
    /// How far ahead a time may be: a job that waits longer than its data is kept could never run.
    pub(crate) ahead: Duration,
}

/// The time that is meant by a member of the body; `null` is none.
pub(super) fn parse(value: &Value) -> Result<Option<SystemTime>, Violation> {
    let no_time = || {
        let message = "must be a date and time of RFC 3339 with its offset, or whole seconds since 1970, or null";
        Violation::new(PATH, "format", message)
    };
    match value {
        Value::Null => Ok(None),
        Value::String(text) => {
            let time = DateTime::parse_from_rfc3339(text).map_err(|_| no_time().with_size(text.chars().count()))?;
            Ok(Some(time.into()))
        }
        Value::Number(number) => {
            let seconds = number.as_i64().ok_or_else(no_time)?;
            Ok(Some(DateTime::from_timestamp(seconds, 0).ok_or_else(no_time)?.into()))
        }
        _ => Err(no_time()),
    }
}

/// The bound that a time is beyond, if it is.
pub(super) fn beyond(at: SystemTime, schedule: Schedule) -> Option<Violation> {
    let seconds = |limit: Duration| limit.as_secs();
    if at.duration_since(schedule.now).is_ok_and(|ahead| ahead > schedule.ahead) {
        let limit = seconds(schedule.ahead);
        let message =
            format!("must be at most {limit} seconds ahead, for which requests are kept (QUIRE_RETENTION_DAYS)");
        return Some(Violation::new(PATH, "maximum", message));
    }
    if schedule.now.duration_since(at).is_ok_and(|late| late > MAX_LATE) {
        let message = format!("must be at most {} seconds in the past", seconds(MAX_LATE));
        return Some(Violation::new(PATH, "minimum", message));
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::domain::unix_seconds;

    use super::*;

    const NOW: u64 = 1_790_000_000;

    fn schedule() -> Schedule {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        Schedule { now, ahead: Duration::from_secs(86_400) }
    }

    #[test]
    fn a_time_is_a_text_with_an_offset_or_seconds() {
        for (value, seconds) in [
            (json!("2026-09-21T14:13:20Z"), 1_790_000_000),
            (json!("2026-09-21T16:13:20.250+02:00"), 1_790_000_000),
            (json!(1_790_000_001_i64), 1_790_000_001),
        ] {
            assert_eq!(parse(&value).unwrap().map(unix_seconds), Some(seconds), "{value}");
        }
        assert_eq!(parse(&Value::Null), Ok(None));
    }

    #[test]
    fn anything_else_is_no_time() {
        for value in [
            json!("2026-09-21T14:13:20"),
            json!("2026-09-21"),
            json!("tomorrow"),
            json!("2026-02-30T00:00:00Z"),
            json!(1.5),
            json!(u64::MAX),
            json!(i64::MIN),
            json!(true),
            json!({}),
        ] {
            let violation = parse(&value).unwrap_err();
            assert_eq!((violation.path.as_str(), violation.rule.as_str()), ("$.run_at", "format"), "{value}");
        }
    }

    #[test]
    fn a_time_is_bounded_on_both_sides() {
        let rule = |seconds: u64| {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            beyond(at, schedule()).map(|violation| violation.rule)
        };
        assert_eq!(rule(NOW + 86_400), None);
        assert_eq!(rule(NOW + 86_401).as_deref(), Some("maximum"));
        assert_eq!(rule(NOW - 60), None);
        assert_eq!(rule(NOW - 61).as_deref(), Some("minimum"));
        assert_eq!(rule(0).as_deref(), Some("minimum"));
    }
}
