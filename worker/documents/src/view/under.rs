//! Labels under their values, as forms have them: small, below the line that is written on.

use super::View;
use super::labels::{Label, Relation};
use super::line::Span;

/// A label stands at most this far under its value, in heights of the value.
const NEAR: f32 = 1.2;
/// What follows a label that is the last of its stack stands farther from it than its value by this.
const APART: f32 = 0.6;

impl View {
    /// The label right under a line that is a value and nothing else.
    pub(super) fn label_under(&self, value: Span) -> Option<Label> {
        let own = self.lines.get(value.line)?;
        if value.end < own.text.trim_end().len() {
            return None;
        }
        if let (Some(grid), Some(place)) = (self.grid_of(value.line), own.cell) {
            // Of two rows the lower one may be that of the labels.
            let below = grid.cell(place.row + 1, place.column);
            let is_pair = grid.rows == 2 && place.row == 1 && below.len() == 1;
            return below.clone().next().filter(|_| is_pair).and_then(|line| self.under(line));
        }
        let near = self.neighbors.below(&self.lines, value.line).into_iter().next()?;
        let label = self.lines.get(near.line)?;
        // Another value right under the label would be its own: labels in small print stand over values as well.
        let next = self.neighbors.below(&self.lines, near.line).into_iter().next();
        let is_last = next.is_none_or(|next| next.distance > near.distance + APART);
        let is_label = near.distance <= NEAR && label.cell.is_none() && is_last;
        self.under(near.line).filter(|_| is_label)
    }

    fn under(&self, line: usize) -> Option<Label> {
        self.as_label(line).map(|span| Label { span, relation: Relation::Under, nearness: 1.0 })
    }
}
