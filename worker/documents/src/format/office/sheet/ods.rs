//! ODS and OTS.
//!
//! Rows are read one by one. A row or a cell may say that it is repeated a million times: blank ones are counted over,
//! the others are written until a cap is reached. Numbers are written as the file shows them, dates in ISO form.

use super::{Merged, Sheet, Used, Workbook};
use crate::document::Page;
use crate::error::Error;
use crate::format::Context;
use crate::format::office::flow::{Flow, Text};
use crate::format::office::odf;
use crate::format::office::xml::{self, Element, Node};

/// Reads a workbook.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut container = odf::open(bytes, media_type, context.limits)?;
    let content = container.required("content.xml")?;
    let text = xml::decode(&content);
    let mut reader = xml::Reader::new(&text, &container);
    if reader.open()?.is_none_or(|root| root.name() != "document-content") {
        return Err(container.invalid("its content is no document"));
    }
    let mut workbook = Workbook::new(context.limits);
    while let Some(part) = reader.open()? {
        if part.name() != "body" {
            reader.skip()?;
            continue;
        }
        while let Some(body) = reader.open()? {
            if body.name() != "spreadsheet" {
                reader.skip()?;
                continue;
            }
            while let Some(table) = reader.open()? {
                if table.name() != "table" {
                    reader.skip()?;
                    continue;
                }
                let name = table.attribute("name").unwrap_or_default().to_owned();
                let mut sheet = Sheet { name, ..Sheet::default() };
                let mut row = 0;
                rows(&mut reader, &mut row, &mut workbook, &mut sheet)?;
                workbook.sheet(sheet)?;
            }
        }
    }
    Ok(workbook.finish())
}

/// Reads the rows of a table or of a group of rows.
fn rows(
    reader: &mut xml::Reader<'_>,
    row: &mut u32,
    workbook: &mut Workbook<'_>,
    sheet: &mut Sheet,
) -> Result<(), Error> {
    while let Some(mut element) = reader.open()? {
        match element.name() {
            "table-row" => {
                reader.fill(&mut element)?;
                let times = repeated(&element, "number-rows-repeated");
                let is_blank = element.elements().all(|cell| cell.child("p").is_none());
                for repetition in 0..if is_blank { 0 } else { times } {
                    cells(&element, row.saturating_add(repetition), workbook, sheet)?;
                }
                *row = row.saturating_add(times);
            }
            "table-rows" | "table-row-group" | "table-header-rows" => rows(reader, row, workbook, sheet)?,
            "shapes" => {
                reader.fill(&mut element)?;
                let mut paragraphs = Vec::new();
                element.find_all("p", &mut paragraphs);
                let mut flow = Flow::new(workbook.limits);
                paragraphs.iter().for_each(|paragraph| flow.paragraph(written(paragraph).take()));
                sheet.drawn = flow.into_blocks();
            }
            _ => reader.skip()?,
        }
    }
    Ok(())
}

fn cells(element: &Element, row: u32, workbook: &mut Workbook<'_>, sheet: &mut Sheet) -> Result<(), Error> {
    let mut column: u32 = 0;
    for cell in element.elements() {
        let times = repeated(cell, "number-columns-repeated");
        let text = value(cell);
        if cell.name() == "table-cell" && !text.trim().is_empty() {
            let is_number =
                matches!(cell.attribute("value-type"), Some("float" | "percentage" | "currency" | "date" | "time"));
            for repetition in 0..times {
                let column = column.saturating_add(repetition);
                workbook.cell(sheet, Used { row, column, text: text.clone(), is_number })?;
            }
            let (rows, columns) = (repeated(cell, "number-rows-spanned"), repeated(cell, "number-columns-spanned"));
            if rows > 1 || columns > 1 {
                let (bottom, right) = (row.saturating_add(rows - 1), column.saturating_add(columns - 1));
                sheet.merged.push(Merged { top: row, left: column, bottom, right });
            }
        }
        column = column.saturating_add(times);
    }
    Ok(())
}

/// How often an element says that it stands there; at least once.
fn repeated(element: &Element, name: &str) -> u32 {
    element.number::<u32>(name).unwrap_or(1).max(1)
}

/// What is written in a cell.
fn value(cell: &Element) -> String {
    if let Some(date) = cell.attribute("date-value").filter(|_| cell.attribute("value-type") == Some("date")) {
        let (day, clock) = date.split_once('T').unwrap_or((date, ""));
        let clock = clock.strip_suffix(":00").unwrap_or(clock);
        return if matches!(clock, "" | "00:00") { day.to_owned() } else { format!("{day} {clock}") };
    }
    let mut lines = cell.all("p").flat_map(|paragraph| written(paragraph).take()).map(|line| line.text).peekable();
    if lines.peek().is_some() {
        return lines.collect::<Vec<_>>().join("\n");
    }
    cell.attribute("value").unwrap_or_default().to_owned()
}

fn written(paragraph: &Element) -> Text {
    let mut text = Text::default();
    collect(paragraph, &mut text);
    text
}

fn collect(parent: &Element, text: &mut Text) {
    for node in &parent.children {
        match node {
            Node::Text(piece) => text.push(piece),
            Node::Element(element) => match element.name() {
                "s" | "tab" => text.push(" "),
                "line-break" => text.break_line(),
                "annotation" => {}
                _ => collect(element, text),
            },
        }
    }
}
