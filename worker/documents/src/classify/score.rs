//! How much speaks for each thing that a page may be, and what.

use std::sync::Arc;

use super::leaf::{Leaf, Title};
use super::target::Target;
use crate::embed::{Embedder, Embedding};
use crate::matching::words;
use crate::value::head;
use crate::view::View;

/// Signs that make half of what signs can: two that hardly another type has.
const HALF: f32 = 1.3;
/// What signs count of a type that the page's title is not of.
const BEST_SHARE: f32 = 0.6;
/// What the nearest text counts of the meaning; the rest is the mean of all.
const NEAREST: f32 = 0.6;
/// Bytes of a text that the network reads.
const MAX_CHUNK: usize = 320;

/// How much each way of looking counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weights {
    pub(crate) titles: f32,
    pub(crate) signs: f32,
    pub(crate) words: f32,
    pub(crate) meaning: f32,
}

/// What speaks for one thing that a page may be, each from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Score {
    pub(crate) titles: f32,
    pub(crate) signs: f32,
    pub(crate) words: f32,
    pub(crate) meaning: f32,
}

impl Score {
    /// The sum, by weights.
    pub(crate) fn sum(&self, weights: &Weights) -> f32 {
        weights.titles * self.titles
            + weights.signs * self.signs
            + weights.words * self.words
            + weights.meaning * self.meaning
    }
}

/// What speaks for each target; `texts` are the parts of the page as the network sees them.
pub(crate) fn scores(
    leaf: &Leaf,
    targets: &[Target],
    texts: &[Arc<Embedding>],
    embedder: Option<&Embedder>,
) -> Vec<Score> {
    let mut scores: Vec<Score> = targets
        .iter()
        .map(|target| Score {
            titles: leaf.titles.iter().map(|title| named(title, target)).fold(0.0, f32::max),
            signs: signs(leaf, target),
            words: shared_words(leaf, target),
            meaning: embedder.map_or(0.0, |embedder| nearness(&embedder.embed(&target.text), texts)),
        })
        .collect();
    // Signs that another target has more of tell little.
    let most = scores.iter().map(|score| score.signs).fold(0.0, f32::max);
    for score in &mut scores {
        if score.signs < most {
            score.signs *= BEST_SHARE + (1.0 - BEST_SHARE) * score.signs / most;
        }
    }
    scores
}

/// How much a title says that the page is this.
pub(super) fn named(title: &Title, target: &Target) -> f32 {
    // Squared: "Résumé de la visite" is a title of something else, with words that are not of the type's.
    let shared = |(concept, score): &(_, f32)| {
        target.types.iter().find(|(known, _)| known == concept).map_or(0.0, |(_, sure)| score * score * sure)
    };
    let by_type = title.types.iter().map(shared).fold(0.0, f32::max);
    let said = words::of_text(&title.text);
    let all: f32 = target.name.iter().map(|word| word.weight).sum();
    let common: f32 = target
        .name
        .iter()
        .filter(|word| said.iter().any(|other| other.text == word.text))
        .map(|word| word.weight)
        .sum();
    let own: f32 = said.iter().map(|word| word.weight).sum();
    let by_words = if all > 0.0 && own > 0.0 { (common / all) * (0.5 + 0.5 * common / own) } else { 0.0 };
    title.prominence * by_type.max(by_words)
}

fn signs(leaf: &Leaf, target: &Target) -> f32 {
    let of_type = |(concept, sure): &(_, f32)| {
        let sum: f32 = leaf.signs_of(*concept).map(|sign| sign.weight).sum();
        sure * sum / (sum + HALF)
    };
    target.types.iter().map(of_type).fold(0.0, f32::max)
}

fn shared_words(leaf: &Leaf, target: &Target) -> f32 {
    let all: f32 = target.words.iter().map(|(_, weight)| weight).sum();
    let shared: f32 =
        target.words.iter().filter(|(word, _)| leaf.words.contains_key(word)).map(|(_, weight)| weight).sum();
    if all > 0.0 { shared / all } else { 0.0 }
}

fn nearness(target: &Embedding, texts: &[Arc<Embedding>]) -> f32 {
    if texts.is_empty() {
        return 0.0;
    }
    let near: Vec<f32> = texts.iter().map(|text| text.cosine(target).max(0.0)).collect();
    let most = near.iter().copied().fold(0.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "a few texts")]
    let mean = near.iter().sum::<f32>() / near.len() as f32;
    NEAREST * most + (1.0 - NEAREST) * mean
}

/// The parts of pages that the network reads: the head of each with its titles, and further parts of the first ones, no
/// more than so many in all.
pub(crate) fn texts(view: &View, leaves: &[Leaf], most: usize, chunk_words: usize) -> Vec<String> {
    let mut texts = Vec::new();
    let per_page = (most / leaves.len().max(1)).max(1);
    for leaf in leaves.iter().filter(|leaf| !leaf.is_blank()).take(most) {
        let lines = view.lines.get(leaf.lines.clone()).unwrap_or_default();
        let mut words = lines.iter().flat_map(|line| line.text.split_whitespace()).peekable();
        for _ in 0..per_page {
            if words.peek().is_none() || texts.len() >= most {
                break;
            }
            let text: Vec<&str> = words.by_ref().take(chunk_words).collect();
            texts.push(head(&text.join(" "), MAX_CHUNK).to_owned());
        }
    }
    texts
}
