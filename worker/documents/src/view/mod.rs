//! A document as labelled lines: what the operations that understand documents stand on.
//!
//! ```text
//! Document ── build ──► lines (pieces of text without a wide gap) and grids (tables)
//!                         └── neighbors (geometry, or order where a format has no places)
//!                               └── labels ──► what names a value: before it, left of it, above it, its headers
//!                                     └── pairs ──► label and value
//! ```
//!
//! A printed line with a wide gap in it ("Invoice no.        INV-7") is two lines of a view that share their row. Text
//! that is kept as it is written, with its spaces, has places by its columns of characters.

mod build;
mod grid;
mod labels;
mod line;
mod neighbors;
mod pair;
mod pieces;
mod under;

pub(crate) use grid::Grid;
pub(crate) use labels::{Label, Relation};
pub(crate) use line::{CellPlace, Line, Span};
pub(crate) use pair::Pair;

use crate::document::{Document, Rect};
use crate::operation::Found;

/// A document as lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct View {
    /// In reading order.
    pub(crate) lines: Vec<Line>,
    /// Its tables, in reading order.
    pub(crate) grids: Vec<Grid>,
    /// How many pages it has.
    pub(crate) pages: u32,
    neighbors: neighbors::Neighbors,
}

impl View {
    /// The view of a document.
    pub(crate) fn of(document: &Document) -> Self {
        let build::Built { lines, grids } = build::lines(document);
        let neighbors = neighbors::Neighbors::of(&lines);
        let pages = u32::try_from(document.pages.len()).unwrap_or(u32::MAX);
        Self { lines, grids, pages, neighbors }
    }

    /// The text of a span; blank if there is none.
    pub(crate) fn text(&self, span: Span) -> &str {
        self.lines.get(span.line).and_then(|line| line.text.get(span.start..span.end)).unwrap_or_default()
    }

    /// The whole of a line.
    pub(crate) fn whole(&self, line: usize) -> Span {
        Span { line, start: 0, end: self.lines.get(line).map_or(0, |line| line.text.len()) }
    }

    /// The place of a span on its page, in formats that have places.
    pub(crate) fn rect(&self, span: Span) -> Option<Rect> {
        let line = self.lines.get(span.line)?;
        let words = line.words.iter().filter(|word| (word.start as usize) < span.end && word.end as usize > span.start);
        Rect::around(words.map(|word| word.rect)).or(line.rect)
    }

    /// A span as the source of a value.
    pub(crate) fn found(&self, span: Span) -> Option<Found> {
        let line = self.lines.get(span.line)?;
        let cell = line.cell.map(|cell| (cell.row, cell.column, cell.table));
        Some(Found::Text { content: self.text(span).to_owned(), page: line.page, rect: self.rect(span), cell })
    }

    /// Several spans, in their order, as the source of one value: their texts parted by spaces.
    pub(crate) fn found_across(&self, spans: &[Span]) -> Option<Found> {
        let [first, rest @ ..] = spans else { return None };
        let mut found = self.found(*first)?;
        if let Found::Text { content, page, rect, .. } = &mut found {
            for &span in rest {
                content.push(' ');
                content.push_str(self.text(span));
                if self.lines.get(span.line).is_some_and(|line| line.page == *page) {
                    *rect = Rect::around(rect.iter().copied().chain(self.rect(span)));
                }
            }
        }
        Some(found)
    }

    /// The line right below one, at most so many of its heights away.
    pub(crate) fn next_below(&self, line: usize, farthest: f32) -> Option<usize> {
        self.neighbors.below(&self.lines, line).first().filter(|near| near.distance <= farthest).map(|near| near.line)
    }

    /// The line right of one on its printed row, at most so many of its heights away.
    pub(crate) fn next_right(&self, line: usize, farthest: f32) -> Option<usize> {
        self.neighbors.right(&self.lines, line).first().filter(|near| near.distance <= farthest).map(|near| near.line)
    }

    /// The line left of one on its printed row, at most so many of its heights away.
    pub(crate) fn next_left(&self, line: usize, farthest: f32) -> Option<usize> {
        self.neighbors.left(&self.lines, line).first().filter(|near| near.distance <= farthest).map(|near| near.line)
    }

    /// The line that a label above it would name: right below it, or the next one in formats without places.
    pub(crate) fn first_below(&self, line: usize) -> Option<usize> {
        let own = self.lines.get(line)?;
        if own.at.is_some() {
            return self.next_below(line, 2.0);
        }
        let next = self.lines.get(line + 1)?;
        (next.page == own.page && next.block.abs_diff(own.block) <= 1 && next.cell == own.cell).then_some(line + 1)
    }

    /// The table that a line stands in.
    pub(crate) fn grid_of(&self, line: usize) -> Option<&Grid> {
        self.grids.get(self.lines.get(line)?.cell?.grid)
    }
}
