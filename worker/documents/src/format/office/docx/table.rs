//! Tables of a document.

use std::collections::HashMap;

use super::Reading;
use crate::document::{Block, Cell, Content, Table};
use crate::error::Error;
use crate::format::office::flow::{Flow, lines_of};
use crate::format::office::xml::Element;

/// A cell that is not yet in its table.
struct Loose {
    cell: Cell,
    blocks: Vec<Block>,
}

impl Reading<'_> {
    /// Reads a table. One that only places its content (a single cell, or other tables in its cells) is read as that.
    pub(super) fn table(&mut self, table: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        let mut rows = Vec::new();
        gather(table, "tr", &mut rows);
        rows.retain(|row| row.path(&["trPr", "del"]).is_none());
        let loose = self.cells(&rows)?;
        let has_inner =
            loose.iter().any(|loose| loose.blocks.iter().any(|block| matches!(block.content, Content::Table(_))));
        if loose.len() == 1 || has_inner {
            loose.into_iter().for_each(|loose| flow.extend(loose.blocks));
            return Ok(());
        }
        let mut built = Table::default();
        for Loose { mut cell, blocks } in loose {
            cell.lines = lines_of(blocks);
            built.push(cell, self.container.limits())?;
        }
        built.header_rows = header_rows(table, &rows).min(built.rows());
        flow.table(built);
        Ok(())
    }

    fn cells(&mut self, rows: &[&Element]) -> Result<Vec<Loose>, Error> {
        let mut loose: Vec<Loose> = Vec::new();
        // The cell that is open downwards, for each column in which it starts.
        let mut open: HashMap<u32, usize> = HashMap::new();
        for (row, element) in (0..).zip(rows) {
            let before = element.path(&["trPr", "gridBefore"]).and_then(|before| before.number("val"));
            let mut column: u32 = before.unwrap_or(0);
            let mut cells = Vec::new();
            gather(element, "tc", &mut cells);
            for cell in cells {
                let property = |name: &str| cell.path(&["tcPr", name]);
                let span = property("gridSpan").and_then(|span| span.number::<u32>("val")).unwrap_or(1).max(1);
                let goes_on = property("vMerge").map(|merge| merge.attribute("val") != Some("restart"));
                let upper = open.get(&column).copied().filter(|_| goes_on == Some(true));
                if let Some(upper) = upper.and_then(|index| loose.get_mut(index)) {
                    upper.cell.row_span += 1;
                } else {
                    if goes_on.is_some() {
                        open.insert(column, loose.len());
                    } else {
                        open.remove(&column);
                    }
                    let blocks = self.inner_blocks(cell)?;
                    let place = Cell { column_span: span, ..Cell::new(row, column, Vec::new()) };
                    loose.push(Loose { cell: place, blocks });
                }
                column = column.saturating_add(span);
            }
        }
        Ok(loose)
    }
}

/// The rows of a table or the cells of a row, those in content controls included, those of inner tables not.
fn gather<'e>(parent: &'e Element, name: &str, found: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match element.name() {
            own if own == name => found.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" => gather(element, name, found),
            _ => {}
        }
    }
}

/// The rows that are repeated on every page, else the first if the table's look sets it off.
fn header_rows(table: &Element, rows: &[&Element]) -> u32 {
    let is_header = |row: &&&Element| row.path(&["trPr", "tblHeader"]).is_some_and(Element::is_on);
    let repeated = rows.iter().take_while(is_header).count();
    let look = table.path(&["tblPr", "tblLook"]);
    let sets_off = look.is_some_and(|look| match look.attribute("firstRow") {
        Some(value) => matches!(value, "1" | "true" | "on"),
        // The bit of the first row in the older form of the attribute.
        None => look
            .attribute("val")
            .and_then(|bits| u32::from_str_radix(bits, 16).ok())
            .is_some_and(|bits| bits & 0x20 != 0),
    });
    let by_look = u32::from(sets_off && rows.len() > 1);
    u32::try_from(repeated).unwrap_or(u32::MAX).max(by_look)
}
