//! What stands beside a value and tells of it without being its label: the day beside a time, the street around a number,
//! the word for a party over its number.

use super::address;
use super::leaf::Leaf;
use super::reading::{Reading, Typed};
use crate::lexicon::{self, Concept};
use crate::value::{self, Kind};
use crate::view::{Label, Relation, Span};

/// What a time of day is worth that stands behind its day, and the number of a customer under the word for one.
const BESIDE_DAY: f32 = 0.84;
const UNDER_PARTY: f32 = 0.86;
/// What is left of a plain number as a sum of money that stands in a line of an address.
const IN_ADDRESS: f32 = 0.2;
/// Digits that the number of a customer has at least.
const DIGITS: usize = 3;
/// How well the lexicon knows a label that names a party.
const KNOWN: f32 = 0.85;

/// How likely a time is that of the paper: it stands right behind a day.
pub(super) fn time_of_day(reading: &Reading, leaf: &Leaf<'_>, typed: &Typed) -> f32 {
    if leaf.concept != Some(Concept::Time) {
        return 0.0;
    }
    let is_day = |other: &&Typed| other.value.kind() == Kind::Date && other.span.end <= typed.span.end;
    let day = reading.values_of(typed.span.line).iter().find(is_day);
    let is_behind = day.is_some_and(|day| {
        let between = Span { start: day.span.end, end: typed.span.start.max(day.span.end), ..typed.span };
        reading.text(between).split_whitespace().count() <= 1
    });
    if is_behind || typed.value.kind() == Kind::DateTime { BESIDE_DAY } else { 0.0 }
}

/// What is left of a sum of money for that it is the number of a house or of a town.
pub(super) fn address_factor(reading: &Reading, typed: &Typed) -> f32 {
    let text = reading.text(typed.span);
    let is_plain = matches!(typed.value, value::Typed::Number(_) | value::Typed::Money { currency: None, .. })
        && text.bytes().all(|byte| byte.is_ascii_digit());
    let line = reading.text(reading.view.whole(typed.span.line));
    if is_plain && address::is_line(line) { IN_ADDRESS } else { 1.0 }
}

/// How well the word for a party names its number: "Client", over "K-4711".
pub(super) fn named_by_party(reading: &Reading, leaf: &Leaf<'_>, typed: &Typed, labels: &[Label]) -> f32 {
    let text = reading.text(typed.span);
    let whole = reading.view.whole(typed.span.line);
    let is_code = text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS && !text.contains(char::is_whitespace);
    if leaf.concept != Some(Concept::CustomerNumber) || !is_code || typed.span.end < whole.end {
        return 0.0;
    }
    let label =
        labels.first().filter(|label| label.relation != Relation::Heading && label.relation != Relation::Before);
    let is_party = label.is_some_and(|label| {
        let meanings = lexicon::concepts_of_label(reading.text(label.span));
        meanings.first().is_some_and(|(concept, score)| *concept == Concept::CustomerName && *score >= KNOWN)
    });
    if is_party { UNDER_PARTY } else { 0.0 }
}

/// Whether a figure is told to be what is left to pay, for a field that asks for that and not for the whole.
pub(super) fn is_told_due(reading: &Reading, leaf: &Leaf<'_>, labels: &[Label]) -> bool {
    let told = labels.first().is_some_and(|label| {
        let meanings = lexicon::concepts_of_label(reading.text(label.span));
        meanings.first().is_some_and(|(concept, score)| *concept == Concept::AmountDue && *score >= KNOWN)
    });
    told && leaf.concept == Some(Concept::AmountDue)
}
