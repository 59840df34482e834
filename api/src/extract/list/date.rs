//! Days as `YYYY-MM-DD`, in UTC.

const MILLIS_OF_DAY: i64 = 86_400_000;

/// Days since 1970-01-01; `None` when the text is no day of the calendar.
pub(super) fn days(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| {
        let part = &bytes[from..to];
        let value = |sum: i64, digit: &u8| sum * 10 + i64::from(digit - b'0');
        part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0, value))
    };
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let (year, month, day) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let exists = year >= 1 && (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    exists.then(|| since_1970(year, month, day))
}

/// When a day begins, in milliseconds since 1970; days before that begin then.
pub(super) fn millis(day: i64) -> u64 {
    u64::try_from(day * MILLIS_OF_DAY).unwrap_or(0)
}

const fn days_of(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + leap as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts from March, so that the leap day is the last of its year.
const fn since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before_month = (153 * month + 2) / 5;
    year * 365 + year / 4 - year / 100 + year / 400 + before_month + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(days("2000-02-29"), Some(11_016));
        assert_eq!(days("2026-11-22"), Some(20_779));
        assert_eq!(millis(20_779), 1_795_305_600_000);
        assert_eq!(millis(-1), 0);
    }

    #[test]
    fn each_day_follows_the_one_before() {
        let mut last = days("1999-12-31").unwrap();
        for year in 2000..2101 {
            for month in 1..=12 {
                for day in 1..=31 {
                    let Some(count) = days(&format!("{year:04}-{month:02}-{day:02}")) else { continue };
                    assert_eq!(count, last + 1, "{year}-{month}-{day}");
                    last = count;
                }
            }
        }
        assert_eq!(days("2101-01-01"), Some(last + 1));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-1-01", "26-01-01", "2026/01/01"]
        {
            assert_eq!(days(text), None, "{text}");
        }
        for text in ["2026-01-01T00", "0000-01-01", "+026-01-01", "2026-01-0é", "yesterday!"] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
