//! Which pages of a file belong to which of the documents in it.
//!
//! ```text
//! pages ── classify (what speaks for each kind) ──┐
//!       └─ boundary (what speaks for a beginning) ┴─ ranges ──► sections ── partition (by key)
//! ```

mod boundary;
mod generate;
mod pairs;
mod partition;
mod ranges;
mod sections;
mod vote;

pub(crate) use generate::kinds;
pub(crate) use vote::likelihoods;

use self::boundary::Mark;
use self::ranges::Label;
use self::sections::Range;
use crate::classify::{self, FOREIGN, Leaf, Pass, Target};
use crate::embed::Embedder;
use crate::language::Language;
use crate::operation::{Kind, Section};
use crate::value::Locale;
use crate::view::{Pair, View};

/// Pages of which the network reads the beginning: the first ones, half a second of one processor for ten.
const MAX_READ: usize = 60;
/// What speaks for the rest, on a page that is none of the others.
const REST: f32 = 1.4;

/// A file and what its parts may be.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) view: &'a View,
    pub(crate) leaves: &'a [Leaf],
    pub(crate) kinds: &'a [Kind],
    pub(crate) context: Option<&'a str>,
    pub(crate) language: Option<Language>,
    pub(crate) locale: &'a Locale,
    pub(crate) embedder: Option<&'a Embedder>,
}

/// The answer, and those of the passes if there were several.
pub(crate) fn sections(asked: &Asked<'_>, count: u32) -> (Vec<Section>, Vec<Vec<Section>>) {
    let targets = Target::all(asked.kinds);
    let pairs = pairs::pairs(asked.view, asked.locale);
    let marks = boundary::marks(asked.view, asked.leaves, &pairs, asked.locale);
    let passes = classify::passes(asked.view, count);
    let labels: Vec<Vec<Label>> = passes.iter().map(|pass| labels(asked, &targets, &marks, pass)).collect();
    let consolidated = vote::consolidated(&labels);
    let mut answer = named(asked, &pairs, &sections::sections(&consolidated, &marks));
    if labels.len() < 2 {
        return (answer, Vec::new());
    }
    let ranges: Vec<Vec<Range>> = labels.iter().map(|labels| sections::sections(labels, &marks)).collect();
    vote::judged(&mut answer, &ranges, asked.kinds);
    let votes = ranges.iter().map(|ranges| named(asked, &pairs, ranges)).collect();
    (answer, votes)
}

/// What each page is of, by one pass.
fn labels(asked: &Asked<'_>, targets: &[Target], marks: &[Mark], pass: &Pass) -> Vec<Label> {
    let mut weights = pass.weights;
    if asked.language != Some(Language::En) {
        weights.meaning *= FOREIGN;
    }
    let context = asked.context.map(|context| Leaf::titled(context, classify::CONTEXT));
    let mut kinds: Vec<Vec<f32>> = Vec::with_capacity(asked.leaves.len());
    for (at, leaf) in asked.leaves.iter().enumerate() {
        if leaf.is_blank() {
            kinds.push(vec![0.0; targets.len()]);
            continue;
        }
        let embedder = asked.embedder.filter(|_| at < MAX_READ && weights.meaning > 0.0);
        let page = std::slice::from_ref(leaf);
        let texts = embedder.map(|embedder| {
            classify::texts(asked.view, page, 1, pass.chunk_words)
                .iter()
                .map(|text| embedder.embed(text))
                .collect::<Vec<_>>()
        });
        let scores = match &context {
            Some(context) => {
                let mut leaf = leaf.clone();
                leaf.join(context, 1.0);
                classify::scores(&leaf, targets, &texts.unwrap_or_default(), embedder)
            }
            None => classify::scores(leaf, targets, &texts.unwrap_or_default(), embedder),
        };
        let sums = scores.iter().zip(targets);
        kinds.push(sums.map(|(score, target)| if target.is_rest { REST } else { score.sum(&weights) }).collect());
    }
    let starts = starts(marks);
    let mut labels = ranges::labels(&kinds, &starts);
    // Blank pages at the beginning are of the first document.
    let blank = asked.leaves.iter().take_while(|leaf| leaf.is_blank()).count();
    if let Some(first) = labels.get(blank).copied() {
        labels.iter_mut().take(blank).for_each(|label| label.kind = first.kind);
    }
    labels
}

/// What speaks for a document that begins on each page.
fn starts(marks: &[Mark]) -> Vec<f32> {
    let before = std::iter::once(None).chain(marks.iter().map(Some));
    before.zip(marks).map(|(before, mark)| before.map_or(0.0, |before| boundary::start(before, mark))).collect()
}

/// Ranges by the names of their kinds, with the documents in them; then the kinds that have none.
fn named(asked: &Asked<'_>, pairs: &[Pair], ranges: &[Range]) -> Vec<Section> {
    let mut sections = Vec::with_capacity(ranges.len());
    for range in ranges {
        let Some(kind) = asked.kinds.get(range.kind) else { continue };
        let key = kind.partition_key.as_deref().filter(|key| !key.trim().is_empty());
        let partitions =
            key.map(|key| partition::partitions(asked.view, pairs, key, &range.pages, asked.locale, asked.embedder));
        sections.push(Section {
            name: kind.name.clone(),
            pages: range.pages.clone(),
            partitions: partitions.unwrap_or_default(),
            ..Section::default()
        });
    }
    for kind in asked.kinds {
        if !sections.iter().any(|section| section.name == kind.name) {
            sections.push(Section { name: kind.name.clone(), ..Section::default() });
        }
    }
    sections
}
