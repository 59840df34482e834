//! Words that the pattern of a field tells by their form: `^DE[0-9]{9}$`.

use std::collections::BTreeSet;

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use crate::schema::Kind;
use crate::view::Span;

/// What a word is worth whose form alone says what it is: the only one, and one of two. Set by hand.
const ONLY: f32 = 0.78;
const OF_TWO: f32 = 0.6;
/// Words that match: a pattern that more do tells nothing.
const MAX_WORDS: usize = 64;

/// Words of the pattern that the field has.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let Kind::Text { pattern: Some(pattern), .. } = &leaf.field.kind else { return };
    if !pattern.is_telling() {
        return;
    }
    let reading = search.reading;
    let words = (0..reading.lines()).flat_map(|line| words(line, reading.text(reading.view.whole(line))));
    let spans: Vec<Span> = words.filter(|word| pattern.allows(reading.text(*word))).take(MAX_WORDS).collect();
    let texts: BTreeSet<&str> = spans.iter().map(|span| reading.text(*span)).collect();
    let alone = match texts.len() {
        1 => ONLY,
        2 => OF_TWO,
        _ => 0.0,
    };
    for span in spans {
        let labels = reading.view.labels(span);
        let named = search.named(span, &labels, leaf);
        let score = named.score.max(alone * (1.0 - search.claim(named.claimed, crate::value::Kind::Text, &labels)));
        if let Some(value) = normal::of_text(leaf, reading.text(span)) {
            best.push(Candidate { spans: vec![span], value, score });
        }
    }
}

/// The words of a line, without what stands around them.
fn words(line: usize, text: &str) -> impl Iterator<Item = Span> {
    let is_around = |sign: char| matches!(sign, ',' | ';' | ':' | '.' | '(' | ')' | '[' | ']' | '"');
    text.split_whitespace().map(move |word| word.trim_matches(is_around)).filter(|word| !word.is_empty()).map(
        move |word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            Span { line, start, end: start + word.len() }
        },
    )
}
