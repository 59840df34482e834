//! Maps and lists as JSON or YAML, written as they are told.

use std::fmt::{self, Write as _};

use super::TextSink;
use super::table::quoted;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Json,
    Yaml,
}

/// Writes one value, from its start to its end. Maps are never empty.
#[derive(Debug)]
pub(super) struct Writer<'s, 'l> {
    out: &'s mut TextSink<'l>,
    style: Style,
    depth: usize,
    /// Whether the next entry stands where its map starts: after the brace, after the dash.
    is_first: bool,
}

impl<'s, 'l> Writer<'s, 'l> {
    pub(super) fn new(out: &'s mut TextSink<'l>, style: Style) -> Self {
        Self { out, style, depth: 0, is_first: true }
    }

    /// A map as an element of a list, or as the whole.
    pub(super) fn map(&mut self, entries: impl FnOnce(&mut Self) -> fmt::Result) -> fmt::Result {
        self.is_first = true;
        if self.style == Style::Yaml {
            return entries(self);
        }
        self.out.write_str("{")?;
        entries(self)?;
        self.out.write_str("}")
    }

    /// An entry of a map: a list of maps.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        items: impl IntoIterator<Item = T>,
        mut element: impl FnMut(&mut Self, T) -> fmt::Result,
    ) -> fmt::Result {
        self.key(key)?;
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return self.value("[]");
        }
        self.depth += 1;
        self.out.write_str(if self.style == Style::Json { "[" } else { "" })?;
        for (index, item) in items.enumerate() {
            match self.style {
                Style::Json => self.out.write_str(if index == 0 { "" } else { "," })?,
                Style::Yaml => write!(self.out, "\n{:width$}- ", "", width = self.depth * 2 - 2)?,
            }
            self.map(|writer| element(writer, item))?;
        }
        self.depth -= 1;
        self.is_first = false;
        self.out.write_str(if self.style == Style::Json { "]" } else { "" })
    }

    /// An entry of a map: a text. YAML reads it as JSON does.
    pub(super) fn text(&mut self, key: &str, value: &str) -> fmt::Result {
        self.key(key)?;
        self.value(quoted(value))
    }

    /// An entry of a map: a number, or a rectangle in JSON, which both read.
    pub(super) fn plain(&mut self, key: &str, value: impl fmt::Display) -> fmt::Result {
        self.key(key)?;
        self.value(value)
    }

    fn value(&mut self, value: impl fmt::Display) -> fmt::Result {
        write!(self.out, "{}{value}", if self.style == Style::Json { "" } else { " " })
    }

    fn key(&mut self, key: &str) -> fmt::Result {
        let is_first = std::mem::take(&mut self.is_first);
        match self.style {
            Style::Json => write!(self.out, "{}\"{key}\":", if is_first { "" } else { "," }),
            Style::Yaml if is_first => write!(self.out, "{key}:"),
            Style::Yaml => write!(self.out, "\n{:width$}{key}:", "", width = self.depth * 2),
        }
    }
}
