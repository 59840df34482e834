//! Which cell of a table covers which place.

use crate::document::{Cell, Table};

const BLANK: u32 = u32::MAX;

/// The places of a table, row by row.
#[derive(Debug)]
pub(super) struct Grid<'t> {
    pub(super) table: &'t Table,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// The number of the cell that covers each place. Bounded by `max_table_cells`, which bounds the places.
    covered_by: Vec<u32>,
}

impl<'t> Grid<'t> {
    pub(super) fn of(table: &'t Table) -> Self {
        let (rows, columns) = (table.rows() as usize, table.columns() as usize);
        let mut grid = Self { table, rows, columns, covered_by: vec![BLANK; rows * columns] };
        for (number, cell) in (0..).zip(table.cells()) {
            grid.cover(number, cell, 1, 1);
        }
        // Cells that reach over each other break the rules of every format. They must not cost more than a table of
        // this size: each place is covered twice at most.
        let mut left = grid.covered_by.len() * 2;
        for (number, cell) in (0..).zip(table.cells()) {
            let area = cell.row_span as usize * cell.column_span as usize;
            if area > 1 && area <= left {
                left -= area;
                grid.cover(number, cell, cell.row_span, cell.column_span);
            }
        }
        grid
    }

    /// The cell that covers a place.
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&'t Cell> {
        let place = self.covered_by.get(row * self.columns + column).filter(|_| column < self.columns)?;
        self.table.cells().get(*place as usize)
    }

    /// The cell whose first place this is.
    pub(super) fn starting(&self, row: usize, column: usize) -> Option<&'t Cell> {
        self.cell(row, column).filter(|cell| (cell.row as usize, cell.column as usize) == (row, column))
    }

    /// How many places of a row there are up to the last that is covered.
    pub(super) fn width(&self, row: usize) -> usize {
        let places = self.covered_by.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default();
        places.iter().rposition(|place| *place != BLANK).map_or(0, |last| last + 1)
    }

    fn cover(&mut self, number: u32, cell: &Cell, row_span: u32, column_span: u32) {
        let rows = cell.row as usize..(cell.row.saturating_add(row_span) as usize).min(self.rows);
        let columns = cell.column as usize..(cell.column.saturating_add(column_span) as usize).min(self.columns);
        for row in rows {
            for column in columns.clone() {
                if let Some(place @ &mut BLANK) = self.covered_by.get_mut(row * self.columns + column) {
                    *place = number;
                }
            }
        }
    }
}
