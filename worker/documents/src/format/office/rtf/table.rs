//! Tables of RTF: rows of cells that say where their right sides are.

use crate::document::{Block, Cell, Content, Table};
use crate::error::Error;
use crate::format::office::flow::{Flow, lines_of};
use crate::limits::Limits;

/// Sides that are no farther apart, in twentieths of a point, are one: programs round.
const SAME_SIDE: i32 = 40;

/// What a row says of one of its cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Side {
    right: i32,
    /// It goes on in the cell to its right, or above.
    is_merged_left: bool,
    is_merged_up: bool,
}

/// The row that is being declared.
#[derive(Debug, Default)]
pub(super) struct Declared {
    sides: Vec<Side>,
    next: Side,
    left: i32,
    is_header: bool,
}

impl Declared {
    /// A control word about rows and cells.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "trowd" => *self = Self::default(),
            "trleft" => self.left = number.unwrap_or(0),
            "trhdr" => self.is_header = true,
            "clmrg" => self.next.is_merged_left = true,
            "clvmrg" => self.next.is_merged_up = true,
            "cellx" => {
                self.sides.push(Side { right: number.unwrap_or(0), ..self.next });
                self.next = Side::default();
            }
            _ => {}
        }
    }
}

#[derive(Debug)]
struct Row {
    sides: Vec<Side>,
    left: i32,
    is_header: bool,
    cells: Vec<Vec<Block>>,
}

/// The table that is being read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    cells: Vec<Vec<Block>>,
}

impl Rows {
    /// Ends a cell.
    pub(super) fn cell(&mut self, blocks: Vec<Block>) {
        self.cells.push(blocks);
    }

    /// Ends a row.
    pub(super) fn row(&mut self, declared: &Declared) {
        let cells = std::mem::take(&mut self.cells);
        // Without sides, cells are as wide as one another.
        let sides = if declared.sides.len() >= cells.len() {
            declared.sides.clone()
        } else {
            let width = |at: usize| i32::try_from(at + 1).unwrap_or(i32::MAX).saturating_mul(1_000);
            (0..cells.len()).map(|at| Side { right: width(at), ..Side::default() }).collect()
        };
        self.rows.push(Row { sides, left: declared.left, is_header: declared.is_header, cells });
    }

    /// Ends the table. One that only places its content is written as that.
    pub(super) fn write(&mut self, flow: &mut Flow<'_>, limits: &Limits) -> Result<(), Error> {
        if !self.cells.is_empty() {
            // Cells after which the file ended.
            self.row(&Declared::default());
        }
        let rows = std::mem::take(&mut self.rows);
        let count: usize = rows.iter().map(|row| row.cells.len()).sum();
        let has_inner = |row: &Row| row.cells.iter().flatten().any(|block| matches!(block.content, Content::Table(_)));
        if count <= 1 || rows.iter().any(has_inner) {
            rows.into_iter().flat_map(|row| row.cells).for_each(|blocks| flow.extend(blocks));
            return Ok(());
        }
        let grid = grid(&rows);
        let headers = rows.iter().take_while(|row| row.is_header).count();
        let mut cells: Vec<Cell> = Vec::new();
        // The last cell that starts in each column.
        let mut last: Vec<Option<usize>> = vec![None; grid.len() + 1];
        for (row, content) in (0..).zip(rows) {
            let mut column = index(&grid, content.left);
            for (side, blocks) in content.sides.iter().zip(content.cells) {
                let end = index(&grid, side.right).max(column + 1);
                let span = u32::try_from(end - column).unwrap_or(u32::MAX);
                let above = last.get(column).copied().flatten().filter(|_| side.is_merged_up);
                if let Some(above) = above.and_then(|above| cells.get_mut(above)) {
                    above.row_span = (row - above.row).saturating_add(1);
                } else if let Some(before) = cells.last_mut().filter(|before| side.is_merged_left && before.row == row)
                {
                    before.column_span = before.column_span.saturating_add(span);
                } else {
                    if let Some(last) = last.get_mut(column) {
                        *last = Some(cells.len());
                    }
                    let place = u32::try_from(column).unwrap_or(u32::MAX);
                    cells.push(Cell { column_span: span, ..Cell::new(row, place, lines_of(blocks)) });
                }
                column = end;
            }
        }
        let mut table = Table::default();
        cells.into_iter().try_for_each(|cell| table.push(cell, limits))?;
        table.header_rows = u32::try_from(headers).unwrap_or(u32::MAX).min(table.rows());
        flow.table(table);
        Ok(())
    }
}

/// Where cells of any row begin or end, from left to right.
fn grid(rows: &[Row]) -> Vec<i32> {
    let mut sides: Vec<i32> = rows
        .iter()
        .flat_map(|row| std::iter::once(row.left).chain(row.sides.iter().take(row.cells.len()).map(|side| side.right)))
        .collect();
    sides.sort_unstable();
    sides.dedup_by(|next, kept| next.saturating_sub(*kept) <= SAME_SIDE);
    sides
}

fn index(grid: &[i32], side: i32) -> usize {
    grid.partition_point(|kept| kept.saturating_add(SAME_SIDE) < side)
}
