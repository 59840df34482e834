//! A page as plain text: what is written on it, without marks.

use std::fmt::{self, Write as _};

use super::markdown::is_blank;
use super::{TextSink, table};
use crate::document::{Content, Item, Line, Page};

/// Writes a page, without a line feed at its end.
pub(super) fn write(out: &mut TextSink<'_>, page: &Page) -> fmt::Result {
    for (index, block) in page.blocks.iter().filter(|block| !is_blank(block)).enumerate() {
        out.write_str(if index == 0 { "" } else { "\n\n" })?;
        match &block.content {
            Content::Heading { lines, .. } | Content::Paragraph { lines } | Content::Figure { lines } => {
                write_lines(out, lines)
            }
            Content::List { items } => list(out, items),
            Content::Table(content) => table::plain(out, content),
            Content::Verbatim { text } => out.write_str(text),
        }?;
    }
    Ok(())
}

fn write_lines(out: &mut TextSink<'_>, lines: &[Line]) -> fmt::Result {
    lines.iter().enumerate().try_for_each(|(index, line)| {
        out.write_str(if index == 0 { "" } else { "\n" })?;
        out.write_str(&line.text)
    })
}

/// Numbers and letters before items can be referred to, bullets cannot.
fn list(out: &mut TextSink<'_>, items: &[Item]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        out.write_str(if index == 0 { "" } else { "\n" })?;
        if !item.has_bullet() {
            write!(out, "{} ", item.marker)?;
        }
        write_lines(out, &item.lines)?;
    }
    Ok(())
}
