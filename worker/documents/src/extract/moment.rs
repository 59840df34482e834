//! Moments: the time of day that stands with a day, as receipts have it, "28.01.2024 18:38", without a label.

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::reading::Typed;
use super::search::Search;
use crate::lexicon::Concept;
use crate::value::Kind;
use crate::view::Span;

/// What such a time is worth. Set by hand with the practice family in view.
const WITH_DAY: f32 = 0.72;
/// A time stands at most this far beside its day, in heights of the line.
const FAR: f32 = 30.0;

/// The first time of day that stands with a day.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    if leaf.concept != Some(Concept::Time) || leaf.want.fit(Kind::Time) <= 0.0 {
        return;
    }
    let values = &search.reading.values;
    let with_day = values.iter().find(|typed| match typed.value.kind() {
        Kind::DateTime => !search.reading.mail_head.contains(&typed.span.line),
        Kind::Time => is_with_day(search, typed),
        _ => false,
    });
    if let Some(typed) = with_day
        && let Some(value) = normal::of_typed(leaf, &typed.value, Kind::Time)
    {
        best.push(Candidate { spans: vec![typed.span], value, score: WITH_DAY });
    }
}

/// Whether a day stands on the row of a time that is no end of a range.
fn is_with_day(search: &Search<'_>, time: &Typed) -> bool {
    let (reading, view) = (search.reading, &search.reading.view);
    let line = time.span.line;
    let whole = view.whole(line);
    let before = reading.text(Span { end: time.span.start, ..whole }).trim_end();
    let after = reading.text(Span { start: time.span.end, ..whole }).trim_start();
    let is_dash = |sign: char| matches!(sign, '-' | '–' | '—');
    let row = [Some(line), view.next_left(line, FAR), view.next_right(line, FAR)];
    let has_day = row.into_iter().flatten().any(|line| {
        reading.values_of(line).iter().any(|typed| matches!(typed.value.kind(), Kind::Date | Kind::DateTime))
    });
    has_day && !before.ends_with(is_dash) && !after.starts_with(is_dash)
}
