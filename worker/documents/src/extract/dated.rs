//! Dated titles: the day in the line that says what a paper is, "Invoice no. 4711 of 12 March 2024".

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use super::title;
use crate::lexicon::{self, Concept, fold};
use crate::value::Kind;
use crate::view::Span;

/// What such a day is worth. Set by hand with the practice family in view.
const DATED: f32 = 0.86;
/// The line stands among the first ones.
const HEAD_LINES: usize = 60;
/// Words between what the paper is and its day, and behind that.
const MOST_WORDS: usize = 6;
const BEHIND: usize = 3;
/// Ends of the names of bills, and words right before the day, folded.
const BILLS: &[&str] = &["rechnung", "invoice", "gutschrift"];
const OF: &[&str] = &["vom", "von", "du", "le", "of", "from", "dated", "date", "on", "del", "de", "fecha", "dd", "dtd"];

/// The day in the title of a paper.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    if !leaf.is_main() || leaf.want.fit(Kind::Date) <= 0.0 {
        return;
    }
    let reading = search.reading;
    for line in 0..reading.lines().min(HEAD_LINES) {
        let [.., typed] = reading.values_of(line) else { continue };
        let whole = reading.view.whole(line);
        let before = reading.text(Span { end: typed.span.start, ..whole });
        let after = reading.text(Span { start: typed.span.end, ..whole });
        if typed.value.kind() == Kind::Date
            && is_titled(leaf, before)
            && after.split_whitespace().count() <= BEHIND
            && let Some(value) = normal::of_typed(leaf, &typed.value, Kind::Date)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: DATED * (0.6 + 0.4 * typed.confidence) });
            return;
        }
    }
}

/// Whether the words before a day are what the field's paper is called, its number perhaps, and a word such as "of".
fn is_titled(leaf: &Leaf<'_>, before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let ([first, ..], Some(last)) = (words.as_slice(), words.last()) else { return false };
    let first = first.trim_end_matches([':', ',', '.']);
    let last = fold(last);
    words.len() <= MOST_WORDS
        && OF.contains(&last.trim_end_matches([':', '.']))
        && first.chars().next().is_some_and(char::is_uppercase)
        && title::is_title(first)
        && is_of(leaf, first)
}

/// Whether the field's date is that of a paper of this name: of an invoice, not of the order that it is for.
fn is_of(leaf: &Leaf<'_>, name: &str) -> bool {
    let Some(concept) = leaf.concept else { return false };
    let Some(paper) = concept.name().strip_suffix("_date") else { return concept == Concept::Date };
    // "Schlussrechnung" is a bill, whatever the first part of its name says.
    if paper == "invoice" && BILLS.iter().any(|bill| fold(name).ends_with(bill)) {
        return true;
    }
    let named = lexicon::concepts_of_label(name);
    named.iter().any(|(concept, score)| *score >= 0.9 && concept.name().strip_suffix("_number") == Some(paper))
}
