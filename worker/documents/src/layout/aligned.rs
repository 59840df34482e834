//! Tables without rules: rows of pieces that stand below one another in columns.
//!
//! Columns of prose look the same at first. What tells a table is that its cells hold amounts, or few words each; two
//! columns of labels and their values are no table, for they read well as lines.

use super::Rule;
use super::area::Area;
use super::grid::{self, Grid, GridCell};
use super::piece::Piece;
use super::records;

/// The fewest rows of a table, its header among them.
const MIN_ROWS: usize = 3;
/// The same with two columns: three labels with amounts are sums under a table.
const MIN_ROWS_OF_TWO: usize = 4;
/// A step down larger than this, in em, ends a table.
const MAX_STEP: f32 = 3.6;
/// How many lines on end may have one piece only: cells of several lines, the title of a section.
const MAX_SINGLE: usize = 3;
/// The share of places that hold text, at least.
const MIN_FILLED: f32 = 0.5;
/// The share of amounts in a column of amounts, at least.
const MIN_AMOUNTS: f32 = 0.6;
/// Cells of a table without amounts hold at most this many words on average.
const MAX_WORDS: f32 = 4.5;
/// Cells of any table do.
const MAX_WORDS_BESIDE_AMOUNTS: f32 = 14.0;
/// The title of a section within a table has at most this many words.
const MAX_TITLE_WORDS: usize = 6;
/// Edges this close, in points, are aligned.
const ALIGNED: f32 = 2.0;
/// How many lines above a last one it is compared with.
const MAX_COMPARED: usize = 100;
/// How many lines are tried as the first one of a table before the whole run of lines is let go.
const MAX_STARTS: usize = 3;
/// The most columns: as many as there is room for on a page. Also bounds the time that a line takes.
const MAX_COLUMNS: usize = 64;

/// The tables among these rows, and the rows that are in none.
pub(super) fn tables(rows: Vec<Vec<Piece>>, rules: &[Rule]) -> (Vec<Vec<Piece>>, Vec<Grid>) {
    let mut found: Vec<(usize, Run)> = Vec::new();
    let mut start = 0;
    let mut starts = 0;
    while let Some(rest) = rows.get(start..).filter(|rest| !rest.is_empty()) {
        let run = Run::from(rest);
        let next = start + run.lines.len().max(1);
        if run.is_table() {
            found.push((start, run));
        } else if run.lines.len() >= MIN_ROWS && starts < MAX_STARTS {
            starts += 1;
            start += 1;
            continue;
        }
        starts = 0;
        start = next;
    }
    let mut tables = Vec::with_capacity(found.len());
    let mut others = Vec::with_capacity(rows.len());
    let mut found = found.into_iter().peekable();
    let mut rows = rows.into_iter().enumerate();
    while let Some((index, row)) = rows.next() {
        match found.next_if(|(start, _)| *start == index) {
            Some((_, run)) => {
                let more = rows.by_ref().take(run.lines.len() - 1).map(|(_, row)| row);
                let lines: Vec<Vec<Piece>> = std::iter::once(row).chain(more).collect();
                tables.extend(table(lines, &run, rules));
            }
            None => others.push(row),
        }
    }
    (others, tables)
}

/// A label with its value: those read well as lines.
fn is_labelled(row: &[Piece]) -> bool {
    row.len() == 2 && row.first().is_some_and(|label| Stood::of(label).is_label)
}

/// Lines on end whose pieces stand in columns.
#[derive(Debug)]
struct Run {
    /// From left to right.
    columns: Vec<(f32, f32)>,
    lines: Vec<Stand>,
}

/// How a line stands in the columns.
#[derive(Debug, Clone)]
struct Stand {
    /// Of each piece of one column: how many words it has and whether it is an amount.
    cells: Vec<(f32, Stood)>,
    is_single: bool,
}

#[derive(Debug, Clone, Copy)]
struct Stood {
    words: usize,
    is_amount: bool,
    is_label: bool,
}

impl Run {
    /// The longest run from the first of these rows on.
    fn from(rows: &[Vec<Piece>]) -> Self {
        let mut run = Self { columns: Vec::new(), lines: Vec::new() };
        let mut singles = 0;
        let mut above: Option<&Piece> = None;
        for row in rows {
            let Some(first) = row.first() else { break };
            let is_far = above
                .is_some_and(|above| first.baseline - above.baseline > MAX_STEP * first.size.max(above.size).max(1.0));
            let is_lone = row.len() == 1 && (run.lines.is_empty() || singles == MAX_SINGLE);
            if is_far || is_lone || is_labelled(row) || !run.takes(row) {
                break;
            }
            singles = if row.len() == 1 { singles + 1 } else { 0 };
            above = Some(first);
        }
        run.trim(rows);
        run
    }

    /// Adds a line if its pieces stand in the columns, each in one of its own.
    fn takes(&mut self, row: &[Piece]) -> bool {
        if row.len() > MAX_COLUMNS {
            return false;
        }
        let is_single = row.len() == 1;
        let mut columns = self.columns.clone();
        let mut taken: Vec<f32> = Vec::with_capacity(row.len());
        let mut cells = Vec::with_capacity(row.len());
        for piece in row {
            let (left, right) = (piece.area.left, piece.area.right);
            let mut over = columns.iter_mut().filter(|column| column.0 < right && left < column.1);
            match (over.next(), over.next()) {
                (Some(column), None) => {
                    if !is_single {
                        *column = (column.0.min(left), column.1.max(right));
                    }
                }
                // The title of a section; prose is longer.
                (Some(_), Some(_)) if is_single && piece.words.len() <= MAX_TITLE_WORDS => continue,
                (Some(_), Some(_)) => return false,
                // The header, or the row below it, has all columns.
                (None, _) if is_single || self.lines.len() > 1 => return false,
                (None, _) => columns.push((left, right)),
            }
            taken.push(left);
            cells.push((f32::midpoint(left, right), Stood::of(piece)));
        }
        columns.sort_by(|a, b| a.0.total_cmp(&b.0));
        let overlap = columns.windows(2).any(|pair| matches!(pair, [one, other] if one.1 > other.0));
        if overlap || columns.len() > MAX_COLUMNS {
            return false;
        }
        let mut places: Vec<Option<usize>> = cells.iter().map(|(at, _)| column_of(&columns, *at)).collect();
        places.dedup();
        if places.len() < cells.len() {
            return false;
        }
        self.columns = columns;
        self.lines.push(Stand { cells, is_single });
        true
    }

    /// Ends with the last line of several pieces, and what continues its cells; sums that stand below it in places of
    /// their own are not of the table.
    fn trim(&mut self, rows: &[Vec<Piece>]) {
        if let Some(end) = self.end_before_sums(rows) {
            *self = Self { columns: Vec::new(), lines: Vec::new() };
            for row in rows.iter().take(end) {
                self.takes(row);
            }
        }
        while self.lines.last().is_some_and(|line| line.is_single) {
            let count = self.lines.len();
            let pair = (rows.get(count.wrapping_sub(2)), rows.get(count - 1));
            let continues = match pair {
                (Some(above), Some(row)) => self.continues(above, row),
                _ => false,
            };
            if continues {
                break;
            }
            self.lines.pop();
        }
    }

    /// Where the table ends if its last lines leave the first column blank and one of their pieces is aligned with none
    /// above them.
    fn end_before_sums(&self, rows: &[Vec<Piece>]) -> Option<usize> {
        let column = |piece: &Piece| column_of(&self.columns, piece.area.center().0);
        let rows = rows.get(..self.lines.len())?;
        let end = rows.iter().rposition(|row| row.iter().any(|piece| column(piece) == Some(0)))? + 1;
        let (above, sums) = rows.split_at_checked(end).filter(|(above, _)| above.len() >= MIN_ROWS)?;
        let is_near = |one: f32, two: f32| (one - two).abs() <= ALIGNED;
        let is_aligned = |piece: &Piece| {
            above.iter().rev().take(MAX_COMPARED).flatten().any(|other| {
                column(other) == column(piece)
                    && (is_near(other.area.left, piece.area.left) || is_near(other.area.right, piece.area.right))
            })
        };
        sums.iter().take(MAX_COMPARED).flatten().any(|piece| !is_aligned(piece)).then_some(end)
    }

    /// Whether a last line of one piece continues a cell of the line above it that is not its first.
    fn continues(&self, above: &[Piece], row: &[Piece]) -> bool {
        let (Some(above), Some(piece)) = (above.first(), row.first()) else { return false };
        let column = column_of(&self.columns, f32::midpoint(piece.area.left, piece.area.right));
        let (left, right) = (piece.area.left, piece.area.right);
        let over = self.columns.iter().filter(|column| column.0 < right && left < column.1).count();
        over == 1 && column.is_some_and(|column| column > 0) && piece.baseline - above.baseline < 1.35 * piece.size
    }

    fn is_table(&self) -> bool {
        let full: Vec<&Stand> = self.lines.iter().filter(|line| !line.is_single).collect();
        let fewest = if self.columns.len() == 2 { MIN_ROWS_OF_TWO } else { MIN_ROWS };
        if self.columns.len() < 2 || full.len() < fewest {
            return false;
        }
        let columns: Vec<Statistic> = (0..self.columns.len()).map(|column| self.statistic(&full, column)).collect();
        let filled: usize = columns.iter().map(|column| column.filled).sum();
        if share(filled, full.len() * columns.len()) < MIN_FILLED {
            return false;
        }
        let has_amounts = columns.iter().skip(1).any(Statistic::is_of_amounts);
        let most = columns.iter().map(Statistic::mean_words).fold(0.0, f32::max);
        match columns.as_slice() {
            [labels, values] => {
                values.is_of_amounts() && share(labels.labels, labels.filled) < 0.5 && most <= MAX_WORDS_BESIDE_AMOUNTS
            }
            _ if has_amounts => most <= MAX_WORDS_BESIDE_AMOUNTS,
            _ => most <= MAX_WORDS,
        }
    }

    fn statistic(&self, lines: &[&Stand], column: usize) -> Statistic {
        let mut statistic = Statistic::default();
        for (index, line) in lines.iter().enumerate() {
            for (at, stood) in &line.cells {
                if column_of(&self.columns, *at) != Some(column) {
                    continue;
                }
                statistic.filled += 1;
                statistic.words += stood.words;
                statistic.labels += usize::from(stood.is_label);
                if index > 0 {
                    statistic.below_header += 1;
                    statistic.amounts += usize::from(stood.is_amount);
                }
            }
        }
        statistic
    }
}

impl Stood {
    fn of(piece: &Piece) -> Self {
        Self {
            words: piece.words.len(),
            is_amount: grid::is_amount(piece.words.iter().map(|word| word.text.as_str())),
            is_label: piece.words.last().is_some_and(|word| word.text.ends_with(':')),
        }
    }
}

/// What a column holds.
#[derive(Debug, Default)]
struct Statistic {
    filled: usize,
    words: usize,
    labels: usize,
    below_header: usize,
    amounts: usize,
}

impl Statistic {
    fn is_of_amounts(&self) -> bool {
        self.below_header > 0 && share(self.amounts, self.below_header) >= MIN_AMOUNTS
    }

    fn mean_words(&self) -> f32 {
        share(self.words, self.filled)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share needs no more digits")]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// The column that a place is in or next to.
fn column_of(columns: &[(f32, f32)], at: f32) -> Option<usize> {
    let distance = |column: &(f32, f32)| (column.0 - at).max(at - column.1).max(0.0);
    (0..columns.len()).min_by(|&a, &b| {
        let of = |index: usize| columns.get(index).map_or(f32::INFINITY, distance);
        of(a).total_cmp(&of(b))
    })
}

fn table(lines: Vec<Vec<Piece>>, run: &Run, rules: &[Rule]) -> Option<Grid> {
    let area = Area::around(lines.iter().flatten().map(|piece| piece.area))?;
    let records = records::records(&lines, rules, area);
    let columns = &run.columns;
    let mut cells: Vec<GridCell> = Vec::new();
    for (lines, row) in lines.into_iter().zip(records) {
        for piece in lines {
            let over = |column: &(f32, f32)| column.0 < piece.area.right && piece.area.left < column.1;
            let first = columns.iter().position(over);
            let column = first.or_else(|| column_of(columns, piece.area.center().0))?;
            let column_span = columns.iter().filter(|column| over(column)).count().max(1);
            let there = cells
                .iter_mut()
                .rev()
                .take_while(|cell| cell.row == row)
                .find(|cell| cell.column < column + column_span && column < cell.column + cell.column_span);
            match there {
                Some(cell) => {
                    cell.area = cell.area.union(piece.area);
                    cell.pieces.push(piece);
                }
                None => {
                    let area = piece.area;
                    cells.push(GridCell { row, column, row_span: 1, column_span, area, pieces: vec![piece] });
                }
            }
        }
    }
    Some(Grid { area, cells })
}
