//! Rows of tables that are ruled below the header only: what looks like one tall row is many.

use std::collections::BTreeMap;

use super::area::Area;
use super::grid::{Grid, GridCell};
use super::piece::{self, Piece};
use super::records;

/// Fewer lines are one row with cells of several lines.
const MIN_LINES: usize = 3;
/// The share of its lines that are amounts, in a column that tells the rows apart.
const MIN_AMOUNTS: f32 = 0.6;

/// The table with its tall rows split.
pub(super) fn split(grid: Grid) -> Grid {
    let area = grid.area;
    let mut rows: BTreeMap<usize, Vec<GridCell>> = BTreeMap::new();
    let spans_rows = grid.cells.iter().any(|cell| cell.row_span > 1);
    for cell in grid.cells {
        rows.entry(cell.row).or_default().push(cell);
    }
    let mut cells = Vec::new();
    let mut added = 0;
    for (row, mut row_cells) in rows {
        // A cell beside both rows of another would have to be split as well.
        if !spans_rows && has_rows(&row_cells) {
            let parts = parts(row_cells, area);
            let more = parts.iter().map(|cell| cell.row).max().unwrap_or_default();
            cells.extend(parts.into_iter().map(|cell| GridCell { row: cell.row + row + added, ..cell }));
            added += more;
        } else {
            row_cells.iter_mut().for_each(|cell| cell.row += added);
            cells.append(&mut row_cells);
        }
    }
    Grid { area, cells }
}

/// Whether a column holds an amount on most of at least three lines.
fn has_rows(cells: &[GridCell]) -> bool {
    cells.iter().any(|cell| {
        let lines = piece::rows(cell.pieces.clone());
        let amounts = lines.iter().filter(|line| records::has_amounts(line)).count();
        #[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
        let enough = amounts as f32 >= MIN_AMOUNTS * lines.len() as f32;
        cell.column > 0 && lines.len() >= MIN_LINES && enough
    })
}

/// The cells of a tall row, in rows from 0.
fn parts(cells: Vec<GridCell>, area: Area) -> Vec<GridCell> {
    let columns: Vec<(usize, usize, f32, f32)> =
        cells.iter().map(|cell| (cell.column, cell.column_span, cell.area.left, cell.area.right)).collect();
    let lines = piece::rows_apart(cells.into_iter().map(|cell| cell.pieces));
    let rows = records::records(&lines, &[], area);
    let mut parts: BTreeMap<(usize, usize), GridCell> = BTreeMap::new();
    for (line, row) in lines.into_iter().zip(rows) {
        for piece in line {
            let x = piece.area.center().0;
            let of_piece = columns.iter().find(|(_, _, left, right)| *left <= x && x <= *right);
            let Some(&(column, column_span, ..)) = of_piece.or(columns.first()) else { continue };
            let cell = parts.entry((row, column)).or_insert_with(|| GridCell {
                row,
                column,
                row_span: 1,
                column_span,
                area: piece.area,
                pieces: Vec::<Piece>::new(),
            });
            cell.area = cell.area.union(piece.area);
            cell.pieces.push(piece);
        }
    }
    parts.into_values().collect()
}
