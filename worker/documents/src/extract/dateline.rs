//! Datelines: the place and the day over a letter, "Marwick, 1 June 2024", which no label names.

use super::candidate::{Best, Candidate};
use super::habit;
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use crate::lexicon::Concept;
use crate::value::Kind;
use crate::view::Span;

/// What such a day is worth. Set by hand with the tuning family in view.
const DATED: f32 = 0.9;
/// Lines of the head.
const HEAD: usize = 30;
/// Words of a place.
const PLACE_WORDS: usize = 4;
/// Words between the place and the day.
const ON: &[&str] = &["the", "le", "den", "el", "a", "am", "on", "de"];

/// The day behind the place it was written at, over the salutation.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let is_own = leaf.is_main() || leaf.concept == Some(Concept::LetterDate);
    if !is_own || leaf.want.fit(Kind::Date) <= 0.0 {
        return;
    }
    let reading = search.reading;
    let text = |line: usize| reading.text(reading.view.whole(line));
    // Without a salutation it stands in the head.
    let is_letter = (0..reading.lines()).any(|line| habit::is_salutation(text(line)));
    for line in 0..reading.lines().min(if is_letter { usize::MAX } else { HEAD }) {
        let [typed] = reading.values_of(line) else { continue };
        let whole = reading.view.whole(line);
        let before = reading.text(Span { end: typed.span.start, ..whole });
        let after = reading.text(Span { start: typed.span.end, ..whole });
        if is_place(before)
            && after.trim_matches(['.', ' ']).is_empty()
            && let Some(value) = normal::of_typed(leaf, &typed.value, Kind::Date)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: DATED * (0.6 + 0.4 * typed.confidence) });
            return;
        }
    }
}

/// Whether the text before a day is a place and no more: "Marwick,", "Fait à La Rochelle, le".
fn is_place(text: &str) -> bool {
    let Some((place, rest)) = text.rsplit_once(',') else { return false };
    let place = place.trim();
    let begins = place.chars().next().is_some_and(char::is_uppercase);
    begins
        && place.split_whitespace().count() <= PLACE_WORDS
        && !place.contains(|sign: char| sign.is_ascii_digit() || sign == ':' || sign == '.')
        && rest.split_whitespace().all(|word| ON.contains(&word))
}
