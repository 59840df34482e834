//! Matching: how well a label on the page names a field of the schema.
//!
//! Three ways, of which the best counts: the same words, the same concept of the lexicon whatever its language, and the
//! nearness of meaning that MiniLM sees. A label whose concept is another one than the field's is held against all three.

mod phrase;
pub(crate) mod words;

use self::phrase::Phrase;
use self::words::Word;

/// What a schema says of a field in words.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wording<'a> {
    /// The field's name.
    pub(crate) name: &'a str,
    /// Its title.
    pub(crate) title: Option<&'a str>,
    /// Its description.
    pub(crate) description: Option<&'a str>,
    /// What its prompt asks.
    pub(crate) prompt: Option<&'a str>,
    /// The names of the fields that it lies in, the outermost first.
    pub(crate) ancestors: &'a [&'a str],
}

/// Stands for the network of D until it is there.
#[derive(Debug)]
pub(crate) enum Embedder {}

/// How sure a label is that says nothing but the name, which several objects may have: `name` of `vendor`.
const BARE_NAME: f32 = 0.75;
/// How sure one is that says the object alone: `Vendor` of the `name` of `vendor`.
const OBJECT_ALONE: f32 = 0.8;
/// How sure a label is that says a short description.
const DESCRIPTION: f32 = 0.9;
/// A description of more words than this is a sentence about the field and not what it is called.
const MAX_PHRASE: usize = 6;
/// How sure a label is at the most of which all words stand in such a sentence.
const MENTIONED: f32 = 0.55;
/// Longer labels are sentences.
const MAX_LABEL: usize = 12;
/// Names of fields that say no more than that there is something: the object that they lie in says what.
const HOLLOW: &[&str] = &["name", "value", "title", "text", "label", "amount", "content", "full name", "display name"];

/// What is known of a field, made once and held against many labels.
#[derive(Debug)]
pub(crate) struct Matcher {
    phrases: Vec<Phrase>,
    /// The words of its descriptions.
    sentence: Vec<Word>,
}

impl Matcher {
    /// What a field is called.
    pub(crate) fn of(wording: &Wording<'_>) -> Self {
        let name = words::of_name(wording.name);
        let parent = wording.ancestors.last().map(|parent| words::of_name(parent)).unwrap_or_default();
        let mut phrases = Vec::new();
        let mut push = |words: Vec<Word>, weight| {
            if !words.is_empty() {
                phrases.push(Phrase { words, weight });
            }
        };
        let is_hollow = HOLLOW.contains(&words::spoken(wording.name).as_str());
        if is_hollow && !parent.is_empty() {
            push(parent.iter().chain(&name).cloned().collect(), 1.0);
            push(name, BARE_NAME);
            push(parent, OBJECT_ALONE);
        } else {
            push(parent.into_iter().chain(name.iter().cloned()).collect(), 1.0);
            push(name, 1.0);
        }
        push(wording.title.map(words::of_text).unwrap_or_default(), 1.0);
        let mut sentence = Vec::new();
        for text in [wording.description, wording.prompt].into_iter().flatten() {
            for quoted in quoted(text) {
                push(words::of_text(quoted), 1.0);
            }
            let words = words::of_text(text);
            if words.len() <= MAX_PHRASE {
                push(words.clone(), DESCRIPTION);
            }
            sentence.extend(words);
        }
        Self { phrases, sentence }
    }

    /// How well the label names the field, from 0 to 1.
    pub(crate) fn score(&self, label: &str, _embedder: Option<&Embedder>) -> f32 {
        let words = words::of_text(label);
        if words.is_empty() || words.len() > MAX_LABEL {
            return 0.0;
        }
        let said = self.phrases.iter().map(|phrase| phrase.score(&words)).fold(0.0, f32::max);
        let mentioned = MENTIONED * phrase::share(&words, &self.sentence);
        said.max(mentioned)
    }
}

/// What stands in quotation marks: `as printed beside "Our ref."`.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '“', '”', '«', '»', '`']).skip(1).step_by(2).map(str::trim).filter(|quoted| !quoted.is_empty())
}
