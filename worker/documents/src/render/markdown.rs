//! A page as light Markdown: headings, lists and tables are marked, text is not escaped, for its readers are models and
//! people, and no renderer.

use std::fmt::{self, Write as _};

use super::table;
use crate::document::{Block, Content, Item, Line, Page};
use crate::error::Error;
use crate::limits::Limits;
use crate::options::TableFormat;
use crate::render::TextSink;

/// The text of a page, without a line feed at its end.
pub(crate) fn page(page: &Page, tables: TableFormat, limits: &Limits) -> Result<String, Error> {
    TextSink::collect(limits, |out| write(out, page, tables))
}

/// Writes a page, without a line feed at its end.
pub(super) fn write(out: &mut TextSink<'_>, page: &Page, tables: TableFormat) -> fmt::Result {
    for (index, block) in page.blocks.iter().filter(|block| !is_blank(block)).enumerate() {
        out.write_str(if index == 0 { "" } else { "\n\n" })?;
        match &block.content {
            Content::Heading { level, lines } => heading(out, *level, lines),
            Content::Paragraph { lines } | Content::Figure { lines } => text(out, lines),
            Content::List { items } => list(out, items),
            Content::Table(content) => table::write(out, content, tables),
            Content::Verbatim { text } => out.write_str(text),
        }?;
    }
    Ok(())
}

pub(super) fn is_blank(block: &Block) -> bool {
    match &block.content {
        Content::Heading { lines, .. } | Content::Paragraph { lines } | Content::Figure { lines } => lines.is_empty(),
        Content::List { items } => items.is_empty(),
        Content::Table(table) => table.cells().is_empty(),
        Content::Verbatim { text } => text.trim().is_empty(),
    }
}

fn heading(out: &mut TextSink<'_>, level: u8, lines: &[Line]) -> fmt::Result {
    for _ in 0..level.clamp(1, 6) {
        out.write_str("#")?;
    }
    for line in lines {
        write!(out, " {}", line.text)?;
    }
    Ok(())
}

fn text(out: &mut TextSink<'_>, lines: &[Line]) -> fmt::Result {
    for (index, line) in lines.iter().enumerate() {
        out.write_str(if index == 0 { "" } else { "\n" })?;
        out.write_str(&line.text)?;
    }
    Ok(())
}

/// Markdown knows two markers. Of numbered items the number is kept as it is in print.
fn list(out: &mut TextSink<'_>, items: &[Item]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        out.write_str(if index == 0 { "" } else { "\n" })?;
        for _ in 0..item.level {
            out.write_str("  ")?;
        }
        out.write_str(if item.has_bullet() { "-" } else { &item.marker })?;
        for line in &item.lines {
            write!(out, " {}", line.text)?;
        }
    }
    Ok(())
}
