//! Phrases by their words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::concept::{self, Concept};
use super::{MAX_TEXT, fold::tokens};
use crate::language::Language;

/// What a label counts that has some words of a phrase and not all.
const PARTIAL: f32 = 0.6;
/// The share of a phrase, by the weight of its words, that a label must have.
const LEAST_COVER: f32 = 0.6;
/// What the words of a label are worth that the phrase does not have: the rest is for having all of the phrase.
const EXTRA: f32 = 0.5;
/// The weight of a word that no phrase has.
const UNKNOWN: f32 = 0.8;
/// The shortest word that may be read with one letter wrong.
const LEAST_FUZZY: usize = 5;
/// Words of a text that are compared: a label has no more, of a description these are the ones that matter.
const MAX_WORDS: usize = 60;

/// Phrases by their words.
pub(super) struct Index {
    phrases: Vec<Phrase>,
    words: HashMap<String, Word>,
}

struct Phrase {
    concept: Concept,
    /// Words as numbers of [`Index::words`].
    words: Vec<usize>,
    weight: f32,
}

struct Word {
    number: usize,
    weight: f32,
    /// Phrases that have it.
    phrases: Vec<usize>,
}

/// Phrases that labels are made of.
pub(super) fn label() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(false));
    &INDEX
}

/// Those, and what people who write schemas say.
pub(super) fn field() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(true));
    &INDEX
}

impl Index {
    fn new(with_fields: bool) -> Self {
        let mut index = Self { phrases: Vec::new(), words: HashMap::new() };
        let mut concepts_of_word: HashMap<String, Vec<Concept>> = HashMap::new();
        for row in concept::rows() {
            let labels = Language::ALL.into_iter().flat_map(|language| row.phrases(language));
            let fields = row.fields().filter(|_| with_fields);
            for phrase in labels.chain(fields) {
                let words = distinct(tokens(phrase));
                let number = index.phrases.len();
                let mut of_phrase = Vec::with_capacity(words.len());
                for word in words {
                    let concepts = concepts_of_word.entry(word.clone()).or_default();
                    if concepts.last() != Some(&row.concept) {
                        concepts.push(row.concept);
                    }
                    let next = index.words.len();
                    let word =
                        index.words.entry(word).or_insert(Word { number: next, weight: 0.0, phrases: Vec::new() });
                    word.phrases.push(number);
                    of_phrase.push(word.number);
                }
                index.phrases.push(Phrase { concept: row.concept, words: of_phrase, weight: 0.0 });
            }
        }
        index.weigh(&concepts_of_word);
        index
    }

    /// A word that few concepts have says more.
    fn weigh(&mut self, concepts_of_word: &HashMap<String, Vec<Concept>>) {
        let mut weights = vec![UNKNOWN; self.words.len()];
        for (text, word) in &mut self.words {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred concepts")]
            let concepts = concepts_of_word.get(text).map_or(1, Vec::len) as f32;
            word.weight = 1.0 / (1.0 + concepts.ln() / 2.0);
            if let Some(weight) = weights.get_mut(word.number) {
                *weight = word.weight;
            }
        }
        for phrase in &mut self.phrases {
            phrase.weight = phrase.words.iter().filter_map(|word| weights.get(*word)).sum();
        }
    }

    /// How well each concept's best phrase fits a label.
    pub(super) fn meanings(&self, text: &str) -> Vec<(Concept, f32)> {
        self.compared(text, |cover, precision| {
            let whole = 1.0 - EXTRA + EXTRA * precision;
            if cover > 0.999 {
                whole
            } else if cover >= LEAST_COVER {
                PARTIAL * cover * whole
            } else {
                0.0
            }
        })
    }

    /// The concepts that a text names among other things, by a whole phrase each.
    pub(super) fn mentions(&self, text: &str) -> Vec<(Concept, f32)> {
        self.compared(text, |cover, precision| if cover > 0.999 { (0.5 + precision).min(1.0) } else { 0.0 })
    }

    fn compared(&self, text: &str, score: impl Fn(f32, f32) -> f32) -> Vec<(Concept, f32)> {
        let mut weight = 0.0;
        let mut shared: HashMap<usize, f32> = HashMap::new();
        for word in distinct(tokens(crate::value::head(text, MAX_TEXT))).into_iter().take(MAX_WORDS) {
            let Some(word) = self.word(&word) else {
                weight += UNKNOWN;
                continue;
            };
            weight += word.weight;
            for phrase in &word.phrases {
                *shared.entry(*phrase).or_default() += word.weight;
            }
        }
        let mut best: Vec<(Concept, f32)> = Vec::new();
        for (number, common) in shared {
            let Some(phrase) = self.phrases.get(number) else { continue };
            let score = score(common / phrase.weight, common / weight);
            if score > 0.0 {
                super::raise(&mut best, phrase.concept, score);
            }
        }
        best
    }

    /// The word, or the one that it is but for a letter: character recognition takes one for another.
    fn word(&self, text: &str) -> Option<&Word> {
        self.words.get(text).or_else(|| {
            let length = text.chars().count();
            if length < LEAST_FUZZY || text.bytes().any(|byte| byte.is_ascii_digit() && length < 2 * LEAST_FUZZY) {
                return None;
            }
            self.words
                .iter()
                .filter(|(word, _)| is_near(word, text))
                .min_by_key(|(word, _)| word.as_str())
                .map(|(_, word)| word)
        })
    }
}

fn distinct(words: Vec<String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::with_capacity(words.len().min(MAX_WORDS));
    for word in words.into_iter().take(MAX_WORDS) {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    }
    distinct
}

/// Whether two words are the same but for one letter more, less or other, and not at the start.
fn is_near(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 1 || a.len() < LEAST_FUZZY || a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a.as_bytes()[same..], &b.as_bytes()[same..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) - end <= 1
}
