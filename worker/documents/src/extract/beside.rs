//! What stands beside a figure and tells of it: the street around a number, the label of what is left to pay.

use super::address;
use super::leaf::Leaf;
use super::reading::{Reading, Typed};
use crate::lexicon::{self, Concept};
use crate::value;
use crate::view::Label;

/// What is left of a plain number as a sum of money that stands in a line of an address.
const IN_ADDRESS: f32 = 0.2;
/// How well the lexicon knows a label that names what is due.
const KNOWN: f32 = 0.85;

/// What is left of a sum of money for that it is the number of a house or of a town.
pub(super) fn address_factor(reading: &Reading, typed: &Typed) -> f32 {
    let text = reading.text(typed.span);
    let is_plain = matches!(typed.value, value::Typed::Number(_) | value::Typed::Money { currency: None, .. })
        && text.bytes().all(|byte| byte.is_ascii_digit());
    let line = reading.text(reading.view.whole(typed.span.line));
    if is_plain && address::is_line(line) { IN_ADDRESS } else { 1.0 }
}

/// Whether a figure is told to be what is left to pay, for a field that asks for that and not for the whole.
pub(super) fn is_told_due(reading: &Reading, leaf: &Leaf<'_>, labels: &[Label]) -> bool {
    let told = labels.first().is_some_and(|label| {
        let meanings = lexicon::concepts_of_label(reading.text(label.span));
        meanings.first().is_some_and(|(concept, score)| *concept == Concept::AmountDue && *score >= KNOWN)
    });
    told && leaf.concept == Some(Concept::AmountDue)
}
