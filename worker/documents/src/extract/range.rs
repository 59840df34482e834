//! Ranges of days: `Statement period: 01.03.2024 – 31.03.2024`.

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::reading::Typed;
use super::search::Search;
use crate::lexicon::{self, Concept, fold};
use crate::value::{self, Date, Kind};
use crate::view::{Label, Span};

/// What a day is worth of a range that is named, and of one that is not. Set by hand with the tuning family in view.
const NAMED: f32 = 0.93;
const UNNAMED: f32 = 0.74;
/// What a day is worth that only the month of the period tells.
const OF_MONTH: f32 = 0.8;
/// How well a label says at least that a range follows.
const KNOWN: f32 = 0.6;
/// What stands between two days, folded, in English, French, German and Spanish.
const TO: &[&str] = &[
    "", "-", "–", "—", "/", "to", "until", "till", "through", "and", "au", "a", "al", "et", "bis", "bis zum", "hasta",
    "hasta el", "y",
];

/// A range of days on one line.
struct Range {
    /// Where it begins: its labels stand before that.
    at: Span,
    first: (value::Typed, Span),
    last: (value::Typed, Span),
    confidence: f32,
}

/// The first or the last day of a range that stands on one line.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    use Concept as C;
    let (is_period, is_first) = match leaf.concept {
        Some(C::PeriodStart) => (true, true),
        Some(C::PeriodEnd) => (true, false),
        Some(C::StartDate | C::EffectiveDate | C::ValidFrom) => (false, true),
        Some(C::EndDate | C::ValidUntil) => (false, false),
        _ => return,
    };
    let view = &search.reading.view;
    let mut is_unnamed_found = false;
    for line in 0..search.reading.lines() {
        let Some(range) = of_line(search, line) else { continue };
        let is_named = is_named(search, &view.labels(range.at), is_period);
        let is_of_rows = view.grid_of(line).is_some_and(|grid| grid.rows > 3);
        let score = match is_named {
            true => NAMED,
            false if is_period && !is_of_rows && !is_unnamed_found => UNNAMED,
            false => continue,
        };
        is_unnamed_found |= !is_named;
        push_day(leaf, &range, is_first, score, best);
    }
    if is_period {
        push_month(search, leaf, is_first, best);
    }
}

/// Whether a day is one of the two of a range.
pub(super) fn is_of_one(search: &Search<'_>, day: Span) -> bool {
    of_line(search, day.line).is_some_and(|range| [range.first.1, range.last.1].contains(&day))
}

fn push_day(leaf: &Leaf<'_>, range: &Range, is_first: bool, score: f32, best: &mut Best) {
    let (day, span) = if is_first { &range.first } else { &range.last };
    if let Some(value) = normal::of_typed(leaf, day, Kind::Date) {
        best.push(Candidate { spans: vec![*span], value, score: score * (0.6 + 0.4 * range.confidence) });
    }
}

/// The range of a line that has two days, or one and before it the day that it shares month or year with.
fn of_line(search: &Search<'_>, line: usize) -> Option<Range> {
    let is_day = |typed: &&Typed| matches!(typed.value.kind(), Kind::Date | Kind::DateTime);
    let days: Vec<_> = search.reading.values_of(line).iter().filter(is_day).collect();
    match days.as_slice() {
        [first, last] => {
            let between = Span { start: first.span.end, end: last.span.start, ..first.span };
            let is_range =
                first.span.end <= last.span.start && TO.contains(&fold(search.reading.text(between).trim()).as_str());
            is_range.then(|| Range {
                at: first.span,
                first: (first.value.clone(), first.span),
                last: (last.value.clone(), last.span),
                confidence: first.confidence.min(last.confidence),
            })
        }
        [last] => {
            let value::Typed::Date(date) = last.value else { return None };
            let before = search.reading.text(Span { start: 0, end: last.span.start, ..last.span });
            let (first, start) = shortened(before, date)?;
            Some(Range {
                at: Span { start, end: last.span.start, ..last.span },
                first: (value::Typed::Date(first), Span { start, ..last.span }),
                last: (last.value.clone(), last.span),
                confidence: last.confidence,
            })
        }
        _ => None,
    }
}

/// The day before the last one of a range, which lacks what both have in common, and where it begins: `1–31 March
/// 2024`, `01.03. – 31.03.2024`, `1 January to 31 March 2024`.
fn shortened(before: &str, last: Date) -> Option<(Date, usize)> {
    let text = before.trim_end();
    let text = TO.iter().filter(|to| !to.is_empty()).find_map(|to| {
        let rest = text.strip_suffix(to)?;
        // Words stand apart from the day, signs need not.
        let is_apart = rest.ends_with(char::is_whitespace) || !to.ends_with(char::is_alphabetic);
        is_apart.then(|| rest.trim_end())
    })?;
    let start = text.rfind(|sign: char| sign.is_whitespace() || sign == ':').map_or(0, |at| at + 1);
    let word = text.get(start..)?.trim_end_matches('.');
    if let Some(month) = value::month_named(word) {
        let rest = text.get(..start)?.trim_end();
        let rest = rest.strip_suffix(" de").unwrap_or(rest);
        let start = rest.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        return Some((last.at(month, number(rest.get(start..)?.trim_end_matches('.'))?)?, start));
    }
    let parts: Vec<&str> = word.split(['.', '/']).collect();
    let first = match parts.as_slice() {
        [day] => last.of_month(number(day)?)?,
        [day, month] => last.at(number(month)?, number(day)?)?,
        _ => return None,
    };
    (first < last).then_some((first, start))
}

/// A number of a day or a month.
fn number(text: &str) -> Option<u32> {
    let digits = text.trim_end_matches(char::is_alphabetic);
    let is_short = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_short)
}

/// The first or the last day of a month that is named as the period: `Statement period: March 2024`.
fn push_month(search: &Search<'_>, leaf: &Leaf<'_>, is_first: bool, best: &mut Best) {
    for phrase in search.phrases {
        let words: Vec<&str> =
            search.reading.text(phrase.span).split_whitespace().filter(|word| *word != "de").collect();
        let [month, year] = words.as_slice() else { continue };
        let (Some(month), Ok(year)) = (value::month_named(month), year.parse()) else { continue };
        let Some((first, last)) = Date::month(year, month) else { continue };
        if !has_day(search, phrase.span.line) && is_named(search, &phrase.labels, true) {
            let day = value::Typed::Date(if is_first { first } else { last });
            if let Some(value) = normal::of_typed(leaf, &day, Kind::Date) {
                best.push(Candidate { spans: vec![phrase.span], value, score: OF_MONTH });
            }
        }
    }
}

/// Whether a line tells a day: the month is then but a part of that.
fn has_day(search: &Search<'_>, line: usize) -> bool {
    search.reading.values_of(line).iter().any(|typed| typed.value.kind() == Kind::Date)
}

fn is_named(search: &Search<'_>, labels: &[Label], is_period: bool) -> bool {
    labels.iter().any(|label| names_range(search.reading.text(label.span), is_period))
}

/// Whether a label says that a span of time follows.
fn names_range(label: &str, is_period: bool) -> bool {
    use Concept as C;
    lexicon::concepts_of_label(label).iter().any(|(concept, score)| {
        let is_span = match concept {
            C::Period | C::PeriodStart => true,
            C::Duration | C::StartDate | C::EffectiveDate | C::ValidFrom => !is_period || *concept == C::StartDate,
            _ => false,
        };
        is_span && *score >= KNOWN
    })
}
