//! Ranges of days: `Statement period: 01.03.2024 – 31.03.2024`.

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use crate::lexicon::{self, Concept, fold};
use crate::value::Kind;
use crate::view::Span;

/// What a day is worth of a range that is named, and of one that is not. Set by hand with the tuning family in view.
const NAMED: f32 = 0.93;
const UNNAMED: f32 = 0.74;
/// How well a label says at least that a range follows.
const KNOWN: f32 = 0.6;
/// What stands between two days, folded, in English, French, German and Spanish.
const TO: &[&str] = &[
    "", "-", "–", "—", "/", "to", "until", "till", "through", "and", "au", "a", "al", "et", "bis", "bis zum", "hasta",
    "hasta el", "y",
];

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
        let days: Vec<_> = search
            .reading
            .values_of(line)
            .iter()
            .filter(|typed| matches!(typed.value.kind(), Kind::Date | Kind::DateTime))
            .collect();
        let [first, last] = days.as_slice() else { continue };
        let between = Span { start: first.span.end, end: last.span.start, ..first.span };
        if first.span.end > last.span.start || !TO.contains(&fold(search.reading.text(between).trim()).as_str()) {
            continue;
        }
        let is_named = view.labels(first.span).iter().any(|label| names_range(view.text(label.span), is_period));
        let is_of_rows = view.grid_of(line).is_some_and(|grid| grid.rows > 3);
        let score = match is_named {
            true => NAMED,
            false if is_period && !is_of_rows && !is_unnamed_found => UNNAMED,
            false => continue,
        };
        is_unnamed_found |= !is_named;
        let day = if is_first { first } else { last };
        if let Some(value) = normal::of_typed(leaf, &day.value, Kind::Date) {
            best.push(Candidate { spans: vec![day.span], value, score: score * (0.6 + 0.4 * day.confidence) });
        }
    }
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
