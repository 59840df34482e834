//! A page as light Markdown: headings, lists and tables are marked, text is not escaped, for its readers are models and
//! people, and no renderer.

use std::fmt::Write as _;

use super::table;
use crate::document::{Block, Content, Item, Line, Page};
use crate::error::Error;
use crate::limits::Limits;
use crate::options::TableFormat;
use crate::render::TextSink;

/// Writes a page, without a line feed at its end.
pub(crate) fn page(page: &Page, tables: TableFormat, limits: &Limits) -> Result<String, Error> {
    let mut sink = TextSink::new(limits);
    let mut first = true;
    for block in page.blocks.iter().filter(|block| !is_blank(block)) {
        // The only error a sink knows is its cap, which it keeps and `finish` returns.
        let _stopped = if std::mem::take(&mut first) { Ok(()) } else { sink.write_str("\n\n") };
        let _stopped = match &block.content {
            Content::Heading { level, lines } => heading(&mut sink, *level, lines),
            Content::Paragraph { lines } | Content::Figure { lines } => text(&mut sink, lines),
            Content::List { items } => list(&mut sink, items),
            Content::Table(content) => sink.write_str(&table::render(content, tables, limits)?),
            Content::Verbatim { text } => sink.write_str(text),
        };
    }
    sink.finish()
}

fn is_blank(block: &Block) -> bool {
    match &block.content {
        Content::Heading { lines, .. } | Content::Paragraph { lines } | Content::Figure { lines } => lines.is_empty(),
        Content::List { items } => items.is_empty(),
        Content::Table(table) => table.cells().is_empty(),
        Content::Verbatim { text } => text.trim().is_empty(),
    }
}

fn heading(out: &mut TextSink<'_>, level: u8, lines: &[Line]) -> std::fmt::Result {
    for _ in 0..level.clamp(1, 6) {
        out.write_str("#")?;
    }
    for line in lines {
        write!(out, " {}", line.text)?;
    }
    Ok(())
}

fn text(out: &mut TextSink<'_>, lines: &[Line]) -> std::fmt::Result {
    for (index, line) in lines.iter().enumerate() {
        out.write_str(if index == 0 { "" } else { "\n" })?;
        out.write_str(&line.text)?;
    }
    Ok(())
}

/// Markdown knows two markers. Of numbered items the number is kept as it is in print.
fn list(out: &mut TextSink<'_>, items: &[Item]) -> std::fmt::Result {
    for (index, item) in items.iter().enumerate() {
        out.write_str(if index == 0 { "" } else { "\n" })?;
        for _ in 0..item.level {
            out.write_str("  ")?;
        }
        let is_bullet = !item.marker.chars().any(char::is_alphanumeric);
        out.write_str(if is_bullet { "-" } else { &item.marker })?;
        for line in &item.lines {
            write!(out, " {}", line.text)?;
        }
    }
    Ok(())
}
