//! A document as an HTML page.

use std::fmt::{self, Write as _};

use super::markdown::is_blank;
use super::table::escape_html;
use super::{TextSink, table};
use crate::document::{Content, Document, Item, Line, Page};
use crate::options::TableFormat;

/// Writes a whole page, with a line feed at its end.
pub(super) fn write(out: &mut TextSink<'_>, document: &Document) -> fmt::Result {
    out.write_str("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n</head>\n<body>\n")?;
    for page in &document.pages {
        match &page.title {
            Some(title) => writeln!(out, "<section title=\"{}\">", escape_html(title).replace('"', "&quot;"))?,
            None => out.write_str("<section>\n")?,
        }
        blocks(out, page)?;
        out.write_str("</section>\n")?;
    }
    out.write_str("</body>\n</html>\n")
}

fn blocks(out: &mut TextSink<'_>, page: &Page) -> fmt::Result {
    for block in page.blocks.iter().filter(|block| !is_blank(block)) {
        match &block.content {
            Content::Heading { level, lines } => {
                let level = level.clamp(&1, &6);
                write!(out, "<h{level}>")?;
                write_lines(out, lines)?;
                write!(out, "</h{level}>")
            }
            Content::Paragraph { lines } => element(out, "p", lines),
            Content::Figure { lines } => element(out, "figure", lines),
            Content::List { items } => list(out, items),
            Content::Table(content) => table::write(out, content, TableFormat::Html),
            Content::Verbatim { text } => write!(out, "<pre>{}</pre>", escape_html(text)),
        }?;
        out.write_str("\n")?;
    }
    Ok(())
}

fn element(out: &mut TextSink<'_>, tag: &str, lines: &[Line]) -> fmt::Result {
    write!(out, "<{tag}>")?;
    write_lines(out, lines)?;
    write!(out, "</{tag}>")
}

fn write_lines(out: &mut TextSink<'_>, lines: &[Line]) -> fmt::Result {
    lines.iter().enumerate().try_for_each(|(index, line)| {
        out.write_str(if index == 0 { "" } else { "<br>\n" })?;
        out.write_str(&escape_html(&line.text))
    })
}

/// The items hold how deep they lie; lists in lists are opened and closed where that changes.
fn list(out: &mut TextSink<'_>, items: &[Item]) -> fmt::Result {
    let mut open: Vec<&str> = Vec::new();
    for item in items {
        let depth = usize::from(item.level) + 1;
        while open.len() > depth {
            close(out, &mut open)?;
        }
        if open.len() == depth {
            out.write_str("</li>\n")?;
        }
        while open.len() < depth {
            let tag = if item.number().is_some() { "ol" } else { "ul" };
            let lead = if open.is_empty() { "" } else { "\n" };
            writeln!(out, "{lead}<{tag}>")?;
            open.push(tag);
            if open.len() < depth {
                out.write_str("<li>")?;
            }
        }
        start(out, item, open.last() == Some(&"ol"))?;
        write_lines(out, &item.lines)?;
    }
    while !open.is_empty() {
        close(out, &mut open)?;
    }
    Ok(())
}

fn close(out: &mut TextSink<'_>, open: &mut Vec<&str>) -> fmt::Result {
    let tag = open.pop().unwrap_or("ul");
    write!(out, "</li>\n</{tag}>{}", if open.is_empty() { "" } else { "\n" })
}

/// Numbers are the list's own; other markers that say something stand in the text.
fn start(out: &mut TextSink<'_>, item: &Item, is_numbered: bool) -> fmt::Result {
    match item.number().filter(|_| is_numbered) {
        Some(number) => write!(out, "<li value=\"{number}\">"),
        None if item.has_bullet() => out.write_str("<li>"),
        None => write!(out, "<li>{} ", escape_html(&item.marker)),
    }
}
