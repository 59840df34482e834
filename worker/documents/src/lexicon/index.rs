//! Phrases by their words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::MAX_TEXT;
use super::concept::{self, Concept};
use super::fold::{Token, tokens};
use crate::language::Language;

/// What a label counts that has some words of a phrase and not all.
const PARTIAL: f32 = 0.6;
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

/// Phrases by their words.
pub(super) struct Index {
    phrases: Vec<Phrase>,
    words: HashMap<String, Word>,
}

struct Phrase {
    concept: Concept,
    weight: f32,
    /// Whether it is one word, but for articles and prepositions.
    is_single: bool,
    /// Whether only people who write schemas say it.
    is_of_fields: bool,
}

#[derive(Default)]
struct Word {
    weight: f32,
    /// Phrases that have it.
    phrases: Vec<usize>,
}

/// The one of the lexicon.
pub(super) fn index() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(Index::new);
    &INDEX
}

/// What is compared with the phrases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Label,
    Field,
}

impl Index {
    fn new() -> Self {
        let mut index = Self { phrases: Vec::new(), words: HashMap::new() };
        let mut words_of_phrases: Vec<Vec<Token>> = Vec::new();
        let mut concepts_of_word: HashMap<String, Vec<Concept>> = HashMap::new();
        for row in concept::rows() {
            let labels = Language::ALL.into_iter().flat_map(|language| row.phrases(language));
            let all = labels.map(|phrase| (phrase, false)).chain(row.fields().map(|phrase| (phrase, true)));
            for (phrase, is_of_fields) in all {
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
                index.phrases.push(Phrase { concept: row.concept, weight: 0.0, is_single, is_of_fields });
            }
        }
        index.weigh(&concepts_of_word, &words_of_phrases);
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
        self.compared(text, kind, |cover, precision| {
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
        self.compared(
            text,
            Text::Field,
            |cover, precision| {
                if cover > 0.999 { (0.5 + precision).min(1.0) } else { 0.0 }
            },
        )
    }

    fn compared(&self, text: &str, kind: Text, score: impl Fn(f32, f32) -> f32) -> Vec<(Concept, f32)> {
        let mut weight = 0.0;
        // Of each phrase the weight that it shares, and that of its words that count for it alone.
        let mut shared: HashMap<usize, (f32, f32)> = HashMap::new();
        let tokens = tokens(crate::value::head(text, MAX_TEXT));
        // "Rechnung vom" is not the number of the invoice: what a label ends in is no article.
        let link = tokens.last().filter(|last| last.is_filler && tokens.len() > 1).map_or(0.0, |_| FILLER);
        for token in &tokens {
            let Some(word) = self.word(&token.text, kind) else {
                weight += if token.is_filler { 0.0 } else { UNKNOWN };
                continue;
            };
            let (common, alone) = if token.is_filler { (FILLER, FILLER) } else { (word.weight, 0.0) };
            weight += common - alone;
            for phrase in &word.phrases {
                let sums = shared.entry(*phrase).or_default();
                *sums = (sums.0 + common, sums.1 + alone);
            }
        }
        let mut best: Vec<(Concept, f32)> = Vec::new();
        for (number, (common, alone)) in shared {
            let Some(phrase) = self.phrases.get(number) else { continue };
            if phrase.is_of_fields && kind == Text::Label {
                continue;
            }
            let alone = if phrase.is_single { alone.max(link) } else { alone };
            let score = score((common / phrase.weight).min(1.0), (common / (weight + alone)).min(1.0));
            if score > 0.0 {
                super::raise(&mut best, phrase.concept, score);
            }
        }
        best
    }

    /// The word, or on a page the one that it is but for a letter: character recognition takes one for another.
    fn word(&self, text: &str, kind: Text) -> Option<&Word> {
        self.words.get(text).or_else(|| self.words.get(&without_digraphs(text)?)).or_else(|| {
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
        })
    }
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
