//! Workbooks: each sheet a page, its used cells as tables.
//!
//! Sheets are far larger than what is in them, so nothing here has the size of a sheet: cells are gathered one by one,
//! rows and columns without any are left out, and a blank row ends a table. Hidden sheets, rows and columns are read:
//! the engine cannot know why they were hidden.

mod binary;
mod date;
mod number;
mod ods;
mod strings;
mod xls;
mod xlsx;

use crate::document::{Block, Cell, Content, Line, Page, Table};
use crate::error::Error;
use crate::limits::Limits;

use super::flow::{Flow, words};

pub(crate) use binary::read as read_xlsb;
pub(crate) use ods::read as read_ods;
pub(crate) use xls::read as read_xls;
pub(crate) use xlsx::read as read_xlsx;

/// What one sheet holds.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    cells: Vec<Used>,
    merged: Vec<Merged>,
    /// What hangs over the cells: text boxes, charts.
    drawn: Vec<Block>,
}

/// A cell in which something is written.
#[derive(Debug)]
struct Used {
    row: u32,
    column: u32,
    text: String,
    is_number: bool,
}

/// Cells that are merged into the first of them.
#[derive(Debug, Clone, Copy)]
struct Merged {
    top: u32,
    left: u32,
    bottom: u32,
    right: u32,
}

/// Gathers the sheets of a workbook, with caps on what they hold together.
struct Workbook<'l> {
    limits: &'l Limits,
    pages: Vec<Page>,
    cells: usize,
    text_bytes: usize,
}

impl<'l> Workbook<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self { limits, pages: Vec::new(), cells: 0, text_bytes: 0 }
    }

    /// Adds a cell to a sheet, unless nothing is written in it.
    fn cell(&mut self, sheet: &mut Sheet, used: Used) -> Result<(), Error> {
        if used.text.trim().is_empty() {
            return Ok(());
        }
        self.cells += 1;
        // A string that many cells share is counted, and held, for each of them.
        self.text_bytes = self.text_bytes.saturating_add(used.text.len());
        self.limits.check_table_cells(self.cells)?;
        self.limits.check_text_bytes(self.text_bytes)?;
        sheet.cells.push(used);
        Ok(())
    }

    fn sheet(&mut self, mut sheet: Sheet) -> Result<(), Error> {
        self.limits.check_pages(self.pages.len() + 1)?;
        let mut flow = Flow::new(self.limits);
        sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        // The first writer of a place wins; only damaged files write it twice.
        sheet.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.limits.check_table_cells(sheet.merged.len())?;
        sheet.merged.sort_by_key(|merged| (merged.top, merged.left));
        if !sheet.cells.is_empty() || !sheet.drawn.is_empty() {
            flow.heading(1, vec![Line::native(words(&sheet.name))]);
        }
        for band in bands(&sheet) {
            flow.block(block(band, &sheet.merged, self.limits)?);
        }
        flow.extend(sheet.drawn);
        let page = Page { title: Some(sheet.name), blocks: flow.into_blocks(), ..Page::default() };
        self.pages.push(page);
        Ok(())
    }

    /// The pages. A workbook without sheets is one blank page.
    fn finish(mut self) -> Vec<Page> {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        self.pages
    }
}

/// The cells between blank rows. Merged cells bridge them.
fn bands(sheet: &Sheet) -> Vec<&[Used]> {
    let mut bands = Vec::new();
    let mut rest = sheet.cells.as_slice();
    while let Some(first) = rest.first() {
        let mut last_row = first.row;
        let mut len = 0;
        for cell in rest {
            if cell.row > last_row.saturating_add(1) {
                break;
            }
            let bottom = merged_at(&sheet.merged, cell).map_or(cell.row, |merged| merged.bottom);
            last_row = last_row.max(cell.row).max(bottom);
            len += 1;
        }
        let (band, after) = rest.split_at(len);
        bands.push(band);
        rest = after;
    }
    bands
}

/// The merged cells of which this is the first; they are sorted by that.
fn merged_at<'m>(merged: &'m [Merged], cell: &Used) -> Option<&'m Merged> {
    let at = merged.binary_search_by_key(&(cell.row, cell.column), |merged| (merged.top, merged.left)).ok()?;
    merged.get(at)
}

/// A table of the rows and columns in which something is written; a paragraph if that is one cell.
fn block(band: &[Used], merged: &[Merged], limits: &Limits) -> Result<Block, Error> {
    if let [only] = band {
        return Ok(Block { rect: None, content: Content::Paragraph { lines: lines(&only.text) } });
    }
    let mut rows: Vec<u32> = band.iter().map(|cell| cell.row).collect();
    rows.dedup();
    let mut columns: Vec<u32> = band.iter().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    // The places from this one on that a merged cell covers, among those that are left.
    let covered = |places: &[u32], at: usize, last: u32| {
        let count = places.partition_point(|place| *place <= last).saturating_sub(at);
        u32::try_from(count).unwrap_or(u32::MAX).max(1)
    };
    let index = |places: &[u32], place: u32| places.binary_search(&place).unwrap_or_default();
    let mut table = Table::default();
    for used in band {
        let (row, column) = (index(&rows, used.row), index(&columns, used.column));
        let place = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let mut cell = Cell::new(place(row), place(column), lines(&used.text));
        if let Some(&Merged { bottom, right, .. }) = merged_at(merged, used) {
            cell.row_span = covered(&rows, row, bottom);
            cell.column_span = covered(&columns, column, right);
        }
        table.push(cell, limits)?;
    }
    table.header_rows = u32::from(has_header(band, columns.len()));
    Ok(Block::table(table))
}

/// The first row is taken for a header if it names every column, and none by a number.
fn has_header(band: &[Used], columns: usize) -> bool {
    let Some(first) = band.first().map(|cell| cell.row) else { return false };
    let header = band.iter().take_while(|cell| cell.row == first);
    header.clone().count() == columns && header.clone().all(|cell| !cell.is_number) && columns < band.len()
}

fn lines(text: &str) -> Vec<Line> {
    text.lines().map(words).filter(|line| !line.is_empty()).map(Line::native).collect()
}
