//! Lines of a view.

use crate::document::{Origin, Rect, Word};

/// A piece of text on one printed line, without a wide gap in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Its text, words parted by single spaces.
    pub(crate) text: String,
    /// Its words with their places; empty in formats without places.
    pub(crate) words: Vec<Word>,
    /// Its page, from 1.
    pub(crate) page: u32,
    /// Its place, in formats that have places.
    pub(crate) rect: Option<Rect>,
    /// Where it stands in relation to others: its place, or where its columns of characters put it.
    pub(crate) at: Option<Rect>,
    /// The printed line that it is of: pieces of one printed line share it. Rises in reading order.
    pub(crate) row: usize,
    /// The block that it is of. Rises in reading order.
    pub(crate) block: usize,
    /// The level of the heading that it is of.
    pub(crate) heading: Option<u8>,
    /// Whether it is of a list.
    pub(crate) is_item: bool,
    /// Its cell, if it stands in a table.
    pub(crate) cell: Option<CellPlace>,
    /// Where it was read from.
    pub(crate) origin: Origin,
    /// How sure its text is, from 0 to 1.
    pub(crate) score: f32,
}

/// Where a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellPlace {
    /// Its table among all of the document.
    pub(crate) grid: usize,
    /// The number of its table on the page, from 1.
    pub(crate) table: u32,
    /// Its row, from 1.
    pub(crate) row: u32,
    /// Its column, from 1.
    pub(crate) column: u32,
    /// Whether it is of the header.
    pub(crate) is_header: bool,
}

/// A part of a line, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    /// The line, as an index into the view's.
    pub(crate) line: usize,
    /// Where it starts in the line's text.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}
