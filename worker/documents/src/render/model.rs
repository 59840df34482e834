//! The whole document model, for programs.

use std::fmt;

use super::tree::Writer;
use crate::document::{Block, Cell, Content, Document, Item, Line, Origin, Page, Rect, Table};

pub(super) fn write(writer: &mut Writer<'_, '_>, document: &Document) -> fmt::Result {
    writer.map(|writer| {
        writer.text("media_type", document.media_type)?;
        writer.list("pages", (1..).zip(&document.pages), |writer, (number, page)| write_page(writer, number, page))
    })
}

fn write_page(writer: &mut Writer<'_, '_>, number: usize, page: &Page) -> fmt::Result {
    writer.plain("number", number)?;
    if let Some(title) = &page.title {
        writer.text("title", title)?;
    }
    if let Some(size) = page.size {
        writer.plain("width", number_of(size.width))?;
        writer.plain("height", number_of(size.height))?;
    }
    writer.plain("unreadable_glyphs", page.unreadable_glyphs)?;
    writer.list("blocks", &page.blocks, write_block)
}

fn write_block(writer: &mut Writer<'_, '_>, block: &Block) -> fmt::Result {
    let kind = match &block.content {
        Content::Heading { .. } => "heading",
        Content::Paragraph { .. } => "paragraph",
        Content::List { .. } => "list",
        Content::Table(_) => "table",
        Content::Figure { .. } => "figure",
        Content::Verbatim { .. } => "verbatim",
    };
    writer.text("kind", kind)?;
    write_rect(writer, block.rect)?;
    match &block.content {
        Content::Heading { level, lines } => {
            writer.plain("level", level)?;
            write_lines(writer, lines)
        }
        Content::Paragraph { lines } | Content::Figure { lines } => write_lines(writer, lines),
        Content::List { items } => writer.list("items", items, write_item),
        Content::Table(table) => write_table(writer, table),
        Content::Verbatim { text } => writer.text("text", text),
    }
}

fn write_item(writer: &mut Writer<'_, '_>, item: &Item) -> fmt::Result {
    writer.plain("level", item.level)?;
    writer.text("marker", &item.marker)?;
    write_lines(writer, &item.lines)
}

fn write_table(writer: &mut Writer<'_, '_>, table: &Table) -> fmt::Result {
    writer.plain("rows", table.rows())?;
    writer.plain("columns", table.columns())?;
    writer.plain("header_rows", table.header_rows)?;
    writer.list("cells", table.cells(), write_cell)
}

fn write_cell(writer: &mut Writer<'_, '_>, cell: &Cell) -> fmt::Result {
    writer.plain("row", cell.row)?;
    writer.plain("column", cell.column)?;
    writer.plain("row_span", cell.row_span)?;
    writer.plain("column_span", cell.column_span)?;
    write_rect(writer, cell.rect)?;
    write_lines(writer, &cell.lines)
}

fn write_lines(writer: &mut Writer<'_, '_>, lines: &[Line]) -> fmt::Result {
    writer.list("lines", lines, |writer, line| {
        writer.text("text", &line.text)?;
        write_rect(writer, line.rect)?;
        writer.text("origin", if line.origin == Origin::Ocr { "ocr" } else { "native" })?;
        writer.plain("score", number_of(line.score))?;
        if line.words.is_empty() {
            return Ok(());
        }
        writer.list("words", &line.words, |writer, word| {
            writer.text("text", line.word(word))?;
            write_rect(writer, Some(word.rect))?;
            writer.plain("score", number_of(word.score))
        })
    })
}

fn write_rect(writer: &mut Writer<'_, '_>, rect: Option<Rect>) -> fmt::Result {
    let Some(rect) = rect else { return Ok(()) };
    let [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom].map(number_of);
    writer.plain("rect", format_args!("{{\"left\": {left}, \"top\": {top}, \"right\": {right}, \"bottom\": {bottom}}}"))
}

/// Neither format has a number for what is none.
fn number_of(value: f32) -> f32 {
    if value.is_finite() { value } else { 0.0 }
}
