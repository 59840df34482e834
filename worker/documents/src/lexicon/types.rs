//! Types of document, by their titles and names.

use std::sync::LazyLock;

use super::concept::Concept;
use super::index::{self, Text};
use super::{MAX_TEXT, fold, raise, raise_all, ranked};
use crate::language::Language;
use crate::value::{Kind, head};

/// What a type of document counts that a compound ends in.
const COMPOUND: f32 = 0.85;
/// The shortest word that a compound is known to end in: "Antrag". "Bon" ends others.
const LEAST_END: usize = 6;
/// The shortest first part of such a compound.
const LEAST_FIRST: usize = 3;

/// The types of document that a title names, the likeliest first. What German puts before a word makes it no other one:
/// an "Aufnahmeantrag" is an "Antrag".
pub(crate) fn types_of_title(title: &str) -> Vec<(Concept, f32)> {
    let mut all = index::index(Text::Label).meanings(title, Text::Label);
    for word in head(title, MAX_TEXT).split(|sign: char| !sign.is_alphabetic()) {
        let word = fold(word);
        let ends = TYPE_ENDS.iter().filter(|(end, _)| word.len() >= end.len() + LEAST_FIRST && word.ends_with(end));
        if let Some((_, concept)) = ends.max_by_key(|(end, _)| end.len()) {
            raise(&mut all, *concept, COMPOUND);
        }
    }
    types(all)
}

/// The types of document that a name says which somebody gave them, the likeliest first.
pub(crate) fn types_of_name(name: &str) -> Vec<(Concept, f32)> {
    let mut all = types_of_title(name);
    raise_all(&mut all, index::index(Text::Field).meanings(name, Text::Field), 1.0);
    types(all)
}

/// The types of document that a text names among other things.
pub(crate) fn types_in_text(text: &str) -> Vec<(Concept, f32)> {
    types(index::index(Text::Field).mentions(text))
}

fn types(mut all: Vec<(Concept, f32)>) -> Vec<(Concept, f32)> {
    all.retain(|(concept, _)| concept.kind() == Kind::Title);
    ranked(all)
}

/// The single words that name types of document in German, folded.
static TYPE_ENDS: LazyLock<Vec<(String, Concept)>> = LazyLock::new(|| {
    let types = Concept::ALL.iter().filter(|concept| concept.kind() == Kind::Title);
    let phrases = types.flat_map(|concept| concept.phrases(Language::De).map(|phrase| (phrase, *concept)));
    phrases
        .filter(|(phrase, _)| phrase.len() >= LEAST_END && phrase.chars().all(char::is_alphabetic))
        .map(|(phrase, concept)| (fold(phrase), concept))
        .collect()
});
