//! Which candidate fills which field.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::candidate::Candidate;
use super::confidence;
use super::leaf::Leaf;
use super::pass::Pass;
use super::search::as_text;
use super::want::Want;
use crate::view::Span;

/// What is left of a candidate whose text fills another field already: one label seldom answers two questions.
const SHARED: f32 = 0.55;

/// What fills a field.
#[derive(Debug, Clone)]
pub(crate) struct Filled {
    pub(crate) candidate: Candidate,
    /// How likely it is right.
    pub(crate) confidence: f32,
}

/// A candidate of a field in the queue.
#[derive(Debug, PartialEq)]
struct Bid {
    score: f32,
    leaf: usize,
    at: usize,
    is_reduced: bool,
}

impl Eq for Bid {}

impl Ord for Bid {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then_with(|| (other.leaf, other.at).cmp(&(self.leaf, self.at)))
    }
}

impl PartialOrd for Bid {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What fills each field: the best pair of a field and a candidate first, then the best of those left.
pub(crate) fn fill(leaves: &[Leaf<'_>], candidates: &[Vec<Candidate>], pass: Pass) -> Vec<Option<Filled>> {
    let mut filled: Vec<Option<Filled>> = vec![None; leaves.len()];
    let mut taken: HashMap<(Span, String), usize> = HashMap::new();
    let mut queue: BinaryHeap<Bid> = BinaryHeap::new();
    for (leaf, candidates) in candidates.iter().enumerate() {
        queue.extend(candidates.iter().enumerate().map(|(at, candidate)| Bid {
            score: candidate.score,
            leaf,
            at,
            is_reduced: false,
        }));
    }
    while let Some(bid) = queue.pop() {
        let candidate = candidates.get(bid.leaf).and_then(|candidates| candidates.get(bid.at));
        let (Some(slot), Some(candidate), Some(leaf)) = (filled.get_mut(bid.leaf), candidate, leaves.get(bid.leaf))
        else {
            continue;
        };
        if slot.is_some() {
            continue;
        }
        let Some(first) = candidate.spans.first() else { continue };
        let key = (*first, as_text(&candidate.value));
        let other = taken.get(&key).and_then(|&other| leaves.get(other));
        if !bid.is_reduced && other.is_some_and(|other| is_rival(leaf, other)) {
            queue.push(Bid { score: bid.score * SHARED, is_reduced: true, ..bid });
            continue;
        }
        let mut confidence = confidence::of(bid.score);
        // A value that has a rival close by is less sure.
        let next = candidates.get(bid.leaf).into_iter().flatten().filter(|other| other.value != candidate.value);
        let second = next.map(|other| other.score).fold(0.0, f32::max);
        if second > 0.9 * bid.score {
            confidence *= confidence::CONTESTED;
        }
        if confidence < pass.threshold {
            continue;
        }
        taken.insert(key, bid.leaf);
        *slot = Some(Filled { candidate: candidate.clone(), confidence });
    }
    filled
}

/// Whether two fields cannot well have one text for their value.
fn is_rival(one: &Leaf<'_>, other: &Leaf<'_>) -> bool {
    let kind = |leaf: &Leaf<'_>| match &leaf.want {
        Want::Typed(kinds) => kinds.first().map(|(kind, _)| *kind),
        _ => None,
    };
    one.concept != other.concept && (kind(one).is_none() || kind(other).is_none() || kind(one) == kind(other))
}
