//! What a document, or a page of one, is: what its pages say held against what it may be.
//!
//! ```text
//! pages ── leaf (titles, labels, turns of phrase, words) ──┐
//! kinds ── target (types of document, words, text) ────────┴─ score, by the weights of a pass ──► how likely each is
//! ```

mod cue;
mod leaf;
mod pass;
mod reason;
mod score;
mod target;

pub(crate) use leaf::Leaf;
pub(crate) use pass::{Pass, passes};
pub(crate) use score::{Weights, scores, texts};
pub(crate) use target::Target;

use std::sync::Arc;

use crate::embed::{Embedder, Embedding};
use crate::language::Language;
use crate::operation::{Classification, Kind};
use crate::view::View;

/// Texts of a document that the network reads: a second of one processor for the longest.
const MAX_TEXTS: usize = 10;
/// What a title of a later page counts by one of the first.
const LATER_TITLE: f32 = 0.4;
/// What speaks for the rest: more than a document has that is none of the others.
const REST: f32 = 1.4;
/// What is known about the document counts as a title that does not look like one.
pub(crate) const CONTEXT: f32 = 0.3;
/// What the network's word counts on a page in a language that it was not taught.
pub(crate) const FOREIGN: f32 = 0.5;
/// How fast likelihood rises with what speaks for an answer. Measured on the tuning family.
const SHARPNESS: f32 = 2.0;

/// What is known before the passes.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) view: &'a View,
    pub(crate) leaves: &'a [Leaf],
    pub(crate) kinds: &'a [Kind],
    pub(crate) context: Option<&'a str>,
    pub(crate) language: Option<Language>,
}

/// The answer of each pass, with how likely it is right.
pub(crate) fn answers(asked: &Asked<'_>, count: u32, embedder: Option<&Embedder>) -> Vec<(Classification, f32)> {
    let targets = Target::all(asked.kinds);
    let context = asked.context.map(|context| Leaf::titled(context, CONTEXT)).unwrap_or_default();
    passes(asked.view, count).iter().filter_map(|pass| answer(asked, &targets, &context, pass, embedder)).collect()
}

fn answer(
    asked: &Asked<'_>,
    targets: &[Target],
    context: &Leaf,
    pass: &Pass,
    embedder: Option<&Embedder>,
) -> Option<(Classification, f32)> {
    let leaves = if pass.is_first_page { asked.leaves.get(..1).unwrap_or_default() } else { asked.leaves };
    let mut all = leaves.first()?.clone();
    leaves.iter().skip(1).for_each(|leaf| all.join(leaf, LATER_TITLE));
    let embeddings = embedded(asked.view, leaves, pass, embedder);
    let mut weights = pass.weights;
    if asked.language != Some(Language::En) {
        weights.meaning *= FOREIGN;
    }
    let mut with_context = all.clone();
    with_context.join(context, 1.0);
    let scores = scores(&with_context, targets, &embeddings, embedder);
    let sums: Vec<f32> = scores
        .iter()
        .zip(targets)
        .map(|(score, target)| if target.is_rest { REST } else { score.sum(&weights) })
        .collect();
    let likely = likelihoods(&sums);
    let (best, likelihood) = likely.iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1))?;
    let (kind, target) = (asked.kinds.get(best)?, targets.get(best)?);
    let reasoning = reason::reason(asked.view, &all, target, &kind.name);
    Some((Classification { category: kind.name.clone(), reasoning }, *likelihood))
}

fn embedded(view: &View, leaves: &[Leaf], pass: &Pass, embedder: Option<&Embedder>) -> Vec<Arc<Embedding>> {
    let Some(embedder) = embedder.filter(|_| pass.weights.meaning > 0.0) else { return Vec::new() };
    texts(view, leaves, MAX_TEXTS, pass.chunk_words).iter().map(|text| embedder.embed(text)).collect()
}

/// How likely each is, from what speaks for it.
fn likelihoods(sums: &[f32]) -> Vec<f32> {
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = sums.iter().map(|sum| (SHARPNESS * (sum - most)).exp()).collect();
    let all: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / all).collect()
}
