//! Choices: fields that take one of several values.

use serde_json::Value;

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::search::Search;
use super::tick;
use crate::lexicon::fold;
use crate::value::Typed;
use crate::view::Span;

/// What a value is worth at a ticked box, which says more than any label over all of them, and somewhere. Set by hand
/// with the tuning family in view.
const AT_TICKED_BOX: f32 = 1.05;
const SOMEWHERE: f32 = 0.3;

/// The values of the schema that the document names.
pub(crate) fn search(search: &Search<'_>, leaf: &Leaf<'_>, values: &[Value], best: &mut Best) {
    for value in values {
        let Some(wanted) = spoken(value) else { continue };
        // Word for word: a value that the page has in another form is not what stands there.
        let words: Vec<String> =
            wanted.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect();
        if words.is_empty() {
            continue;
        }
        for phrase in search.phrases {
            let text = search.reading.text(phrase.span);
            let Some(range) = within(text, &words) else { continue };
            let span = Span {
                line: phrase.span.line,
                start: phrase.span.start + range.start,
                end: phrase.span.start + range.end,
            };
            let before = text.get(..range.start).unwrap_or_default();
            let named = search.named(phrase.span, &phrase.labels, leaf);
            let mut score = named.score * share(range.len(), text.trim().len());
            let beside = tick::beside(&search.reading.view, span.line).filter(|_| before.is_empty());
            match tick::before(before).or(beside.map(|(_, is_ticked)| is_ticked)) {
                Some(true) => score = score.max(AT_TICKED_BOX),
                Some(false) => continue,
                None => score = score.max(if words.len() > 1 || text.len() == range.len() { SOMEWHERE } else { 0.0 }),
            }
            best.push(Candidate { spans: vec![span], value: value.clone(), score });
        }
    }
    for typed in &search.reading.values {
        if let Typed::Money { currency: Some(code), .. } | Typed::Currency(code) = &typed.value
            && let Some(value) = values.iter().find(|value| value.as_str() == Some(code))
        {
            best.push(Candidate { spans: vec![typed.span], value: value.clone(), score: 0.75 * typed.confidence });
        }
    }
}

fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.replace(['_', '-'], " ")),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// How much of the text the value is: all of it, or a word of a sentence.
#[expect(clippy::cast_precision_loss, reason = "texts of lines are short")]
fn share(part: usize, all: usize) -> f32 {
    0.75 + 0.25 * (part as f32 / all.max(1) as f32).min(1.0)
}

/// Where the words stand in the text, as words.
fn within(text: &str, words: &[String]) -> Option<std::ops::Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (sign.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                pieces.push((from, at, fold(text.get(from..at).unwrap_or_default())));
                start = None;
            }
            _ => {}
        }
    }
    pieces.windows(words.len()).find_map(|window| {
        let is_same = window.iter().zip(words).all(|((.., piece), word)| piece == word);
        let (first, last) = (window.first()?, window.last()?);
        is_same.then_some(first.0..last.1)
    })
}
