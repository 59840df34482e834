//! Labels, and the names of the fields that they become.

use crate::lexicon::{self, Concept};
use crate::value::Kind;

/// Letters of a label: a longer text is a sentence.
const MAX_LABEL: usize = 48;
/// Words of a label, and of a name.
const MAX_WORDS: usize = 6;
/// A label means a concept from here on.
pub(super) const MEANS: f32 = 0.8;

/// A text as a label: without what parts it from its value; none if it is no label.
pub(super) fn label(text: &str) -> Option<&str> {
    let label =
        text.trim().trim_end_matches([':', '：', '.', '-', '–', '*', ' ']).trim_start_matches(['*', '-', '•', ' ']);
    let words = label.split_whitespace().count();
    let letters = label.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = label.chars().filter(char::is_ascii_digit).count();
    let is_label = label.chars().count() <= MAX_LABEL && words <= MAX_WORDS && letters >= 2 && letters > digits;
    let is_sentence = label.contains(". ") || label.contains(['@', '=', '{', '"']);
    (is_label && !is_sentence).then_some(label)
}

/// What a label means, if that is sure. Numbers in it say how much or how many: "VAT 19 %" labels the tax, and no rate.
pub(super) fn concept(label: &str) -> Option<Concept> {
    let words: Vec<&str> = label
        .split_whitespace()
        .filter(|word| *word != "%" && !word.contains(|letter: char| letter.is_ascii_digit()))
        .collect();
    let (concept, score) = lexicon::concepts_of_label(&words.join(" ")).into_iter().next()?;
    // What a document calls itself is no label of something in it.
    (score >= MEANS && concept.kind() != Kind::Title).then_some(concept)
}

/// The words of a label as the name of a field: `Case officer` is `case_officer`.
pub(super) fn of_label(label: &str) -> Option<String> {
    let folded = lexicon::fold(label).replace(['№', '#'], " number ").replace('%', " percent ");
    let words: Vec<&str> = folded
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .collect();
    let name = words.join("_");
    let name = if name.starts_with(|first: char| first.is_ascii_digit()) { format!("field_{name}") } else { name };
    name.chars().any(|letter| letter.is_ascii_alphabetic()).then_some(name)
}

/// A name as a title: `case_officer` is "Case officer".
pub(super) fn title(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter == '_' { ' ' } else { letter });
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}
