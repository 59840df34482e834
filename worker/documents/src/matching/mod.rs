//! Matching: how well a label on the page names a field of the schema.
//!
//! Three ways, of which the best counts: the same words, the same concept of the lexicon whatever its language, and the
//! nearness of meaning that MiniLM sees. A label whose concept is another one than the field's is held against all three.

mod meaning;
mod phrase;
pub(crate) mod words;

use self::meaning::Meaning;
use self::phrase::Phrase;
use self::words::Word;
pub(crate) use crate::embed::Embedder;
use crate::schema::Field;

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
    /// Whether it is of the items of a list.
    pub(crate) is_of_items: bool,
}

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
/// A label that says this much of the name is not held to mean something else, whatever the lexicon takes it for.
const SAID: f32 = 0.95;
/// What a label of the same meaning is worth at the most: the same words are worth more.
const SAME_MEANING: f32 = 0.98;
/// What is left of the score of a label that the lexicon knows as the name of something else.
const OTHER_MEANING: f32 = 0.3;
/// Names of fields that say no more than that there is something: the object that they lie in says what.
const HOLLOW: &[&str] = &["name", "value", "title", "text", "label", "amount", "content", "full name", "display name"];

/// What is known of a field, made once and held against many labels.
#[derive(Debug)]
pub(crate) struct Matcher {
    phrases: Vec<Phrase>,
    /// The words of its descriptions.
    sentence: Vec<Word>,
    meaning: Meaning,
}

impl Matcher {
    /// What a field is called that lies in these, the outermost first.
    pub(crate) fn of(field: &Field, ancestors: &[&Field]) -> Self {
        let is_of_items = ancestors.iter().any(|field| field.item().is_some());
        let ancestors: Vec<&str> =
            ancestors.iter().map(|field| field.name.as_str()).filter(|name| !name.is_empty()).collect();
        Self::of_wording(&Wording {
            name: &field.name,
            title: field.title.as_deref(),
            description: field.description.as_deref(),
            prompt: field.prompt.as_deref(),
            ancestors: &ancestors,
            is_of_items,
        })
    }

    /// What a field is called of which this is said.
    pub(crate) fn of_wording(wording: &Wording<'_>) -> Self {
        let name = words::of_name(wording.name);
        let parent = wording.ancestors.last().map(|parent| words::of_name(parent)).unwrap_or_default();
        let mut phrases = Vec::new();
        let mut push = |words: Vec<Word>, weight| {
            if !words.is_empty() {
                phrases.push(Phrase { words, weight });
            }
        };
        let is_hollow = HOLLOW.contains(&words::spoken(wording.name).as_str()) && !parent.is_empty();
        push(parent.iter().chain(&name).cloned().collect(), 1.0);
        if is_hollow {
            push(name, BARE_NAME);
            push(parent, OBJECT_ALONE);
        } else {
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
        Self { phrases, sentence, meaning: Meaning::of(wording, is_hollow) }
    }

    /// How well the label names the field, from 0 to 1.
    pub(crate) fn score(&self, label: &str, embedder: Option<&Embedder>) -> f32 {
        let words = words::of_text(label);
        if words.is_empty() || words.len() > MAX_LABEL {
            return 0.0;
        }
        let said = self.phrases.iter().map(|phrase| phrase.score(&words)).fold(0.0, f32::max);
        let mentioned = MENTIONED * phrase::share(&words, &self.sentence);
        let by_words = said.max(mentioned);
        if said >= SAID {
            return said;
        }
        let mut concepts = crate::lexicon::concepts_of_label(label);
        meaning::narrow(&mut concepts);
        if self.meaning.is_other(&concepts) {
            return OTHER_MEANING * by_words;
        }
        let by_concept = SAME_MEANING * self.meaning.shared(&concepts);
        let best = by_words.max(by_concept);
        match embedder {
            Some(embedder) if best < meaning::NEAREST => best.max(self.meaning.near(label, &concepts, embedder)),
            _ => best,
        }
    }
}

/// What stands in quotation marks: `as printed beside "Our ref."`.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split(['"', '“', '”', '«', '»', '`']).skip(1).step_by(2).map(str::trim).filter(|quoted| !quoted.is_empty())
}
