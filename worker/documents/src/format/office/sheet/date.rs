//! Dates of spreadsheets: days since the end of 1899, or since 1904.

/// The last day that a spreadsheet knows, 31 December 9999, as the number of its day since 1900.
const MAX_SERIAL: f64 = 2_958_466.0;
/// Days from 30 December 1899 to 1 January 1904.
const EPOCH_1904: f64 = 1_462.0;
/// Days from 1 March of the year 0 to 30 December 1899.
const EPOCH_SHIFT: i64 = 693_899;
const SECONDS_A_DAY: f64 = 86_400.0;

/// Which parts of a moment are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Date,
    Time,
    DateAndTime,
    /// Hours are not taken modulo 24.
    Duration,
}

/// A moment in ISO form; nothing for a number that is none.
pub(crate) fn render(serial: f64, shown: Shown, is_1904: bool) -> Option<String> {
    if !serial.is_finite() || serial.abs() >= MAX_SERIAL {
        return None;
    }
    if shown == Shown::Duration {
        let sign = if serial < 0.0 { "-" } else { "" };
        let total = seconds(serial.abs());
        return Some(format!("{sign}{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60));
    }
    if serial < 0.0 {
        return None;
    }
    let serial = if is_1904 { serial + EPOCH_1904 } else { serial };
    // Seconds are rounded before days are counted: the last half second of a day belongs to the next.
    let total = seconds(serial);
    let (days, second) = (total / 86_400, total % 86_400);
    // Spreadsheets have a 29 February 1900, for the sake of one of 1983.
    let days = if days < 60 && !is_1904 { days + 1 } else { days };
    let date = date(days);
    let clock = match second % 60 {
        0 => format!("{:02}:{:02}", second / 3600, second / 60 % 60),
        rest => format!("{:02}:{:02}:{rest:02}", second / 3600, second / 60 % 60),
    };
    Some(match shown {
        Shown::Time => clock,
        Shown::DateAndTime if second != 0 => format!("{date} {clock}"),
        _ => date,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "at most the seconds of ten thousand years")]
fn seconds(days: f64) -> i64 {
    (days * SECONDS_A_DAY).round() as i64
}

/// The date of a day since 30 December 1899, by counting in years that begin in March.
fn date(days: i64) -> String {
    let day = days + EPOCH_SHIFT;
    let era = day / 146_097;
    let of_era = day % 146_097;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year_of_era + carry)
}
