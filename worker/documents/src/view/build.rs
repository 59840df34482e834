//! From a document to the lines of its view.

use super::grid::Grid;
use super::line::{CellPlace, Line};
use super::pieces;
use crate::document::{self, Content, Document, Page, Rect, Size, Table};

/// Width of a character and height of a line of text that keeps its spaces, as if 100 of one and 50 of the other made
/// a page.
const CHARACTER: f32 = 0.01;
const LINE: f32 = 0.02;

/// What a document is made of.
#[derive(Debug, Default)]
pub(super) struct Built {
    pub(super) lines: Vec<Line>,
    pub(super) grids: Vec<Grid>,
}

/// What is known about a line before its text is looked at.
#[derive(Debug, Clone, Copy, Default)]
struct Frame {
    page: u32,
    size: Option<Size>,
    block: usize,
    heading: Option<u8>,
    is_item: bool,
    cell: Option<CellPlace>,
}

#[derive(Debug, Default)]
struct Builder {
    built: Built,
    rows: usize,
    blocks: usize,
}

pub(super) fn lines(document: &Document) -> Built {
    let mut builder = Builder::default();
    for (number, page) in (1..).zip(&document.pages) {
        builder.push_page(number, page);
    }
    builder.built
}

impl Builder {
    fn push_page(&mut self, number: u32, page: &Page) {
        let mut tables = 0;
        for part in &page.blocks {
            self.blocks += 1;
            let frame = Frame { page: number, size: page.size, block: self.blocks, ..Frame::default() };
            match &part.content {
                Content::Heading { level, lines } => {
                    self.push_lines(lines, Frame { heading: Some(*level), ..frame });
                }
                Content::Paragraph { lines } | Content::Figure { lines } => self.push_lines(lines, frame),
                Content::List { items } => {
                    for item in items {
                        self.push_lines(&item.lines, Frame { is_item: true, ..frame });
                    }
                }
                Content::Table(table) => {
                    tables += 1;
                    self.push_table(table, tables, frame);
                }
                Content::Verbatim { text } => self.push_verbatim(text, frame),
            }
        }
    }

    fn push_lines(&mut self, lines: &[document::Line], frame: Frame) {
        for line in lines {
            self.push_line(line, frame);
        }
    }

    fn push_line(&mut self, line: &document::Line, frame: Frame) {
        self.rows += 1;
        if line.words.is_empty() {
            for (_, text) in pieces::of_spaced(&line.text) {
                self.push(text.to_owned(), frame, |new| (new.origin, new.score) = (line.origin, line.score));
            }
            return;
        }
        for range in pieces::of_words(line, frame.size) {
            let words = line.words.get(range).unwrap_or_default();
            let piece = document::Line::of_words(
                words.iter().map(|word| (line.word(word), word.rect, word.score)),
                line.origin,
            );
            self.push(piece.text, frame, |new| {
                (new.words, new.rect, new.at) = (piece.words, piece.rect, piece.rect);
                (new.origin, new.score) = (piece.origin, piece.score);
            });
        }
    }

    fn push(&mut self, text: String, frame: Frame, place: impl FnOnce(&mut Line)) {
        if text.trim().is_empty() {
            return;
        }
        let Frame { page, block, heading, is_item, cell, .. } = frame;
        let mut line =
            Line { text, page, row: self.rows, block, heading, is_item, cell, score: 1.0, ..Line::default() };
        place(&mut line);
        self.built.lines.push(line);
    }

    fn push_table(&mut self, table: &Table, number: u32, frame: Frame) {
        let index = self.built.grids.len();
        let (rows, columns, header_rows) = (table.rows(), table.columns(), table.header_rows);
        let mut grid = Grid { page: frame.page, rows, columns, header_rows, ..Grid::default() };
        for cell in table.cells() {
            let (row, column) = (cell.row + 1, cell.column + 1);
            let is_header = cell.row < header_rows;
            let place = CellPlace { grid: index, table: number, row, column, is_header };
            let start = self.built.lines.len();
            self.push_lines(&cell.lines, Frame { cell: Some(place), ..frame });
            let end = self.built.lines.len();
            if start < end {
                grid.cells.insert((row, column), start..end);
                for covered in column..column + cell.column_span.min(columns) {
                    grid.covered.insert((row, covered), column);
                }
            }
        }
        self.built.grids.push(grid);
    }

    /// Text that keeps its spaces: pieces stand where their columns of characters put them.
    fn push_verbatim(&mut self, text: &str, frame: Frame) {
        let mut frame = frame;
        let mut was_blank = false;
        for (number, line) in text.lines().enumerate() {
            self.rows += 1;
            if line.trim().is_empty() {
                was_blank = true;
                continue;
            }
            if std::mem::take(&mut was_blank) {
                self.blocks += 1;
                frame.block = self.blocks;
            }
            let marks = line.bytes().take_while(|&byte| byte == b'#').count();
            let is_heading = (1..=6).contains(&marks) && line.as_bytes().get(marks) == Some(&b' ');
            frame.heading = is_heading.then(|| u8::try_from(marks).unwrap_or(6));
            for (column, piece) in pieces::of_spaced(line) {
                let text = if is_heading { piece.trim_start_matches('#').trim_start() } else { piece };
                self.push(text.to_owned(), frame, |new| new.at = Some(at(number, column, piece)));
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "lines and columns of text are few")]
fn at(number: usize, column: usize, text: &str) -> Rect {
    let (left, top) = (column as f32 * CHARACTER, number as f32 * LINE);
    Rect { left, top, right: left + text.chars().count() as f32 * CHARACTER, bottom: top + LINE }
}
