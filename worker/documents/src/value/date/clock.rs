//! Times of day.

use crate::value::calendar::Time;
use crate::value::text::{Class, Line};

/// A time, the piece behind it, and how sure it is one.
type Timed = (Time, usize, f32);

/// The time that begins at a piece: 14:30, 2:30 pm, 14h30, 14.30 Uhr, 14 Uhr, 2 pm
pub(super) fn at(line: &Line<'_>, index: usize) -> Option<Timed> {
    let hour = line.digits(index, 2).filter(|_| line.is_start(index) && !is_inner(line, index))?;
    let minutes = |at: usize| line.digits(at, 2).filter(|_| line.piece(at).len() == 2);
    match line.class(index + 1) {
        Some(Class::Sign(':')) => {
            let minute = minutes(index + 2)?;
            let (second, end) = match minutes(index + 4) {
                Some(second) if line.is_sign(index + 3, ":") => (second, index + 5),
                _ => (0, index + 3),
            };
            let end = past_fraction(line, end);
            let (hour, end) = of_half(line, hour, end);
            let is_free = !line.is_sign(end, ":") || line.class(end + 1) != Some(Class::Digits);
            is_free.then_some((Time::new(hour, minute, second)?, end, 0.95))
        }
        Some(Class::Sign('.')) => {
            let minute = minutes(index + 2)?;
            let end = hour_word(line, index + 3)?;
            Some((Time::new(hour, minute, 0)?, end, 0.9))
        }
        Some(Class::Letters) if matches!(line.piece(index + 1), "h" | "H") => match minutes(index + 2) {
            Some(minute) if line.is_end(index + 3) => Some((Time::new(hour, minute, 0)?, index + 3, 0.93)),
            _ => None,
        },
        _ => whole(line, hour, index),
    }
}

/// 14 Uhr, 2 pm, 14 h 30
fn whole(line: &Line<'_>, hour: u32, index: usize) -> Option<Timed> {
    let word = line.after_one_space(index + 1);
    if line.piece(word) == "h" && line.class(word + 1) == Some(Class::Space) {
        let minute = line.digits(word + 2, 2).filter(|_| line.piece(word + 2).len() == 2 && line.is_end(word + 3))?;
        return Some((Time::new(hour, minute, 0)?, word + 3, 0.85));
    }
    let (of_day, end) = of_half(line, hour, index + 1);
    if end > index + 1 {
        return Some((Time::new(of_day, 0, 0)?, end, 0.8));
    }
    (line.piece(word) == "Uhr").then_some(())?;
    Some((Time::new(hour, 0, 0)?, word + 1, 0.9))
}

/// The time that a date has behind it, and the piece it begins at.
pub(super) fn after_date(line: &Line<'_>, end: usize) -> Option<(usize, Timed)> {
    let mut at_piece = end;
    // "2026-03-04T14:30", "04.03.2026, 14:30", "4 March 2026 at 14:30", "le 4 mars 2026 à 14h30", "04/03/2026 - 14:30"
    for _ in 0..2 {
        at_piece = line.after_one_space(at_piece);
        let is_link = line.is_sign(at_piece, ",-–|/")
            || matches!(line.piece(at_piece), "T" | "at" | "um" | "à" | "a" | "las" | "At" | "UM");
        at_piece = if is_link { line.after_one_space(at_piece + 1) } else { at_piece };
    }
    if line.piece(end) == "T" {
        // The day and the T are no word.
        let (hour, minute) =
            (line.digits(end + 1, 2)?, line.digits(end + 3, 2).filter(|_| line.is_sign(end + 2, ":"))?);
        let second = line.digits(end + 5, 2).filter(|_| line.is_sign(end + 4, ":"));
        let past = past_fraction(line, if second.is_some() { end + 6 } else { end + 4 });
        return Some((end + 1, (Time::new(hour, minute, second.unwrap_or(0))?, past, 0.98)));
    }
    (at_piece > end).then(|| at(line, at_piece)).flatten().map(|timed| (at_piece, timed))
}

/// Minutes ahead of UTC behind a time, and the piece behind them.
pub(super) fn offset(line: &Line<'_>, end: usize) -> (Option<i16>, usize) {
    let at_piece = line.after_one_space(end);
    if line.piece(at_piece) == "Z" && at_piece == end || matches!(line.piece(at_piece), "UTC" | "GMT") {
        return (Some(0), at_piece + 1);
    }
    let sign = match line.class(end) {
        Some(Class::Sign('+')) => 1,
        Some(Class::Sign('-' | '−')) => -1,
        _ => return (None, end),
    };
    let of_two =
        |at: usize| line.digits(at, 2).filter(|_| line.piece(at).len() == 2).and_then(|n| i16::try_from(n).ok());
    match (of_two(end + 1), of_two(end + 3)) {
        (Some(hours @ 0..=14), Some(minutes @ 0..=59)) if line.is_sign(end + 2, ":") => {
            (Some(sign * (hours * 60 + minutes)), end + 4)
        }
        _ => (None, end),
    }
}

/// Whether digits are the inner part of a longer row: 12:30 in 10:12:30, 5.12
fn is_inner(line: &Line<'_>, index: usize) -> bool {
    index.checked_sub(2).is_some_and(|before| {
        line.is_sign(before + 1, ":.,/-")
            && matches!(line.class(before), Some(Class::Digits | Class::Letters))
            && !(line.is_sign(before + 1, "-") && line.is_sign(index + 1, ":"))
    })
}

fn past_fraction(line: &Line<'_>, end: usize) -> usize {
    let is_fraction = line.is_sign(end, ".") && line.class(end + 1) == Some(Class::Digits);
    if is_fraction { end + 2 } else { end }
}

/// The hour of the day of an hour before "am" or "pm", and the piece behind those; the hour itself without.
fn of_half(line: &Line<'_>, hour: u32, end: usize) -> (u32, usize) {
    let at = line.after_one_space(end);
    let (half, behind) = match line.piece(at) {
        "am" | "AM" | "Am" => (0, at + 1),
        "pm" | "PM" | "Pm" => (12, at + 1),
        first @ ("a" | "p" | "A" | "P") if line.is_sign(at + 1, ".") && matches!(line.piece(at + 2), "m" | "M") => {
            (if matches!(first, "a" | "A") { 0 } else { 12 }, at + 3 + usize::from(line.is_sign(at + 3, ".")))
        }
        _ => return if hour <= 23 && hour_word(line, end).is_some() { (hour, at + 1) } else { (hour, end) },
    };
    if (1..=12).contains(&hour) { (hour % 12 + half, behind) } else { (hour, end) }
}

/// The piece behind the word that says that these are hours.
fn hour_word(line: &Line<'_>, end: usize) -> Option<usize> {
    let at = line.after_one_space(end);
    (matches!(line.piece(at), "Uhr" | "uhr") || at == end && matches!(line.piece(at), "h")).then_some(at + 1)
}
