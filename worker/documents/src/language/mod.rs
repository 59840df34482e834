//! Which script and which language a document is written in, by the words that it has most of.

mod script;
mod words;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::error::Error;
use crate::lexicon;
pub(crate) use script::Script;

/// Bytes of text that are counted: some ten pages, after which a language has shown itself.
const MAX_COUNTED: usize = 64 << 10;
/// What a word counts that stands in sentences of one language: "the".
const STOP_WORD: u32 = 2;
/// What a word counts that stands in labels of one language: "invoice".
const LABEL_WORD: u32 = 1;
/// Points below which nothing is said: two words of sentences, or four of labels.
const MIN_POINTS: u32 = 4;

/// A language that labels are known in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Language {
    En,
    Fr,
    De,
    Es,
}

impl Language {
    pub(crate) const ALL: [Self; 4] = [Self::En, Self::Fr, Self::De, Self::Es];
}

/// What text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) script: Script,
    /// None if the words are of another language or too few to tell.
    pub(crate) language: Option<Language>,
}

/// What text is written in.
#[cfg(test)]
pub(crate) fn of(text: &str) -> Written {
    let mut count = Count::default();
    text.lines().for_each(|line| count.add(line));
    count.written()
}

/// The language of a document, by its lines; none if it is another one in Latin letters, or too little to tell.
///
/// # Errors
///
/// [`Error::LanguageNotSupported`] if it is written in other letters.
pub(crate) fn known<'l>(lines: impl IntoIterator<Item = &'l str>) -> Result<Option<Language>, Error> {
    let mut count = Count::default();
    lines.into_iter().for_each(|line| count.add(line));
    match count.written() {
        Written { script: Script::Latin, language } => Ok(language),
        Written { script, .. } => Err(Error::LanguageNotSupported { script: script.name() }),
    }
}

/// What is counted line by line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Count {
    script: script::Count,
    points: [u32; 4],
    bytes: usize,
}

impl Count {
    pub(crate) fn add(&mut self, line: &str) {
        if self.bytes >= MAX_COUNTED {
            return;
        }
        self.bytes += line.len() + 1;
        self.script.add(line);
        for word in line.split(|sign: char| !sign.is_alphabetic()).filter(|word| !word.is_empty()) {
            let Some(points) = WORDS.get(lexicon::fold(word).as_str()) else { continue };
            for (sum, points) in self.points.iter_mut().zip(points) {
                *sum += points;
            }
        }
    }

    pub(crate) fn written(&self) -> Written {
        let mut ranked: Vec<(u32, Language)> = self.points.into_iter().zip(Language::ALL).collect();
        ranked.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        let language = match ranked.as_slice() {
            [(first, language), (second, _), ..] if *first >= MIN_POINTS && first > second => Some(*language),
            _ => None,
        };
        Written { script: self.script.script(), language }
    }
}

/// What each word counts for each language. A word of several languages tells none of them from another.
static WORDS: LazyLock<HashMap<String, [u32; 4]>> = LazyLock::new(|| {
    let mut all: HashMap<String, [u32; 4]> = HashMap::new();
    for (index, language) in Language::ALL.into_iter().enumerate() {
        let labels = lexicon::words(language).map(|word| (word, LABEL_WORD));
        let stops = words::stop_words(language).split_whitespace().map(|word| (lexicon::fold(word), STOP_WORD));
        for (word, points) in labels.chain(stops) {
            if let Some(entry) = all.entry(word).or_default().get_mut(index) {
                *entry = (*entry).max(points);
            }
        }
    }
    all.retain(|_, points| points.iter().filter(|points| **points > 0).count() < Language::ALL.len());
    all
});
