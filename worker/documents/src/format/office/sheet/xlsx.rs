//! XLSX, XLSM, XLTX, XLTM and XLAM.
//!
//! Cells are read one by one, never as the range that a sheet says it has: two cells in opposite corners make a range
//! of half a terabyte. Formulas are read as the values that were saved with them.

use std::collections::HashMap;

use super::number::{Format, general};
use super::{Merged, Sheet, Used, Workbook};
use crate::document::{Block, Page};
use crate::error::Error;
use crate::format::Context;
use crate::format::office::container::Container;
use crate::format::office::flow::{Flow, Text};
use crate::format::office::graphic;
use crate::format::office::relations::{Relations, main_part};
use crate::format::office::xml::{self, Element};

/// The most rows and columns that a sheet has, from the format.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// What the sheets of a workbook share.
struct Shared {
    strings: Vec<String>,
    formats: Vec<Format>,
    is_1904: bool,
}

/// Reads a workbook.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut container = Container::open(bytes, media_type, context.limits)?;
    let main = main_part(&mut container, "xl/workbook.xml")?;
    let Some(root) = xml::tree(&mut container, &main)? else {
        return Err(container.invalid(format!("the part {main} is missing")));
    };
    let relations = Relations::of(&mut container, &main)?;
    let shared = Shared {
        strings: strings(&mut container, relations.first("sharedStrings"))?,
        formats: formats(&mut container, relations.first("styles"))?,
        is_1904: root
            .child("workbookPr")
            .and_then(|properties| properties.attribute("date1904"))
            .is_some_and(|value| matches!(value, "1" | "true" | "on")),
    };
    let mut workbook = Workbook::new(context.limits);
    for listed in root.child("sheets").iter().flat_map(|sheets| sheets.all("sheet")) {
        let Some(part) = listed.prefixed("id").and_then(|id| relations.target(id)) else { continue };
        let mut sheet = Sheet { name: listed.attribute("name").unwrap_or_default().to_owned(), ..Sheet::default() };
        if let Some(bytes) = container.part(part)? {
            cells(&xml::decode(&bytes), &container, &shared, &mut workbook, &mut sheet)?;
        }
        sheet.drawn = drawn(&mut container, part)?;
        workbook.sheet(sheet)?;
    }
    Ok(workbook.finish())
}

fn strings(container: &mut Container<'_>, part: Option<&str>) -> Result<Vec<String>, Error> {
    let mut strings = Vec::new();
    let Some(bytes) = part.map_or(Ok(None), |part| container.part(part))? else { return Ok(strings) };
    let text = xml::decode(&bytes);
    let mut reader = xml::Reader::new(&text, container);
    if reader.open()?.is_none() {
        return Ok(strings);
    }
    while let Some(mut item) = reader.open()? {
        reader.fill(&mut item)?;
        if item.name() == "si" {
            strings.push(rich_text(&item));
        }
    }
    Ok(strings)
}

/// The text of a string, of which parts may have formats of their own; not how it is pronounced.
fn rich_text(item: &Element) -> String {
    let mut text = String::new();
    for element in item.elements() {
        match element.name() {
            "t" => text.push_str(&element.text()),
            "r" => element.all("t").for_each(|piece| text.push_str(&piece.text())),
            _ => {}
        }
    }
    // How the format writes characters that XML cannot hold.
    if text.contains("_x") {
        text.replace("_x000D_", "\r").replace("_x000A_", "\n").replace("_x0009_", "\t")
    } else {
        text
    }
}

/// The format of each style of cells.
fn formats(container: &mut Container<'_>, part: Option<&str>) -> Result<Vec<Format>, Error> {
    let Some(root) = part.map_or(Ok(None), |part| xml::tree(container, part))? else { return Ok(Vec::new()) };
    let own: HashMap<u32, Format> = root
        .child("numFmts")
        .iter()
        .flat_map(|all| all.all("numFmt"))
        .filter_map(|format| Some((format.number("numFmtId")?, Format::parse(format.attribute("formatCode")?))))
        .collect();
    let format = |style: &Element| {
        let id = style.number("numFmtId").unwrap_or(0);
        own.get(&id).cloned().unwrap_or_else(|| Format::built_in(id))
    };
    Ok(root.child("cellXfs").iter().flat_map(|all| all.all("xf")).map(format).collect())
}

fn cells(
    text: &str,
    container: &Container<'_>,
    shared: &Shared,
    workbook: &mut Workbook<'_>,
    sheet: &mut Sheet,
) -> Result<(), Error> {
    let mut reader = xml::Reader::new(text, container);
    if reader.open()?.is_none() {
        return Ok(());
    }
    while let Some(part) = reader.open()? {
        match part.name() {
            "sheetData" => rows(&mut reader, container, shared, workbook, sheet)?,
            "mergeCells" => {
                while let Some(merged) = reader.open()? {
                    sheet.merged.extend(merged.attribute("ref").and_then(range));
                    reader.skip()?;
                }
            }
            _ => reader.skip()?,
        }
    }
    Ok(())
}

fn rows(
    reader: &mut xml::Reader<'_>,
    container: &Container<'_>,
    shared: &Shared,
    workbook: &mut Workbook<'_>,
    sheet: &mut Sheet,
) -> Result<(), Error> {
    let outside = || container.invalid("a cell lies outside of its sheet");
    let mut row = 0;
    while let Some(line) = reader.open()? {
        row = line.number::<u32>("r").map_or(row, |number| number.saturating_sub(1));
        let mut column = 0;
        while let Some(mut cell) = reader.open()? {
            reader.fill(&mut cell)?;
            if let Some(name) = cell.attribute("r") {
                (row, column) = place(name).ok_or_else(outside)?;
            }
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                return Err(outside());
            }
            let (text, is_number) = value(&cell, shared);
            workbook.cell(sheet, Used { row, column, text, is_number })?;
            column += 1;
        }
        row += 1;
    }
    Ok(())
}

/// What is written in a cell, and whether it is a number.
fn value(cell: &Element, shared: &Shared) -> (String, bool) {
    let written = cell.child("v").map(Element::text).unwrap_or_default();
    match cell.attribute("t") {
        Some("s") => {
            let string = written.trim().parse::<usize>().ok().and_then(|index| shared.strings.get(index));
            (string.cloned().unwrap_or_default(), false)
        }
        Some("inlineStr") => (cell.child("is").map(rich_text).unwrap_or_default(), false),
        Some("b") => ((if written.trim() == "1" { "TRUE" } else { "FALSE" }).to_owned(), false),
        Some("str" | "e" | "d") => (written, false),
        _ => match written.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => {
                let format = cell.number::<usize>("s").and_then(|style| shared.formats.get(style));
                let text = format.map_or_else(|| general(number), |format| format.render(number, shared.is_1904));
                (text, true)
            }
            _ => (written, false),
        },
    }
}

/// The row and the column of a name like `B7`, from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.trim();
    let digits = name.find(|character: char| character.is_ascii_digit())?;
    let (letters, digits) = name.split_at(digits);
    let column = letters.bytes().filter(|byte| *byte != b'$').try_fold(0_u32, |column, letter| {
        let value = letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn range(name: &str) -> Option<Merged> {
    let (first, last) = name.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    Some(Merged { top, left, bottom, right })
}

/// What is drawn over the cells of a sheet: the text of boxes, the words of charts, what pictures are described as.
fn drawn(container: &mut Container<'_>, sheet: &str) -> Result<Vec<Block>, Error> {
    let relations = Relations::of(container, sheet)?;
    let mut flow = Flow::new(container.limits());
    let Some(part) = relations.first("drawing").map(str::to_owned) else { return Ok(Vec::new()) };
    let Some(root) = xml::tree(container, &part)? else { return Ok(Vec::new()) };
    let relations = Relations::of(container, &part)?;
    for anchor in root.elements() {
        let mut bodies = Vec::new();
        anchor.find_all("txBody", &mut bodies);
        for paragraph in bodies.iter().flat_map(|body| body.all("p")) {
            let mut pieces = Vec::new();
            paragraph.find_all("t", &mut pieces);
            let mut text = Text::default();
            pieces.iter().for_each(|piece| text.push(&piece.text()));
            flow.paragraph(text.take());
        }
        if bodies.is_empty() {
            flow.figure(&graphic::alternative_text(anchor));
            flow.figure(&graphic::related_text(anchor, &relations, container)?);
        }
    }
    Ok(flow.into_blocks())
}
