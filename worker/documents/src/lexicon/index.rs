//! Phrases by their words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::MAX_TEXT;
use super::concept::{self, Concept};
use super::fold::{Token, tokens};
use super::qualifier::{Qualifier, is_of, is_telling};
use super::reading::{self, Readings};
use crate::language::Language;

/// What a label counts that has some words of a phrase and not all.
const PARTIAL: f32 = 0.6;
/// The share of a phrase from which on a label has all of it.
const WHOLE: f32 = 0.999;
/// The share of a phrase, by the weight of its words, that a label must have.
const LEAST_COVER: f32 = 0.6;
/// What the words of a label are worth that the phrase does not have: the rest is for having all of the phrase.
const EXTRA: f32 = 0.5;
/// The weight of a word that no phrase has.
const UNKNOWN: f32 = 0.8;
/// The weight of a word that labels leave out: "Rechnung an" is not "Rechnung".
const FILLER: f32 = 0.3;
/// The shortest word that may be read with one letter wrong.
const LEAST_FUZZY: usize = 5;

/// The weight of what a German compound begins with, if nothing is known of it.
const BEGINNING: f32 = 0.3;
/// What is left of the weight of a known word that stands behind "of": it says of what, and not what.
const COMPLEMENT: f32 = 0.5;
/// What is left of a meaning that only such words have, where those before "of" are a phrase.
const OF_ANOTHER: f32 = 0.75;
/// What is left of a meaning whose phrase is a part of another one that the label has: a customer's number is no customer.
const PART_OF_ANOTHER: f32 = 0.6;

/// Phrases by their words.
pub(super) struct Index {
    phrases: Vec<Phrase>,
    words: HashMap<String, Word>,
    readings: Readings,
}

struct Phrase {
    concept: Concept,
    weight: f32,
    /// Whether it is one word, but for articles and prepositions.
    is_single: bool,
}

#[derive(Default)]
struct Word {
    weight: f32,
    /// Phrases that have it.
    phrases: Vec<usize>,
}

/// How much of a phrase a label has.
#[derive(Default, Clone, Copy)]
struct Shared {
    weight: f32,
    /// The words of the label that it has, a bit each.
    words: u64,
    /// The weight of those that count for it alone.
    alone: f32,
}

/// The ones of the lexicon: what labels say, and that with what only people say who write schemas.
pub(super) fn index(kind: Text) -> &'static Index {
    static LABELS: LazyLock<Index> = LazyLock::new(|| Index::new(Text::Label));
    static FIELDS: LazyLock<Index> = LazyLock::new(|| Index::new(Text::Field));
    match kind {
        Text::Label => &LABELS,
        Text::Field => &FIELDS,
    }
}

/// What is compared with the phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Label,
    Field,
}

impl Index {
    fn new(kind: Text) -> Self {
        let mut index = Self { phrases: Vec::new(), words: HashMap::new(), readings: Readings::default() };
        let mut words_of_phrases: Vec<Vec<Token>> = Vec::new();
        let mut concepts_of_word: HashMap<String, Vec<Concept>> = HashMap::new();
        for row in concept::rows() {
            let labels = Language::ALL.into_iter().flat_map(|language| row.phrases(language));
            for phrase in labels.chain(row.fields().filter(|_| kind == Text::Field)) {
                let mut words = tokens(phrase);
                // With two other words, articles and prepositions are left out.
                let is_single = words.iter().filter(|word| !word.is_filler).count() < 2;
                if !is_single {
                    words.retain(|word| !word.is_filler);
                }
                for word in &words {
                    let concepts = concepts_of_word.entry(word.text.clone()).or_default();
                    if concepts.last() != Some(&row.concept) {
                        concepts.push(row.concept);
                    }
                    index.words.entry(word.text.clone()).or_default().phrases.push(index.phrases.len());
                }
                words_of_phrases.push(words);
                index.phrases.push(Phrase { concept: row.concept, weight: 0.0, is_single });
            }
        }
        index.weigh(&concepts_of_word, &words_of_phrases);
        index.readings = Readings::of(index.words.keys());
        index
    }

    /// A word that few concepts have says more.
    fn weigh(&mut self, concepts_of_word: &HashMap<String, Vec<Concept>>, words_of_phrases: &[Vec<Token>]) {
        for (text, word) in &mut self.words {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred concepts")]
            let concepts = concepts_of_word.get(text).map_or(1, Vec::len) as f32;
            word.weight = 1.0 / (1.0 + concepts.ln() / 2.0);
        }
        for (phrase, words) in self.phrases.iter_mut().zip(words_of_phrases) {
            let weigh = |word: &Token| match self.words.get(&word.text) {
                Some(known) if !word.is_filler => known.weight,
                _ => FILLER,
            };
            phrase.weight = words.iter().map(weigh).sum();
        }
    }

    /// How well each concept's best phrase fits a label or the name of a field.
    pub(super) fn meanings(&self, text: &str, kind: Text) -> Vec<(Concept, f32)> {
        let heard = self.heard(text, kind);
        let shared = self.shared(&heard);
        let whole: Vec<(Concept, Shared)> = shared
            .iter()
            .filter_map(|(number, shared)| {
                let phrase = self.phrases.get(*number)?;
                (shared.weight / phrase.weight > WHOLE).then_some((phrase.concept, *shared))
            })
            .collect();
        let is_headed = whole.iter().any(|(_, shared)| shared.words & heard.complement == 0 && shared.alone <= 0.0);
        self.best(&heard, &shared, |concept, shared, cover, precision| {
            let whole_score = 1.0 - EXTRA + EXTRA * precision;
            if cover < LEAST_COVER {
                0.0
            } else if cover <= WHOLE {
                PARTIAL * cover * whole_score
            } else if is_part(concept, *shared, &whole) {
                PART_OF_ANOTHER * whole_score
            } else if is_headed && shared.words & !heard.complement == 0 {
                OF_ANOTHER * whole_score
            } else {
                whole_score
            }
        })
    }

    /// The concepts that a text names among other things, by a whole phrase each.
    pub(super) fn mentions(&self, text: &str) -> Vec<(Concept, f32)> {
        let heard = self.heard(text, Text::Field);
        self.best(
            &heard,
            &self.shared(&heard),
            |_, _, cover, precision| {
                if cover > WHOLE { (0.5 + precision).min(1.0) } else { 0.0 }
            },
        )
    }

    /// The words of a text, with what each is worth.
    fn heard(&self, text: &str, kind: Text) -> Heard<'_> {
        let mut heard = Heard::default();
        let tokens = tokens(crate::value::head(text, MAX_TEXT));
        // "Rechnung vom" is not the number of the invoice: what a label ends in is no article.
        heard.link = tokens.last().filter(|last| last.is_filler && tokens.len() > 1).map_or(0.0, |_| FILLER);
        let mut is_behind_of = false;
        for token in &tokens {
            let is_complement = is_behind_of;
            is_behind_of |= !heard.words.is_empty() && token.is_filler && is_of(&token.text);
            if let Some(word) = self.word(&token.text) {
                heard.push(&token.text, Some(word), token.is_filler, is_complement);
            } else if let Some(parts) = self.readings.parts(&token.text) {
                for part in parts {
                    // What German puts before a word says which one.
                    let word = self.words.get(&part);
                    let text = if word.is_some() { part.as_str() } else { "" };
                    heard.push(text, word, false, is_complement);
                    if let Some(own) = heard.words.last_mut().filter(|own| own.word.is_none()) {
                        own.weight = BEGINNING;
                    }
                }
            } else if let Some(word) = self.misread(&token.text, kind) {
                heard.push(&token.text, Some(word), token.is_filler, is_complement);
            } else {
                heard.push(&token.text, None, token.is_filler, is_complement);
            }
        }
        heard
    }

    /// What a text has of each phrase of which it has anything.
    fn shared(&self, heard: &Heard<'_>) -> HashMap<usize, Shared> {
        let mut shared: HashMap<usize, Shared> = HashMap::new();
        for (at, (own, word)) in heard.words.iter().enumerate().filter_map(|(at, own)| Some((at, (own, own.word?)))) {
            for phrase in &word.phrases {
                let sums = shared.entry(*phrase).or_default();
                sums.weight += own.weight;
                sums.words |= 1 << (at % 64);
                sums.alone += if own.is_filler { own.weight } else { 0.0 };
            }
        }
        shared
    }

    fn best(
        &self,
        heard: &Heard<'_>,
        shared: &HashMap<usize, Shared>,
        score: impl Fn(Concept, &Shared, f32, f32) -> f32,
    ) -> Vec<(Concept, f32)> {
        let mut best: Vec<(Concept, f32)> = Vec::new();
        for (number, shared) in shared {
            let Some(phrase) = self.phrases.get(*number) else { continue };
            let link = if phrase.is_single { (heard.link - shared.alone).max(0.0) } else { 0.0 };
            let beside = heard.beside(phrase.concept, shared.words) + link;
            let score = score(
                phrase.concept,
                shared,
                (shared.weight / phrase.weight).min(1.0),
                shared.weight / (shared.weight + beside),
            );
            if score > 0.0 {
                super::raise(&mut best, phrase.concept, score);
            }
        }
        best
    }

    /// The word as it is known, or spelled, inflected or cut short otherwise.
    fn word(&self, text: &str) -> Option<&Word> {
        let known = |text: &str| self.words.get(text);
        known(text)
            .or_else(|| known(&without_digraphs(text)?))
            .or_else(|| known(reading::long(text)?))
            .or_else(|| known(self.readings.inflected(text)?))
    }

    /// The word of a page that it is but for a letter: character recognition takes one for another.
    fn misread(&self, text: &str, kind: Text) -> Option<&Word> {
        let length = text.chars().count();
        if kind == Text::Field
            || length < LEAST_FUZZY
            || text.bytes().any(|byte| byte.is_ascii_digit() && length < 2 * LEAST_FUZZY)
        {
            return None;
        }
        self.words
            .iter()
            .filter(|(word, _)| is_near(word, text))
            .min_by_key(|(word, _)| word.as_str())
            .map(|(_, word)| word)
    }
}

/// A text as it is compared.
#[derive(Default)]
struct Heard<'i> {
    words: Vec<Own<'i>>,
    /// The words behind "of", a bit each.
    complement: u64,
    /// What it takes from a phrase of one word that the text ends in a preposition.
    link: f32,
}

/// A word of it.
struct Own<'i> {
    word: Option<&'i Word>,
    weight: f32,
    is_filler: bool,
    role: Qualifier,
    is_complement: bool,
}

impl<'i> Heard<'i> {
    fn push(&mut self, text: &str, word: Option<&'i Word>, is_filler: bool, is_complement: bool) {
        let weight = match word {
            _ if is_filler => FILLER,
            Some(word) => word.weight,
            None => UNKNOWN,
        };
        if is_complement && self.words.len() < 64 {
            self.complement |= 1 << self.words.len();
        }
        let role = Qualifier::of(text);
        self.words.push(Own { word, weight, is_filler, role, is_complement });
    }

    /// What the words weigh that a phrase of the concept does not have.
    fn beside(&self, concept: Concept, words: u64) -> f32 {
        let beside = self.words.iter().enumerate().filter(|(at, word)| words & 1 << (at % 64) == 0 && !word.is_filler);
        beside
            .map(|(_, word)| {
                let weight = word.role.weight(concept, word.weight, word.is_complement);
                if word.is_complement && word.word.is_some() && is_telling(concept) {
                    COMPLEMENT * weight
                } else {
                    weight
                }
            })
            .sum()
    }
}

/// Whether a phrase lies in a longer one of something else that the text has as well.
fn is_part(concept: Concept, shared: Shared, whole: &[(Concept, Shared)]) -> bool {
    whole.iter().any(|(other, longer)| {
        shared.words & !longer.words == 0 && shared.words != longer.words && concept.is_negative_for(*other)
    })
}

/// A word of German that writes its umlauts with two letters, as names of fields do; nothing if it has none.
fn without_digraphs(text: &str) -> Option<String> {
    let plain = text.replace("ae", "a").replace("oe", "o").replace("ue", "u");
    (plain != text).then_some(plain)
}

/// Whether two words are the same but for one letter more, less or other, and not at the start. An officer is no office:
/// what one has more at its end makes another word.
fn is_near(a: &str, b: &str) -> bool {
    if a.len().abs_diff(b.len()) > 1 || a.len() < LEAST_FUZZY || a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.as_bytes().get(same..).unwrap_or_default(), b.as_bytes().get(same..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    a.len().max(b.len()) - end <= 1
        && (end > 0 || a.len() == b.len())
        && (a.len() != b.len() || end + same >= SHORT || is_confused(a, b))
}

/// Whether what recognition takes for each other begins both, if one letter stands for another: Holger is no holder.
fn is_confused(a: &[u8], b: &[u8]) -> bool {
    let (Some(a), Some(b)) = (a.first(), b.first()) else { return true };
    CONFUSED.iter().any(|group| group.contains(a) && group.contains(b))
}

/// A word with fewer letters that are right is as likely another one.
const SHORT: usize = 7;
/// Letters and digits that recognition takes for each other.
const CONFUSED: &[&[u8]] =
    &[b"iljtf1r", b"oeca0", b"nuhmrbk", b"gq9y", b"vwyu", b"s5z2", b"b68h", b"do0", b"pq", b"fte", b"rnm"];
