//! Tables.

use super::{Line, Rect};
use crate::error::Error;
use crate::limits::Limits;

/// A grid of cells, some of which may span several rows or columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    rows: u32,
    columns: u32,
    cells: Vec<Cell>,
    /// How many rows at the top are the header.
    pub header_rows: u32,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its topmost row, from 0.
    pub row: u32,
    /// Its leftmost column, from 0.
    pub column: u32,
    /// How many rows it covers, at least 1.
    pub row_span: u32,
    /// How many columns it covers, at least 1.
    pub column_span: u32,
    /// Its place, in formats that have places.
    pub rect: Option<Rect>,
    /// Its text.
    pub lines: Vec<Line>,
}

impl Cell {
    /// A cell of one row and column.
    #[must_use]
    pub fn new(row: u32, column: u32, lines: Vec<Line>) -> Self {
        Self { row, column, row_span: 1, column_span: 1, rect: None, lines }
    }

    /// Its lines, joined by line feeds.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

impl Table {
    /// Adds a cell; cells come in the order of their rows, then of their columns. Places that no cell covers are blank.
    ///
    /// # Errors
    ///
    /// [`Error::LimitExceeded`] if the grid, blank places included, has more cells than a table may have.
    pub fn push(&mut self, cell: Cell, limits: &Limits) -> Result<(), Error> {
        self.rows = self.rows.max(cell.row.saturating_add(cell.row_span.max(1)));
        self.columns = self.columns.max(cell.column.saturating_add(cell.column_span.max(1)));
        limits.check_table_cells(self.rows as usize * self.columns as usize)?;
        self.cells.push(cell);
        Ok(())
    }

    /// Adds a row of cells that cover one place each.
    ///
    /// # Errors
    ///
    /// See [`Table::push`].
    pub fn push_row(&mut self, texts: impl IntoIterator<Item = String>, limits: &Limits) -> Result<(), Error> {
        let row = self.rows;
        for (column, text) in (0..).zip(texts) {
            self.push(Cell::new(row, column, text.lines().map(Line::native).collect()), limits)?;
        }
        self.reach_row(row);
        Ok(())
    }

    /// Makes the grid reach down to this row at least: one without cells is a row all the same.
    pub(crate) fn reach_row(&mut self, row: u32) {
        self.rows = self.rows.max(row.saturating_add(1));
    }

    /// How many rows the grid has.
    #[must_use]
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// How many columns the grid has.
    #[must_use]
    pub fn columns(&self) -> u32 {
        self.columns
    }

    /// Its cells, by row, then by column.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Its cells, to change what is in them.
    pub(crate) fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }
}
