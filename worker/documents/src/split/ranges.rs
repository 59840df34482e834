//! The ranges of pages that a file falls into: the likeliest, by dynamic programming.

/// What a document costs that begins: without a sign of one, pages belong together.
const COST: f32 = 1.0;
/// What a page that is not a document's first counts for what the document is.
const FURTHER: f32 = 0.6;

/// What a page is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// The kind, as an index.
    pub(super) kind: usize,
    /// Whether a document begins on it.
    pub(super) is_start: bool,
}

/// The best labels: `kinds` holds for each page what speaks for each kind, `starts` what speaks for a beginning.
pub(super) fn labels(kinds: &[Vec<f32>], starts: &[f32]) -> Vec<Label> {
    let count = kinds.first().map_or(0, Vec::len);
    let mut sums: Vec<f32> = vec![0.0; count];
    // For each page and kind, what the page before is of, and whether a document begins here.
    let mut steps: Vec<Vec<(usize, bool)>> = Vec::with_capacity(kinds.len());
    for (at, (page, start)) in kinds.iter().zip(starts).enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a few kinds")]
        let mean = page.iter().sum::<f32>() / count.max(1) as f32;
        let best = first_best(&sums);
        let best_sum = sums.get(best).copied().unwrap_or_default();
        let mut next = Vec::with_capacity(count);
        let mut step = Vec::with_capacity(count);
        for (kind, (score, before)) in page.iter().zip(&sums).enumerate() {
            let score = score - mean;
            let begun = best_sum + score + start / 2.0 - COST;
            let gone_on = before + FURTHER * score - start / 2.0;
            let is_start = at == 0 || begun > gone_on;
            next.push(if is_start { begun } else { gone_on });
            step.push((if is_start { best } else { kind }, is_start));
        }
        sums = next;
        steps.push(step);
    }
    let mut kind = first_best(&sums);
    let mut labels = Vec::with_capacity(kinds.len());
    for step in steps.iter().rev() {
        let (before, is_start) = step.get(kind).copied().unwrap_or_default();
        labels.push(Label { kind, is_start });
        kind = before;
    }
    labels.reverse();
    labels
}

/// The place of the greatest, the first of equals.
pub(super) fn first_best(sums: &[f32]) -> usize {
    sums.iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at)
}
