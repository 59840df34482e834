//! DOC and PPT, by undoc.
//!
//! The crate believes some numbers of the file: how many characters it has, how deep its records are nested. They are
//! checked before it is called.

use std::panic::AssertUnwindSafe;

use undoc::model::{self, ListType, Paragraph, RevisionType};

use super::compound::{Compound, guarded, u16_at, u32_at};
use super::encrypted;
use super::flow::{Flow, Text, lines_of};
use crate::document::{Block, Cell, Content, Item, Page, Table};
use crate::error::Error;
use crate::format::Context;
use crate::limits::Limits;

/// The first word of a file of Word 97 and later, and of Word 6 and 95.
const WORD_97: u16 = 0xA5EC;
/// Where a file of Word says how many characters its stories have: the text, notes, headers, comments and boxes; and
/// where one of Word 6 says how many its text has.
const STORY_LENGTHS: std::ops::RangeInclusive<usize> = 0x4C..=0x68;
const WORD_6_LENGTH: usize = 0x34;
/// The flag of an encrypted file of Word, and where the flags are.
const ENCRYPTED: u16 = 0x0100;
const FLAGS: usize = 0x0A;

/// The records from which a presentation is read: the document, a slide, notes.
const STARTS: [u16; 3] = [0x03E8, 0x03EE, 0x03F0];
/// The version of a record that holds others.
const HOLDS_RECORDS: u16 = 0x0F;

/// Reads a text of Word 6 to 2003.
pub(crate) fn read_doc(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut compound = Compound::open(bytes, media_type)?;
    let Some(main) = compound.stream("/WordDocument")? else { return Err(compound.invalid("it has no text")) };
    if u16_at(&main, FLAGS).is_some_and(|flags| flags & ENCRYPTED != 0) {
        return Err(encrypted());
    }
    let is_new = u16_at(&main, 0) == Some(WORD_97);
    let lengths: Vec<usize> = if is_new { STORY_LENGTHS.step_by(4).collect() } else { vec![WORD_6_LENGTH] };
    // A character has at least a byte.
    let characters: u64 = lengths.iter().filter_map(|at| u32_at(&main, *at)).map(u64::from).sum();
    if characters > main.len() as u64 {
        return Err(compound.invalid("it says that it has more characters than bytes"));
    }
    drop(main);
    let document = guarded(
        media_type,
        AssertUnwindSafe(|| {
            undoc::doc::DocParser::from_bytes(bytes.to_vec())
                .and_then(|mut parser| parser.parse())
                .map_err(refused(media_type))
        }),
    )?;
    let mut flow = Flow::new(context.limits);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for section in &document.sections {
        before.extend(running(section.header.as_deref(), context.limits));
        after.extend(running(section.footer.as_deref(), context.limits));
        blocks(&section.content, &mut flow, context.limits)?;
    }
    Ok(flow.finish(before, after))
}

/// Reads a presentation of PowerPoint 97 to 2003: each slide a page, its notes at the end of it.
pub(crate) fn read_ppt(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut compound = Compound::open(bytes, media_type)?;
    let Some(main) = compound.stream("/PowerPoint Document")? else {
        return Err(compound.invalid("it has no presentation"));
    };
    check_records(&main, context.limits, &compound)?;
    drop(main);
    let document = guarded(
        media_type,
        AssertUnwindSafe(|| {
            undoc::ppt::PptParser::from_bytes(bytes.to_vec())
                .and_then(|mut parser| parser.parse())
                .map_err(refused(media_type))
        }),
    )?;
    let mut pages = Vec::new();
    for section in &document.sections {
        context.limits.check_pages(pages.len() + 1)?;
        let mut flow = Flow::new(context.limits);
        blocks(&section.content, &mut flow, context.limits)?;
        for note in section.notes.iter().flatten() {
            paragraph(note, &mut flow)?;
        }
        pages.push(Page::of_blocks(flow.into_blocks()));
    }
    if pages.is_empty() {
        pages.push(Page::default());
    }
    Ok(pages)
}

/// The crate's messages say what is damaged where; only the kind of its errors is ours to pass on.
fn refused(media_type: &'static str) -> impl Fn(undoc::Error) -> Error {
    move |error| match error {
        undoc::Error::Encrypted => encrypted(),
        _ => Error::Invalid { media_type, reason: "its records are damaged".to_owned() },
    }
}

/// Follows the records wherever reading may begin, as the crate does by recursion: no deeper than is allowed, and in
/// all no more than a few times their number.
fn check_records(stream: &[u8], limits: &Limits, compound: &Compound<'_>) -> Result<(), Error> {
    let mut budget = stream.len();
    let is_start = |at: &usize| {
        let version = u16_at(stream, *at).is_some_and(|version| version & 0x0F == HOLDS_RECORDS);
        version && u16_at(stream, at + 2).is_some_and(|kind| STARTS.contains(&kind))
    };
    for start in (0..stream.len()).filter(is_start) {
        let mut ends = vec![stream.len()];
        let mut at = start;
        while let Some(&end) = ends.last() {
            let inner = at + 8;
            let size = u32_at(stream, at + 4).and_then(|size| usize::try_from(size).ok());
            match size.and_then(|size| inner.checked_add(size)).filter(|inner_end| *inner_end <= end) {
                Some(inner_end) => {
                    budget = budget.checked_sub(1).ok_or_else(|| compound.invalid("its records overlap"))?;
                    if u16_at(stream, at).is_some_and(|version| version & 0x0F == HOLDS_RECORDS) {
                        ends.push(inner_end);
                        limits.check_nesting(ends.len())?;
                        at = inner;
                    } else {
                        at = inner_end;
                    }
                }
                None => {
                    at = end;
                    ends.pop();
                }
            }
            while ends.len() > 1 && ends.last().is_some_and(|end| at >= *end) {
                ends.pop();
            }
            // The record at which it began is done.
            if ends.len() <= 1 {
                break;
            }
        }
    }
    Ok(())
}

fn running(paragraphs: Option<&[Paragraph]>, limits: &Limits) -> Vec<Block> {
    let mut flow = Flow::new(limits);
    for paragraph in paragraphs.unwrap_or_default() {
        flow.paragraph(text(paragraph).take());
    }
    flow.into_blocks()
}

fn blocks(content: &[model::Block], flow: &mut Flow<'_>, limits: &Limits) -> Result<(), Error> {
    for block in content {
        match block {
            model::Block::Paragraph(read) => paragraph(read, flow)?,
            model::Block::Table(read) => flow.table(table(read, limits)?),
            model::Block::PageBreak | model::Block::SectionBreak => {
                flow.break_page()?;
            }
            model::Block::Note { label, content } => {
                let mut note = Flow::new(limits);
                content.iter().try_for_each(|inner| paragraph(inner, &mut note))?;
                let mut lines = lines_of(note.into_blocks());
                if let Some(first) = lines.first_mut() {
                    first.text = format!("[{label}] {}", first.text);
                    flow.block(Block { rect: None, content: Content::Paragraph { lines } });
                }
            }
            model::Block::Image { alt_text, .. } => flow.figure(alt_text.as_deref().unwrap_or_default()),
        }
    }
    Ok(())
}

fn paragraph(read: &Paragraph, flow: &mut Flow<'_>) -> Result<(), Error> {
    let lines = text(read).take();
    let list = read.list_info.as_ref().filter(|list| list.list_type != ListType::None);
    if read.heading.is_heading() {
        flow.heading(read.heading.level(), lines);
    } else if let Some(list) = list {
        let marker = match (list.list_type, list.number) {
            (ListType::Numbered, Some(number)) => format!("{number}."),
            (ListType::Bullet, _) => "•".to_owned(),
            _ => String::new(),
        };
        flow.item(Item { level: list.level, marker, lines });
    } else {
        flow.paragraph(lines);
    }
    if read.runs.iter().any(|run| run.page_break) {
        flow.break_page()?;
    }
    Ok(())
}

fn text(paragraph: &Paragraph) -> Text {
    let mut text = Text::default();
    for run in paragraph.runs.iter().filter(|run| run.revision != RevisionType::Deleted) {
        text.push(&run.text);
        if let Some(label) = &run.note {
            text.push(&format!(" [{label}]"));
        }
        if run.line_break {
            text.break_line();
        }
    }
    text
}

fn table(read: &model::Table, limits: &Limits) -> Result<Table, Error> {
    let mut table = Table::default();
    for ((row, cells), columns) in (0..).zip(&read.rows).zip(read.cell_columns()) {
        for (cell, column) in cells.cells.iter().zip(columns) {
            let mut flow = Flow::new(limits);
            cell.content.iter().try_for_each(|inner| paragraph(inner, &mut flow))?;
            for inner in &cell.nested_tables {
                flow.table(self::table(inner, limits)?);
            }
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            let mut built = Cell::new(row, column, lines_of(flow.into_blocks()));
            built.row_span = cell.row_span.max(1);
            built.column_span = cell.col_span.max(1);
            table.push(built, limits)?;
        }
    }
    let headers = read.rows.iter().take_while(|row| row.is_header).count();
    table.header_rows = u32::try_from(headers).unwrap_or(u32::MAX).min(table.rows());
    Ok(table)
}
