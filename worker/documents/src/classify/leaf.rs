//! A page by what it says of what it is.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::cue;
use crate::document::Document;
use crate::lexicon::{self, Concept};
use crate::matching::words;
use crate::value::head;
use crate::view::{Line, View};

/// Lines of one page that are looked at: a page of print has about 60, and what a page is stands at its beginning.
const MAX_LINES: usize = 160;
/// Bytes of a line that are looked at.
const MAX_LINE: usize = 400;
/// Words of a line that may be a title.
const MAX_TITLE: usize = 9;
/// Words of a line that may be a label.
const MAX_LABEL: usize = 6;
/// How much higher than the page's usual line a title is.
const TALL: f32 = 1.25;
/// How much of a page, from its top, its title stands in.
const TOP: f32 = 0.4;
/// Lines from the page's first that may be its title without looking like one.
const FIRST_LINES: usize = 8;
/// What a label must mean to count as a sign.
const LEAST_MEANING: f32 = 0.7;

/// A line that may say what the page is.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    /// The line of the view; none for the name of a worksheet or the subject of a message.
    pub(crate) line: Option<usize>,
    pub(crate) text: String,
    /// How much it looks like a title, from 0 to 1.
    pub(crate) prominence: f32,
    /// The types of document that it names.
    pub(crate) types: Vec<(Concept, f32)>,
}

/// Something on the page that goes with a type of document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sign {
    pub(crate) weight: f32,
    pub(crate) line: usize,
}

/// What a sign is: the same one counts once however often it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Label(Concept),
    Phrase(&'static str),
}

/// A page, or several, by what they say of what they are.
#[derive(Debug, Clone, Default)]
pub(crate) struct Leaf {
    /// Its lines in the view.
    pub(crate) lines: Range<usize>,
    pub(crate) titles: Vec<Title>,
    /// By the type of document that each goes with.
    pub(crate) signs: BTreeMap<(Concept, Mark), Sign>,
    /// Its words as they are compared, each with the line that has it first.
    pub(crate) words: BTreeMap<String, usize>,
}

impl Leaf {
    /// Every page of a document.
    pub(crate) fn all(document: &Document, view: &View) -> Vec<Self> {
        let mut start = 0;
        let pages = document.pages.iter().zip(1_u32..);
        pages
            .map(|(page, number)| {
                let rest = view.lines.get(start..).unwrap_or_default();
                let length = rest.iter().take_while(|line| line.page <= number).count();
                let lines = start..start + length;
                start = lines.end;
                Self::of(view, lines, page.title.as_deref())
            })
            .collect()
    }

    /// A text that is not of the document as a title.
    pub(crate) fn titled(text: &str, prominence: f32) -> Self {
        let mut leaf = Self::default();
        let types = lexicon::types_in_text(text);
        leaf.titles.push(Title { line: None, text: text.to_owned(), prominence, types });
        leaf
    }

    fn of(view: &View, lines: Range<usize>, title: Option<&str>) -> Self {
        let mut leaf = Self { lines: lines.clone(), ..Self::default() };
        if let Some(title) = title {
            leaf.add_title(None, title, 0.9);
        }
        let all = view.lines.get(lines.clone()).unwrap_or_default();
        let usual = usual_height(all);
        let mut seen: HashSet<&str> = HashSet::new();
        for (at, line) in all.iter().take(MAX_LINES).enumerate() {
            let number = lines.start + at;
            let text = head(&line.text, MAX_LINE);
            for word in words::of_text(text) {
                leaf.words.entry(word.text).or_insert(number);
            }
            leaf.add_phrases(number, text);
            let length = text.split_whitespace().count();
            if length <= MAX_TITLE {
                leaf.add_title(Some(number), text, prominence(line, at, length, usual));
            }
            let label = text.split([':', '：']).next().unwrap_or_default();
            if label.split_whitespace().count() <= MAX_LABEL && seen.insert(label) {
                leaf.add_labels(number, label);
            }
        }
        leaf
    }

    fn add_title(&mut self, line: Option<usize>, text: &str, prominence: f32) {
        let types = lexicon::types_of_title(text);
        if !types.is_empty() || prominence >= 0.5 {
            self.titles.push(Title { line, text: text.to_owned(), prominence, types });
        }
    }

    fn add_labels(&mut self, line: usize, label: &str) {
        for (meaning, score) in lexicon::concepts_of_label(label) {
            if score < LEAST_MEANING {
                continue;
            }
            for (of, labels) in cue::LABELS {
                if let Some((_, weight)) = labels.iter().find(|(label, _)| *label == meaning) {
                    self.add_sign((*of, Mark::Label(meaning)), Sign { weight: weight * score, line });
                }
            }
        }
    }

    fn add_phrases(&mut self, line: usize, text: &str) {
        let text = lexicon::fold(text);
        for (of, weight, phrases) in cue::PHRASES {
            if let Some(phrase) = phrases.iter().find(|phrase| has(&text, phrase)) {
                self.add_sign((*of, Mark::Phrase(phrase)), Sign { weight: *weight, line });
            }
        }
    }

    fn add_sign(&mut self, key: (Concept, Mark), sign: Sign) {
        let known = self.signs.entry(key).or_insert(sign);
        if sign.weight > known.weight {
            *known = sign;
        }
    }

    /// This page and the next one as one; titles of later pages count less.
    pub(crate) fn join(&mut self, next: &Self, later: f32) {
        self.lines.end = self.lines.end.max(next.lines.end);
        self.titles
            .extend(next.titles.iter().cloned().map(|title| Title { prominence: title.prominence * later, ..title }));
        for (key, sign) in &next.signs {
            self.add_sign(*key, *sign);
        }
        for (word, line) in &next.words {
            self.words.entry(word.clone()).or_insert(*line);
        }
    }

    /// How much goes with a type of document: the sum of its signs.
    pub(crate) fn signs_of(&self, of: Concept) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(move |((key, _), _)| *key == of).map(|(_, sign)| sign)
    }

    /// Whether it greets somebody, as the first page of a letter does.
    pub(crate) fn salutes(&self) -> bool {
        self.signs.keys().any(|(_, mark)| matches!(mark, Mark::Phrase(phrase) if cue::SALUTATIONS.contains(phrase)))
    }

    /// Whether nothing is written on it.
    pub(crate) fn is_blank(&self) -> bool {
        self.words.is_empty()
    }
}

/// Whether a text has a phrase that does not begin within a word.
fn has(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !(before.is_some_and(char::is_alphanumeric) && phrase.starts_with(char::is_alphanumeric))
    })
}

/// How much a line looks like a title.
fn prominence(line: &Line, at: usize, words: usize, usual: Option<f32>) -> f32 {
    let is_high = line.rect.is_none_or(|rect| rect.top <= TOP);
    let is_tall = line.rect.zip(usual).is_some_and(|(rect, usual)| rect.height() >= TALL * usual);
    let is_label = line.text.contains(':') || line.cell.is_some();
    let letters = line.text.chars().filter(|letter| letter.is_alphabetic());
    let is_loud = letters.clone().count() > 3 && letters.clone().all(char::is_uppercase);
    let shape: f32 = match line.heading {
        Some(1 | 2) => 1.0,
        Some(_) => 0.8,
        None if is_tall => 0.9,
        None if is_loud && !is_label => 0.7,
        None if at < FIRST_LINES && !is_label && words <= 5 => 0.55,
        None if is_label => 0.15,
        None => 0.25,
    };
    if is_high || at < 2 { shape } else { shape * 0.6 }
}

/// The height of the page's middle line, by height.
fn usual_height(lines: &[Line]) -> Option<f32> {
    let mut heights: Vec<f32> =
        lines.iter().take(MAX_LINES).filter_map(|line| line.rect.map(|rect| rect.height())).collect();
    heights.sort_by(f32::total_cmp);
    heights.get(heights.len() / 2).copied()
}
