//! Which of the numbers, and which of the texts, mean the same.

use super::similarity::{Text, texts};

/// Numbers are the same if they differ by this share of the larger one (contract B.1).
const NUMBER_TOLERANCE: f64 = 0.03;
/// Texts are the same from this similarity on: "ACME Ltd." and "ACME Limited" are, "North gate" and "South gate" are not.
const TEXT_SIMILARITY: f64 = 0.75;

/// Whether two numbers are the same.
pub(super) fn are_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= NUMBER_TOLERANCE * one.abs().max(other.abs())
}

/// The largest set of numbers of which every two are the same, as indices in order. Of several the closest, then the one
/// that the earliest number is in.
pub(super) fn of_numbers(numbers: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    let at = |index: &usize| numbers.get(*index).copied().unwrap_or_default();
    order.sort_by(|one, other| at(one).total_cmp(&at(other)));
    let mut best: Vec<usize> = Vec::new();
    let mut best_spread = f64::INFINITY;
    for start in 0..order.len() {
        let from = order.get(start..).unwrap_or_default();
        let Some(least) = from.first().map(at) else { continue };
        let mut window: Vec<usize> = from.iter().copied().take_while(|index| are_same(least, at(index))).collect();
        let spread = window.last().map(at).unwrap_or_default() - least;
        window.sort_unstable();
        let is_better = match window.len().cmp(&best.len()) {
            std::cmp::Ordering::Equal if spread.total_cmp(&best_spread).is_eq() => window < best,
            std::cmp::Ordering::Equal => spread < best_spread,
            ordering => ordering.is_gt(),
        };
        if is_better {
            (best, best_spread) = (window, spread);
        }
    }
    best
}

/// The largest set of texts that mean the same, as indices in order, and its medoid. Of several the one that the earliest
/// text is in.
pub(super) fn of_texts(all: &[&str], is_exact: bool) -> (Vec<usize>, usize) {
    let read: Vec<Text> = all.iter().map(|text| Text::of(text)).collect();
    let similarity =
        |one: &usize, other: &usize| match (all.get(*one), all.get(*other), read.get(*one), read.get(*other)) {
            (Some(one), Some(other), ..) if one == other => 1.0,
            (_, _, Some(one), Some(other)) => texts(one, other),
            _ => 0.0,
        };
    let least = if is_exact { 1.0 } else { TEXT_SIMILARITY };
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for index in 0..all.len() {
        let fit = |cluster: &Vec<usize>| cluster.iter().map(|member| similarity(member, &index)).fold(1.0, f64::min);
        // The last of the best would win: of two equal ones the older cluster is to.
        let best = clusters.iter().enumerate().rev().max_by(|one, other| fit(one.1).total_cmp(&fit(other.1)));
        match best.filter(|(_, cluster)| fit(cluster) >= least).map(|(at, _)| at).and_then(|at| clusters.get_mut(at)) {
            Some(cluster) => cluster.push(index),
            None => clusters.push(vec![index]),
        }
    }
    let largest = clusters.into_iter().rev().max_by_key(Vec::len).unwrap_or_default();
    let total = |index: &usize| largest.iter().map(|member| similarity(member, index)).sum::<f64>();
    let medoid = largest.iter().rev().copied().max_by(|one, other| total(one).total_cmp(&total(other)));
    (largest.clone(), medoid.unwrap_or(0))
}
