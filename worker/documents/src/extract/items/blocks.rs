//! Rows from labels that come again: one block of labels and values for each item.

use super::reading;
use super::{Context, Leaf, MAX_ROWS, Origin, Row, Wanted};
use crate::view::{Pair, View};

/// A label names a leaf from here on.
const MIN_NAMED: f32 = 0.6;
/// The fewest leaves of an item: one label that comes again is on every page.
const MIN_LEAVES: usize = 2;
/// The fewest items: labels that come once are those of the document.
const MIN_ITEMS: usize = 2;
/// How sure a value is at the most.
const SURE: f32 = 0.9;
/// Pairs that are looked at.
const MAX_PAIRS: usize = 20_000;

/// An item begins where a leaf comes again that the last one has already.
pub(super) fn rows(view: &View, wanted: &[Wanted<'_>], context: &Context<'_>) -> Vec<Row> {
    let mut items: Vec<Vec<(usize, Leaf)>> = Vec::new();
    let mut last_value = None;
    for pair in view.pairs().into_iter().take(MAX_PAIRS) {
        // A value has its labels one after the other, the likeliest first.
        if last_value == Some(pair.value) {
            continue;
        }
        let Some((index, leaf)) = named(view, &pair, wanted, context) else { continue };
        last_value = Some(pair.value);
        let is_full = items.len() >= MAX_ROWS;
        match items.last_mut() {
            Some(item) if !item.iter().any(|(known, _)| *known == index) => item.push((index, leaf)),
            _ if is_full => break,
            _ => items.push(vec![(index, leaf)]),
        }
    }
    items.retain(|item| item.len() >= MIN_LEAVES.min(wanted.len()));
    let is_repeated = items.iter().enumerate().any(|(at, item)| {
        let others = items.iter().skip(at + 1);
        others
            .into_iter()
            .any(|other| item.iter().filter(|(leaf, _)| other.iter().any(|(o, _)| o == leaf)).count() >= MIN_LEAVES)
    });
    if items.len() < MIN_ITEMS || !is_repeated || wanted.len() < MIN_LEAVES {
        return Vec::new();
    }
    items.into_iter().map(|item| Row { leaves: item.into_iter().map(|(_, leaf)| leaf).collect() }).collect()
}

/// The leaf that a label names best, read from its value.
fn named(view: &View, pair: &Pair, wanted: &[Wanted<'_>], context: &Context<'_>) -> Option<(usize, Leaf)> {
    let label = view.text(pair.label);
    let scores = wanted.iter().map(|leaf| leaf.matcher.score(label, None) * pair.nearness);
    let (index, score) =
        scores.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, score)| *score >= MIN_NAMED)?;
    let leaf = wanted.get(index)?;
    let reading = reading::read(leaf.field, view.text(pair.value), context.locale)?;
    let (start, end) = (pair.value.start + reading.start, pair.value.start + reading.end);
    let span = crate::view::Span { start, end, ..pair.value };
    let text = view.lines.get(span.line).map_or(1.0, |line| line.score);
    Some((
        index,
        Leaf {
            suffix: leaf.suffix.clone(),
            value: reading.value,
            origin: Origin::Text(vec![span]),
            confidence: reading.confidence * score.min(SURE) * text,
        },
    ))
}
