//! The head of a paper: where its letterhead stands.

use crate::view::View;

/// The letterhead is among the first lines of the first page.
pub(super) const HEAD_LINES: usize = 14;
/// Where columns stand side by side, lines that are read late may stand at the top: those in this share of the page, and
/// of so many lines.
const TOP: f32 = 0.22;
const MAX_LINES: usize = 80;
/// Tops closer than this, in shares of the page, are of one row.
const ROW: f32 = 0.004;

/// The first lines of the first page: those that are read first, then those that stand as high.
pub(super) fn head(view: &View) -> impl Iterator<Item = usize> {
    let is_first = |line: &usize| *line < HEAD_LINES || top(view, *line).is_some_and(|top| top <= TOP);
    (0..view.lines.len().min(MAX_LINES))
        .filter(is_first)
        .filter(|&line| view.lines.get(line).is_some_and(|line| line.page == 1 && line.cell.is_none()))
}

/// How many rows of the first page stand over a line that is read late.
pub(super) fn rank(view: &View, line: usize) -> Option<usize> {
    let own = top(view, line).filter(|_| line >= HEAD_LINES)?;
    let mut tops: Vec<f32> = (0..view.lines.len().min(MAX_LINES))
        .filter(|&other| view.lines.get(other).is_some_and(|other| other.page == 1))
        .filter_map(|other| top(view, other))
        .filter(|top| *top < own - ROW)
        .collect();
    tops.sort_by(f32::total_cmp);
    tops.dedup_by(|a, b| (*a - *b).abs() <= ROW);
    Some(tops.len())
}

fn top(view: &View, line: usize) -> Option<f32> {
    view.lines.get(line).and_then(|line| line.at).map(|at| at.top)
}
