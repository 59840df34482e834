//! Dates and times of day.

use std::fmt;

/// A day of the Gregorian calendar. It exists: there is no 31 June.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Years that documents name: births of the oldest person alive to terms of the longest loan.
    const YEARS: std::ops::RangeInclusive<u32> = 1850..=2150;

    /// That day, if there is one.
    pub(crate) fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        if !Self::YEARS.contains(&year) || day == 0 || day > days_of(year, month)? {
            return None;
        }
        Some(Self { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
    }

    /// Another day of the same month.
    pub(crate) fn of_month(self, day: u32) -> Option<Self> {
        self.at(self.month.into(), day)
    }

    /// Another day of the same year.
    pub(crate) fn at(self, month: u32, day: u32) -> Option<Self> {
        Self::new(self.year.into(), month, day)
    }

    /// The first and the last day of a month.
    pub(crate) fn month(year: u32, month: u32) -> Option<(Self, Self)> {
        Some((Self::new(year, month, 1)?, Self::new(year, month, days_of(year, month)?)?))
    }
}

fn days_of(year: u32, month: u32) -> Option<u32> {
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => return None,
    })
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Time {
    hour: u8,
    minute: u8,
    second: u8,
}

impl Time {
    /// That time, if there is one.
    pub(crate) fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        Some(Self { hour: hour.try_into().ok()?, minute: minute.try_into().ok()?, second: second.try_into().ok()? })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }
}

/// A time of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DateTime {
    pub(crate) date: Date,
    pub(crate) time: Time,
    /// Minutes by which it is ahead of UTC, if the text says so.
    pub(crate) offset: Option<i16>,
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}T{}", self.date, self.time)?;
        match self.offset {
            None => Ok(()),
            Some(0) => write!(formatter, "Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(formatter, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}
