//! A table before its places are fractions of the page.

use super::area::Area;
use super::piece::{self, Piece};
use super::place::Places;
use crate::document::{Block, Cell, Content, Table};
use crate::error::Error;
use crate::limits::Limits;

/// A table that was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Grid {
    pub(super) area: Area,
    pub(super) cells: Vec<GridCell>,
}

/// One of its cells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GridCell {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) row_span: usize,
    pub(super) column_span: usize,
    pub(super) area: Area,
    pub(super) pieces: Vec<Piece>,
}

impl Grid {
    /// The table as a block.
    pub(super) fn into_block(mut self, places: Places, limits: &Limits) -> Result<Block, Error> {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let header_rows = self.header_rows();
        let mut table = Table::default();
        table.header_rows = header_rows;
        for cell in self.cells {
            let lines = piece::rows(cell.pieces).iter().map(|row| places.line(row)).collect();
            let cell = Cell {
                row: count(cell.row),
                column: count(cell.column),
                row_span: count(cell.row_span),
                column_span: count(cell.column_span),
                rect: Some(places.rect(cell.area)),
                lines,
            };
            table.push(cell, limits)?;
        }
        Ok(Block { rect: Some(places.rect(self.area)), content: Content::Table(table) })
    }

    /// The first row is the header if it names what follows: nothing in it is an amount. Where one of its cells spans
    /// several columns, the names of those follow in the next row.
    fn header_rows(&self) -> u32 {
        let row = |row: usize| self.cells.iter().filter(move |cell| cell.row == row);
        let names = |cells: &mut dyn Iterator<Item = &GridCell>| {
            let mut filled = cells.filter(|cell| !cell.pieces.is_empty()).peekable();
            filled.peek().is_some() && filled.all(|cell| !cell.is_amount())
        };
        if !names(&mut row(0)) {
            return 0;
        }
        let is_parted = row(0).any(|cell| cell.column_span > 1) || row(0).any(|cell| cell.row_span > 1);
        if is_parted && row(1).next().is_some() && names(&mut row(1)) { 2 } else { 1 }
    }
}

impl GridCell {
    pub(super) fn is_amount(&self) -> bool {
        let mut words = self.pieces.iter().flat_map(|piece| &piece.words).peekable();
        words.peek().is_some() && is_amount(words.map(|word| word.text.as_str()))
    }
}

/// Whether these words are a number, an amount, a share or a date in figures: at least half of their letters are digits.
pub(super) fn is_amount<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let (mut digits, mut letters) = (0_usize, 0_usize);
    for character in words.flat_map(str::chars) {
        if character.is_ascii_digit() {
            digits += 1;
        } else if character.is_alphabetic() {
            letters += 1;
        }
    }
    digits > 0 && digits >= letters
}

fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
