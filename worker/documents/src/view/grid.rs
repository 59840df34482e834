//! Tables of a view: which lines stand in which cell.

use std::collections::BTreeMap;
use std::ops::Range;

/// A table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// Its page, from 1.
    pub(crate) page: u32,
    /// How many rows it has.
    pub(crate) rows: u32,
    /// How many columns it has.
    pub(crate) columns: u32,
    /// How many rows at the top are its header.
    pub(crate) header_rows: u32,
    /// The lines of each cell by its row and column, from 1.
    pub(super) cells: BTreeMap<(u32, u32), Range<usize>>,
    /// The leftmost column that a cell covers, for columns that it covers besides, by row.
    pub(super) covered: BTreeMap<(u32, u32), u32>,
}

impl Grid {
    /// The lines of a cell, by its row and column from 1; of one that spans columns, at each of them.
    pub(crate) fn cell(&self, row: u32, column: u32) -> Range<usize> {
        let column = self.covered.get(&(row, column)).copied().unwrap_or(column);
        self.cells.get(&(row, column)).cloned().unwrap_or_default()
    }

    /// The cells of a row that have text, each with its column, from left to right.
    pub(crate) fn row(&self, row: u32) -> impl Iterator<Item = (u32, Range<usize>)> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|(&(_, column), lines)| (column, lines.clone()))
    }
}
