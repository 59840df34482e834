//! `Retry-After`: seconds, or a date (RFC 9110 §10.2.3).

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// How long an answer asks to wait. A date counts from the answer's own, because clocks differ; from `now` if it has none.
pub(super) fn of(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit()) {
        // More than a number can hold is longer than anybody waits.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
    Some(until.duration_since(date.unwrap_or(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(headers: &[(&'static str, &str)]) -> Option<u64> {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:00 GMT").unwrap();
        of(&headers, now).map(|time| time.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_understood_and_nothing_else() {
        assert_eq!(seconds(&[("retry-after", "7")]), Some(7));
        assert_eq!(seconds(&[("retry-after", " 0 ")]), Some(0));
        assert_eq!(seconds(&[("retry-after", "99999999999999999999")]), Some(u64::MAX));
        for none in ["", "-1", "1.5", "soon", "+7"] {
            assert_eq!(seconds(&[("retry-after", none)]), None, "{none}");
        }
        assert_eq!(seconds(&[]), None);
    }

    #[test]
    fn a_date_counts_from_the_answers_own() {
        let until = ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(seconds(&[until]), Some(37));
        assert_eq!(seconds(&[until, ("date", "Sun, 06 Nov 1994 08:49:30 GMT")]), Some(7));
        assert_eq!(seconds(&[until, ("date", "nonsense")]), Some(37));
        // In the past; and the two older forms of dates.
        assert_eq!(seconds(&[("retry-after", "Sun, 06 Nov 1994 08:40:00 GMT")]), Some(0));
        assert_eq!(seconds(&[("retry-after", "Sunday, 06-Nov-94 08:49:37 GMT")]), Some(37));
        assert_eq!(seconds(&[("retry-after", "Sun Nov  6 08:49:37 1994")]), Some(37));
    }
}
