//! Dates and times in a line, in the forms that people and machines write them.

mod clock;
mod month;

use super::calendar::{Date, DateTime};
use super::text::{Class, Line};
use super::{Found, Locale, Typed};
pub(crate) use month::named as month_named;

/// Years of two digits up to this one are of this century: terms end soon, and who was born in 67 is no child of 2067.
const LAST_SHORT_YEAR: u32 = 49;

/// A date and the pieces it stands in.
struct Dated {
    date: Date,
    end: usize,
    confidence: f32,
}

pub(super) fn find(line: &Line<'_>, locale: &Locale, found: &mut Vec<Found>) {
    let mut index = 0;
    while index < line.pieces.len() {
        let dated = line.is_start(index).then(|| at(line, index, locale)).flatten();
        let Some(dated) = dated else {
            if let Some((time, end, confidence)) = clock::at(line, index) {
                push(line, index, end, Typed::Time(time), confidence, found);
                index = end;
            } else {
                index += 1;
            }
            continue;
        };
        push(line, index, dated.end, Typed::Date(dated.date), dated.confidence, found);
        if let Some((start, (time, end, confidence))) = clock::after_date(line, dated.end) {
            let (offset, end) = clock::offset(line, end);
            let moment = Typed::DateTime(DateTime { date: dated.date, time, offset });
            push(line, index, end, moment, dated.confidence * confidence.max(0.9), found);
            push(line, start, end, Typed::Time(time), confidence, found);
            index = end;
        } else {
            index = dated.end;
        }
    }
}

fn push(line: &Line<'_>, start: usize, end: usize, value: Typed, confidence: f32, found: &mut Vec<Found>) {
    found.push(Found { start: line.start(start), end: line.end_before(end), value, confidence });
}

fn at(line: &Line<'_>, index: usize, locale: &Locale) -> Option<Dated> {
    match line.class(index)? {
        Class::Digits => numeric(line, index, locale)
            .or_else(|| day_month_year(line, index))
            .or_else(|| year_month_day(line, index))
            .or_else(|| compact(line, index)),
        Class::Letters => month_day_year(line, index),
        _ => None,
    }
}

/// 2026-03-04, 04.03.2026, 4/3/26, 04. 03. 2026
fn numeric(line: &Line<'_>, index: usize, locale: &Locale) -> Option<Dated> {
    let (pieces, sign, end) = triple(line, index)?;
    let [first, second, third] = pieces;
    let (a, b, c) = (line.digits(first, 4)?, line.digits(second, 2)?, line.digits(third, 4)?);
    let lengths = pieces.map(|piece| line.piece(piece).len());
    let date = |year, month, day, confidence| Some(Dated { date: Date::new(year, month, day)?, end, confidence });
    match lengths {
        [4, 1..=2, 1..=2] => date(a, b, c, 0.98),
        [1..=2, 1..=2, 4] => ordered(a, b, c, sign, locale).and_then(|(day, month, sure)| date(c, month, day, sure)),
        // 26-03-04 where nothing else is possible.
        [2, 2, 2] if a > 31 => date(full(a), b, c, 0.7),
        [1..=2, 1..=2, 2] => {
            let (day, month, sure) = ordered(a, b, c, sign, locale)?;
            date(full(c), month, day, sure * if sign == '-' { 0.75 } else { 0.9 })
        }
        _ => None,
    }
}

/// Day and month of a date that begins with one of them, and how sure the order is.
fn ordered(a: u32, b: u32, _year: u32, sign: char, locale: &Locale) -> Option<(u32, u32, f32)> {
    match (a, b) {
        (13..=31, 1..=12) => Some((a, b, 0.98)),
        (1..=12, 13..=31) => Some((b, a, 0.97)),
        _ if a == b => Some((a, b, 0.98)),
        // Nobody puts points between a month and a day after it.
        (1..=12, 1..=12) if sign == '.' => Some((a, b, 0.97)),
        (1..=12, 1..=12) => {
            let confidence = if locale.is_day_order_known { 0.93 } else { 0.82 };
            Some(if locale.day_first { (a, b, confidence) } else { (b, a, confidence) })
        }
        _ => None,
    }
}

fn full(short: u32) -> u32 {
    if short > LAST_SHORT_YEAR { 1900 + short } else { 2000 + short }
}

/// Three numbers with the same sign between them, which are no part of a longer row of them.
fn triple(line: &Line<'_>, index: usize) -> Option<([usize; 3], char, usize)> {
    let Some(Class::Sign(sign @ ('.' | '/' | '-' | '–' | '‐' | '‑'))) = line.class(line.after_one_space(index + 1))
    else {
        return None;
    };
    let next = |piece: usize| {
        let at = line.after_one_space(piece + 1);
        (line.class(at) == Some(Class::Sign(sign))).then(|| line.after_one_space(at + 1))
    };
    let second = next(index)?;
    let third = next(second)?;
    let end = third + 1;
    let is_free = match line.class(end) {
        Some(Class::Letters) => line.piece(end) == "T",
        Some(Class::Sign('-' | '–')) if sign != '-' => is_half(line, end + 1, sign) || line.is_end(end + 1),
        Some(Class::Sign('/' | '-' | '.' | ',')) => line.class(end + 1) != Some(Class::Digits),
        _ => true,
    };
    let is_first = match index.checked_sub(2) {
        Some(before) if line.class(before) == Some(Class::Digits) => match line.class(before + 1) {
            Some(Class::Sign('-' | '–')) => {
                sign != '-' && before.checked_sub(1).is_some_and(|at| line.class(at) == Some(Class::Sign(sign)))
            }
            Some(Class::Sign('/' | '.' | ',')) => false,
            _ => true,
        },
        _ => true,
    };
    let sign = if matches!(sign, '–' | '‐' | '‑') { '-' } else { sign };
    (is_free && is_first).then_some(([index, second, third], sign, end))
}

/// Whether the second date of a period begins at a piece.
fn is_half(line: &Line<'_>, index: usize, sign: char) -> bool {
    line.digits(index, 2).is_some() && line.class(index + 1) == Some(Class::Sign(sign))
}

/// 3 March 2026, 3rd of March 2026, 3. März 2026, 1er mars 2026, 3 de marzo de 2026, 03-Mar-26, 03MAR2026
fn day_month_year(line: &Line<'_>, index: usize) -> Option<Dated> {
    let day = line.digits(index, 2)?;
    let at = past_ordinal(line, index + 1);
    let at = past(line, at, "./-", &["of", "de", "of the", "del"]);
    let month = month::named(line.piece(at)).filter(|_| line.class(at) == Some(Class::Letters))?;
    let at = past(line, at + 1, ".,/-'’", &["de", "del", "of"]);
    let (year, sure) = year(line, at)?;
    Some(Dated { date: Date::new(year, month, day)?, end: at + 1, confidence: sure })
}

/// March 3, 2026; Mar. 3rd 2026
fn month_day_year(line: &Line<'_>, index: usize) -> Option<Dated> {
    let month = month::named(line.piece(index))?;
    let at = past(line, index + 1, "./-", &["the"]);
    let day = line.digits(at, 2)?;
    let at = past(line, past_ordinal(line, at + 1), ".,/-'’", &["de", "of"]);
    let (year, sure) = year(line, at)?;
    Some(Dated { date: Date::new(year, month, day)?, end: at + 1, confidence: sure })
}

/// 2026-Mar-03, 2026 March 3
fn year_month_day(line: &Line<'_>, index: usize) -> Option<Dated> {
    let year = line.digits(index, 4).filter(|_| line.piece(index).len() == 4)?;
    let at = past(line, index + 1, "-/.,", &[]);
    let month = month::named(line.piece(at))?;
    let at = past(line, at + 1, "-/.,", &[]);
    let day = line.digits(at, 2).filter(|_| line.is_end(at + 1))?;
    Some(Dated { date: Date::new(year, month, day)?, end: at + 1, confidence: 0.96 })
}

/// 20260304: as well a number as a date.
fn compact(line: &Line<'_>, index: usize) -> Option<Dated> {
    let text = line.piece(index);
    let is_free = text.len() == 8 && line.is_end(index + 1) && !line.is_sign(index + 1, "./-,");
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    let date = Date::new(part(0..4)?, part(4..6)?, part(6..8)?).filter(|_| is_free)?;
    Some(Dated { date, end: index + 1, confidence: 0.35 })
}

fn year(line: &Line<'_>, index: usize) -> Option<(u32, f32)> {
    let year = line.digits(index, 4)?;
    if !line.is_end(index + 1) && line.piece(index + 1) != "T" {
        return None;
    }
    match line.piece(index).len() {
        4 => Some((year, 0.98)),
        // "3 March 26 items" is less likely than a short year.
        2 => Some((full(year), 0.8)),
        _ => None,
    }
}

/// Behind the ending of an ordinal: 3rd, 1er, 1º, 3.
fn past_ordinal(line: &Line<'_>, index: usize) -> usize {
    let is_ending =
        matches!(line.piece(index), "st" | "nd" | "rd" | "th" | "er" | "º" | "°" | "ER" | "TH" | "ST" | "ND" | "RD");
    index + usize::from(is_ending)
}

/// Behind spaces, one of the signs and one of the words, in this order.
fn past(line: &Line<'_>, index: usize, signs: &str, words: &[&str]) -> usize {
    let mut at = line.after_one_space(index);
    // "Mar.-3" and "Mar., 3"
    for _ in 0..2 {
        if line.is_sign(at, signs) {
            at = line.after_one_space(at + 1);
        }
    }
    if words.iter().any(|word| word.eq_ignore_ascii_case(line.piece(at))) && line.class(at + 1) == Some(Class::Space) {
        at = line.after_one_space(at + 1);
    }
    at
}

/// The first two numbers of each date of a line that begins with a day or a month.
pub(super) fn numeric_pairs(line: &Line<'_>) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for index in 0..line.pieces.len() {
        if line.class(index) == Some(Class::Digits)
            && line.is_start(index)
            && let Some(([first, second, third], sign, _)) = triple(line, index)
            && sign != '.'
            && matches!(line.piece(third).len(), 2 | 4)
            && let (Some(a), Some(b)) = (line.digits(first, 2), line.digits(second, 2))
        {
            pairs.push((a, b));
        }
    }
    pairs
}
