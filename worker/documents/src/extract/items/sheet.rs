//! Sheets: what may hold the rows of a list, cell by cell, whatever it was read from.

use crate::view::{Grid, Span, View};

/// Columns of a sheet that are looked at: more than fit on a page; worksheets may have more, with nothing in them.
pub(super) const MAX_COLUMNS: usize = 48;
/// Of the cells of a column, the share that begins with a count before the column is cut in two.
const MIN_COUNTED: f32 = 0.8;
/// Cells of a header within a table, and of the row below it.
const MIN_INNER: usize = 2;
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

/// The tables of a document, and what begins with a header within one of them.
pub(super) fn of_grids(view: &View) -> Vec<Sheet> {
    let mut sheets = Vec::with_capacity(view.grids.len());
    for grid in &view.grids {
        let Some(sheet) = of_grid(view, grid) else { continue };
        let inner = sheet.inner(view);
        let counted = sheet.counts_apart(view, is_plain_count);
        sheets.push(sheet);
        sheets.extend(counted);
        sheets.extend(inner);
    }
    sheets
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
    let first = first_line(rows.iter().flatten())?;
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
    Some(sheet.figures_apart(view).apart(view))
}

fn first_line<'c>(cells: impl Iterator<Item = &'c Cell>) -> Option<usize> {
    cells.flat_map(|cell| &cell.spans).map(|span| span.line).min()
}

fn has_digit(cell: &Cell) -> bool {
    cell.text.bytes().any(|byte| byte.is_ascii_digit())
}

fn is_words(row: &[Cell]) -> bool {
    !row.iter().any(has_digit)
}

fn filled(row: &[Cell]) -> usize {
    row.iter().filter(|cell| !cell.is_blank()).count()
}

/// How many of the rows are the header: what the table says, else the first if it is in words and what is below is not.
fn header_rows(rows: &[Vec<Cell>], told: usize) -> usize {
    // Some writers call the first row the header whatever it is.
    let is_item = |row: &Vec<Cell>| row.iter().any(|cell| is_figure(&cell.text));
    let mut count = told.min(rows.len());
    if count == 1 && rows.len() > 1 && rows.first().is_some_and(is_item) && rows.get(1).is_some_and(is_item) {
        return 0;
    }
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
        Self { page, first, heads, header, body, is_grid: false }.figures_apart(view).apart(view)
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

    /// Whether they have lines in common.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        let last = |sheet: &Self| sheet.body.iter().flatten().flat_map(|cell| &cell.spans).map(|span| span.line).max();
        last(self) >= Some(other.first) && last(other) >= Some(self.first)
    }

    /// Takes its header as rows: it was none.
    pub(super) fn take_header_as_row(&mut self) {
        let header = std::mem::take(&mut self.header);
        self.body.splice(0..0, header);
    }

    /// What begins with the last header within it: tables that stand close below one another are read as one.
    fn inner(&self, view: &View) -> Option<Self> {
        let is_header = |at: usize, row: &[Cell]| {
            let below = self.body.get(at + 1).map(Vec::as_slice).unwrap_or_default();
            is_words(row)
                && !is_same_row(row, &self.heads)
                && filled(row) >= MIN_INNER
                && filled(below) >= MIN_INNER
                && !is_words(below)
        };
        let (at, heads) = self.body.iter().enumerate().rev().find(|(at, row)| is_header(*at, row))?;
        let body: Vec<Vec<Cell>> = self.body.get(at + 1..)?.to_vec();
        let first = first_line(heads.iter())?;
        let sheet = Self { first, heads: heads.clone(), header: vec![heads.clone()], body, ..self.clone() };
        Some(sheet.figures_apart(view).apart(view))
    }

    /// Rows of one text that ends in a figure, as the last column has them: the gap between the two was too small.
    fn figures_apart(mut self, view: &View) -> Self {
        let last = self.heads.len().saturating_sub(1);
        let figures = self.column(last).flatten().filter(|cell| is_figure(&cell.text)).count();
        let cells = self.column(last).flatten().filter(|cell| !cell.is_blank()).count();
        if last == 0 || share(figures, cells) < MIN_COUNTED {
            return self;
        }
        for row in &mut self.body {
            let Some(at) = row.iter().position(|cell| !cell.is_blank()) else { continue };
            if at == last || filled(row) > 1 {
                continue;
            }
            let Some(cell) = row.get(at).cloned() else { continue };
            let Some((text, figure)) = cell.text.rsplit_once(' ').filter(|(_, figure)| is_figure(figure)) else {
                continue;
            };
            let parts =
                (cell.part(view, 0, text.len()), cell.part(view, cell.text.len() - figure.len(), cell.text.len()));
            if let Some(own) = row.get_mut(at) {
                *own = parts.0;
            }
            if let Some(own) = row.get_mut(last) {
                *own = parts.1;
            }
        }
        self
    }

    /// Columns cut in two of which nearly all cells begin with a count (`2 x Paper`) or are a count and an amount.
    fn apart(self, view: &View) -> Self {
        let whole = self.counts_apart(view, is_counted).unwrap_or(self);
        whole.counts_apart(view, is_two_figures).unwrap_or(whole)
    }

    /// Columns cut in two where the parts of nearly all their cells are told; nothing if there is no such column.
    pub(super) fn counts_apart(&self, view: &View, parts: fn(&str) -> Option<(usize, usize)>) -> Option<Self> {
        let mut sheet = self.clone();
        let mut column = 0;
        let mut is_cut = false;
        while column < sheet.heads.len() && sheet.heads.len() < MAX_COLUMNS {
            let filled = sheet.column(column).flatten().filter(|cell| !cell.is_blank()).count();
            let counted = sheet.column(column).flatten().filter(|cell| parts(&cell.text).is_some()).count();
            if counted > 0 && share(counted, filled) >= MIN_COUNTED {
                for row in &mut sheet.body {
                    let Some(cell) = row.get(column) else { continue };
                    let cut = match parts(&cell.text) {
                        Some((end, rest)) => [cell.part(view, 0, end), cell.part(view, rest, cell.text.len())],
                        None => [Cell::default(), cell.clone()],
                    };
                    row.splice(column..=column, cut);
                }
                let head = sheet.heads.get(column).cloned().unwrap_or_default();
                let cut = match head.text.split_once(' ') {
                    Some((first, _)) => {
                        [head.part(view, 0, first.len()), head.part(view, first.len() + 1, head.text.len())]
                    }
                    None => [Cell::default(), head],
                };
                sheet.heads.splice(column..=column, cut);
                is_cut = true;
                column += 1;
            }
            column += 1;
        }
        is_cut.then_some(sheet)
    }
}

/// Whether two rows say the same.
pub(super) fn is_same_row(one: &[Cell], other: &[Cell]) -> bool {
    let plain = |cell: &Cell| cell.text.to_lowercase();
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| plain(one) == plain(other))
}

/// Where the count ends that a text begins with, and where what is counted begins: of `2 x Paper`, 1 and 4.
fn is_counted(text: &str) -> Option<(usize, usize)> {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(number..)?.trim_start();
    let counted = rest.strip_prefix(['x', 'X', '×', '*'])?;
    let counted_word = counted.trim_start();
    // `2 xylophones` counts nothing by a sign.
    let is_apart = counted.len() > counted_word.len() || !rest.starts_with(['x', 'X']);
    let is_word = counted_word.starts_with(char::is_alphabetic);
    ((1..=4).contains(&number) && is_apart && is_word).then(|| (number, text.len() - counted_word.len()))
}

/// The same of `2 Paper`.
pub(super) fn is_plain_count(text: &str) -> Option<(usize, usize)> {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(number..)?.strip_prefix(' ')?;
    let is_word = rest.chars().next().is_some_and(char::is_alphabetic);
    ((1..=3).contains(&number) && is_word).then_some((number, number + 1))
}

/// The same of `2 26,96`: a whole number and one with a fraction.
fn is_two_figures(text: &str) -> Option<(usize, usize)> {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(number..)?.strip_prefix(' ')?;
    let has_fraction = rest.len() > 3 && !rest.contains(' ') && rest.get(..rest.len() - 3).is_some_and(is_figure);
    let is_mark = rest.as_bytes().iter().rev().nth(2).is_some_and(|byte| matches!(byte, b'.' | b','));
    // `7 557,43` is one figure.
    let is_group = rest.bytes().take_while(u8::is_ascii_digit).count() == 3;
    ((1..=3).contains(&number) && has_fraction && is_mark && !is_group).then_some((number, number + 1))
}

/// Whether a text is a figure and no more than that.
fn is_figure(text: &str) -> bool {
    let signs = text.chars().filter(|sign| !sign.is_ascii_digit());
    text.bytes().any(|byte| byte.is_ascii_digit())
        && signs
            .into_iter()
            .all(|sign| matches!(sign, '.' | ',' | '-' | '\'' | ' ' | '\u{a0}' | '\u{202f}' | '€' | '$' | '£'))
}

#[expect(clippy::cast_precision_loss, reason = "cells are few")]
pub(super) fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}
