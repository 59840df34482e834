//! Sheets: what may hold the rows of a list, cell by cell, whatever it was read from.

use crate::view::{Grid, Span, View};

/// Columns of a sheet that are looked at: more than fit on a page; worksheets may have more, with nothing in them.
pub(super) const MAX_COLUMNS: usize = 48;
/// Of the cells of a column, the share that begins with a count before the column is cut in two.
const MIN_COUNTED: f32 = 0.8;
/// Titles of sections that may stand below one another.
const MAX_TITLES: usize = 3;

/// The text of a cell, and where it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) spans: Vec<Span>,
    /// The texts of the spans, parted by spaces.
    pub(super) text: String,
}

impl Cell {
    pub(super) fn of(view: &View, spans: Vec<Span>) -> Self {
        let texts: Vec<&str> = spans.iter().map(|span| view.text(*span)).collect();
        Self { text: texts.join(" "), spans }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A part of its text, in bytes.
    pub(super) fn part(&self, view: &View, start: usize, end: usize) -> Self {
        let mut at = 0;
        let mut spans = Vec::new();
        for span in &self.spans {
            let len = span.end - span.start;
            let (from, to) = (start.max(at) - at, end.min(at + len).saturating_sub(at));
            if from < to {
                spans.push(Span { line: span.line, start: span.start + from, end: span.start + to });
            }
            at += len + 1;
        }
        Self::of(view, spans)
    }

    pub(super) fn append(&mut self, other: &Self) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&other.text);
        self.spans.extend(&other.spans);
    }
}

/// Rows and columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// The page that it begins on, from 1.
    pub(super) page: u32,
    /// The number of its first line, to tell which comes first.
    pub(super) first: usize,
    /// What each column is headed by; blank if by nothing.
    pub(super) heads: Vec<Cell>,
    /// The rows of the header, as they are.
    header: Vec<Vec<Cell>>,
    /// The rows below the header. Each has a cell for each column.
    pub(super) body: Vec<Vec<Cell>>,
    /// The document says that it is a table.
    pub(super) is_grid: bool,
}

/// The tables of a document.
pub(super) fn of_grids(view: &View) -> Vec<Sheet> {
    view.grids.iter().filter_map(|grid| of_grid(view, grid)).collect()
}

fn of_grid(view: &View, grid: &Grid) -> Option<Sheet> {
    let columns = u32::try_from(MAX_COLUMNS).unwrap_or(u32::MAX).min(grid.columns);
    let cell = |row: u32, column: u32| {
        let lines = grid.cell(row, column);
        Cell::of(view, lines.map(|line| view.whole(line)).collect())
    };
    // A cell that spans columns is one of the body once, and heads all of them.
    let own = |row: u32| {
        let mut cells: Vec<Cell> = Vec::new();
        for column in 1..=columns {
            let next = cell(row, column);
            let is_same = cells.iter().rev().find(|cell| !cell.is_blank()).is_some_and(|last| last.spans == next.spans);
            cells.push(if is_same { Cell::default() } else { next });
        }
        cells
    };
    let rows: Vec<Vec<Cell>> = (1..=grid.rows).map(own).filter(|row| row.iter().any(|cell| !cell.is_blank())).collect();
    let first = rows.iter().flatten().flat_map(|cell| &cell.spans).map(|span| span.line).min()?;
    let header_rows = header_rows(&rows, grid.header_rows as usize);
    let mut heads = vec![Cell::default(); columns as usize];
    for row in 1..=grid.rows.min(u32::try_from(header_rows).unwrap_or(0)) {
        for (column, head) in (1..).zip(&mut heads) {
            let next = cell(row, column);
            if head.spans != next.spans && !next.is_blank() {
                head.append(&next);
            }
        }
    }
    let mut rows = rows.into_iter();
    let header: Vec<Vec<Cell>> = rows.by_ref().take(header_rows).collect();
    let sheet = Sheet { page: grid.page, first, heads, header, body: rows.collect(), is_grid: true };
    Some(sheet.counts_apart(view))
}

/// How many of the rows are the header: what the table says, else the first if it is in words and what is below is not.
fn header_rows(rows: &[Vec<Cell>], told: usize) -> usize {
    let has_digit = |cell: &Cell| cell.text.bytes().any(|byte| byte.is_ascii_digit());
    let is_words = |row: &Vec<Cell>| !row.iter().any(has_digit);
    let filled = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.is_blank()).count();
    let mut count = told.min(rows.len());
    // A title over all columns is not yet the header.
    let is_title = |row: &Vec<Cell>| filled(row) == 1 && row.len() > 2;
    while let Some(row) = rows.get(count) {
        let only_titles = rows.iter().take(count).all(is_title);
        // Titles of sections may stand between the header and the first row that is filled.
        let next = rows.iter().skip(count + 1).take(MAX_TITLES).find(|row| !is_title(row));
        let is_header = is_words(row) && filled(row) > 1 && 2 * filled(row) >= row.len();
        let is_first = is_header && next.is_some_and(|next| !is_words(next));
        if only_titles && (is_first || (count == 0 && is_title(row) && is_words(row))) {
            count += 1;
        } else {
            break;
        }
    }
    if rows.iter().take(count).all(is_title) { 0 } else { count }
}

impl Sheet {
    /// A sheet that was put together from lines.
    pub(super) fn of_lines(view: &View, page: u32, heads: Vec<Cell>, body: Vec<Vec<Cell>>) -> Self {
        let cells = heads.iter().chain(body.iter().flatten());
        let first = cells.flat_map(|cell| &cell.spans).map(|span| span.line).min().unwrap_or(usize::MAX);
        let header = if heads.iter().all(Cell::is_blank) { Vec::new() } else { vec![heads.clone()] };
        Self { page, first, heads, header, body, is_grid: false }.counts_apart(view)
    }

    pub(super) fn has_header(&self) -> bool {
        !self.header.is_empty()
    }

    /// The cells of a column.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = Option<&Cell>> {
        self.body.iter().map(move |row| row.get(column))
    }

    /// Whether it has the header of the other one.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        self.has_header() && self.is_grid == other.is_grid && is_same_row(&self.heads, &other.heads)
    }

    /// Whether it may be the rest of the other one on a later page.
    pub(super) fn continues(&self, other: &Self) -> bool {
        self.is_grid == other.is_grid
            && self.page > other.page
            && self.first > other.first
            && self.heads.len() == other.heads.len()
    }

    /// Takes its header as rows: it was none.
    pub(super) fn take_header_as_row(&mut self) {
        let header = std::mem::take(&mut self.header);
        self.body.splice(0..0, header);
    }

    /// Columns of which the cells begin with a count (`2 x Paper`) cut in two.
    fn counts_apart(mut self, view: &View) -> Self {
        let mut column = 0;
        while column < self.heads.len() && self.heads.len() < MAX_COLUMNS {
            let filled = self.column(column).flatten().filter(|cell| !cell.is_blank()).count();
            let counted = self.column(column).flatten().filter(|cell| count(&cell.text).is_some()).count();
            if counted > 0 && share(counted, filled) >= MIN_COUNTED {
                for row in &mut self.body {
                    let Some(cell) = row.get(column) else { continue };
                    let (number, rest) = match count(&cell.text) {
                        Some((number, rest)) => (cell.part(view, 0, number), cell.part(view, rest, cell.text.len())),
                        None => (Cell::default(), cell.clone()),
                    };
                    row.splice(column..=column, [number, rest]);
                }
                let head = self.heads.get(column).cloned().unwrap_or_default();
                self.heads.splice(column..=column, [Cell::default(), head]);
                column += 1;
            }
            column += 1;
        }
        self
    }
}

/// Whether two rows say the same.
pub(super) fn is_same_row(one: &[Cell], other: &[Cell]) -> bool {
    let plain = |cell: &Cell| cell.text.to_lowercase();
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| plain(one) == plain(other))
}

/// Where the count ends that a text begins with, and where what is counted begins: of `2 x Paper`, 1 and 4.
fn count(text: &str) -> Option<(usize, usize)> {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(number..)?.trim_start();
    let counted = rest.strip_prefix(['x', 'X', '×', '*'])?;
    let counted_word = counted.trim_start();
    // `2 xylophones` counts nothing by a sign.
    let is_apart = counted.len() > counted_word.len() || !rest.starts_with(['x', 'X']);
    let is_word = counted_word.starts_with(char::is_alphabetic);
    ((1..=4).contains(&number) && is_apart && is_word).then(|| (number, text.len() - counted_word.len()))
}

#[expect(clippy::cast_precision_loss, reason = "cells are few")]
pub(super) fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}
