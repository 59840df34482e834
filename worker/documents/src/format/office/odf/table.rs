//! Tables of OpenDocument texts and presentations.

use super::Reading;
use crate::document::{Block, Cell, Content, Table};
use crate::error::Error;
use crate::format::office::flow::{Flow, lines_of};
use crate::format::office::xml::Element;

impl Reading<'_> {
    /// Reads a table. One that only places its content (a single cell, or other tables in its cells) is read as that.
    pub(super) fn table(&mut self, table: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        let mut rows = Vec::new();
        gather(table, false, &mut rows);
        let mut cells: Vec<(Cell, Vec<Block>)> = Vec::new();
        let mut row: u32 = 0;
        for (_, element) in &rows {
            let mut column: u32 = 0;
            for cell in element.elements() {
                let number = |name: &str| cell.number::<u32>(name).unwrap_or(1).max(1);
                if cell.name() == "table-cell" {
                    let mut place = Cell::new(row, column, Vec::new());
                    place.row_span = number("number-rows-spanned");
                    place.column_span = number("number-columns-spanned");
                    cells.push((place, self.inner_blocks(cell)?));
                }
                if matches!(cell.name(), "table-cell" | "covered-table-cell") {
                    // Only blank cells are repeated in texts.
                    column = column.saturating_add(number("number-columns-repeated"));
                }
            }
            row = row.saturating_add(element.number("number-rows-repeated").unwrap_or(1).max(1));
        }
        let has_inner =
            cells.iter().flat_map(|(_, blocks)| blocks).any(|block| matches!(block.content, Content::Table(_)));
        if cells.len() == 1 || has_inner {
            cells.into_iter().for_each(|(_, blocks)| flow.extend(blocks));
            return Ok(());
        }
        let mut built = Table::default();
        for (mut cell, blocks) in cells {
            cell.lines = lines_of(blocks);
            built.push(cell, self.limits)?;
        }
        let headers = rows.iter().take_while(|(is_header, _)| *is_header).count();
        built.header_rows = u32::try_from(headers).unwrap_or(u32::MAX).min(built.rows());
        flow.table(built);
        Ok(())
    }
}

/// The rows of a table, and whether each is one of its header.
fn gather<'e>(parent: &'e Element, is_header: bool, rows: &mut Vec<(bool, &'e Element)>) {
    for element in parent.elements() {
        match element.name() {
            "table-row" => rows.push((is_header, element)),
            "table-header-rows" => gather(element, true, rows),
            "table-rows" | "table-row-group" => gather(element, is_header, rows),
            _ => {}
        }
    }
}
