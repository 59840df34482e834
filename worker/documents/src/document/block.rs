//! Blocks: what a page is made of, in reading order.

use super::{Line, Rect, Table};

/// A part of a page that is read as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its place, in formats that have places.
    pub rect: Option<Rect>,
    /// What it is.
    pub content: Content,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A heading.
    Heading {
        /// 1 is the highest, 6 the lowest.
        level: u8,
        /// Its lines.
        lines: Vec<Line>,
    },
    /// Running text.
    Paragraph {
        /// Its lines.
        lines: Vec<Line>,
    },
    /// A list, inner ones flattened into it.
    List {
        /// Its items, in order.
        items: Vec<Item>,
    },
    /// A table.
    Table(Table),
    /// A picture and what is written in it or instead of it.
    Figure {
        /// The recognised text, or the alternative text.
        lines: Vec<Line>,
    },
    /// Text whose own marks and line breaks are kept as they are: source text, Markdown, data.
    Verbatim {
        /// The text, lines parted by line feeds.
        text: String,
    },
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// How deep it is nested: 0 in the outermost list.
    pub level: u8,
    /// What stands before it in print, for example `•`, `3.` or `b)`. Empty if nothing does.
    pub marker: String,
    /// Its text.
    pub lines: Vec<Line>,
}

impl Item {
    /// Whether its marker says nothing: a bullet, a dash, or none.
    #[must_use]
    pub fn has_bullet(&self) -> bool {
        !self.marker.chars().any(char::is_alphanumeric)
    }

    /// The number that its marker is, as `3.` or `(3)`.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.marker.trim_matches(['.', ')', '(']).parse().ok()
    }
}

impl Block {
    /// A paragraph without a place, one line for each line of the text.
    #[must_use]
    pub fn paragraph(text: &str) -> Self {
        Self { rect: None, content: Content::Paragraph { lines: text.lines().map(Line::native).collect() } }
    }

    /// Text to be kept as it is.
    #[must_use]
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self { rect: None, content: Content::Verbatim { text: text.into() } }
    }

    /// A table without a place.
    #[must_use]
    pub fn table(table: Table) -> Self {
        Self { rect: None, content: Content::Table(table) }
    }

    /// A block of lines whose place is the least rectangle around theirs.
    #[must_use]
    pub fn of_lines(lines: Vec<Line>, content: impl FnOnce(Vec<Line>) -> Content) -> Self {
        Self { rect: Rect::around(lines.iter().filter_map(|line| line.rect)), content: content(lines) }
    }

    /// Its lines of text, those of items and cells included, to change them.
    pub(crate) fn lines_mut(&mut self) -> impl Iterator<Item = &mut Line> {
        let lines: Box<dyn Iterator<Item = &mut Line>> = match &mut self.content {
            Content::Heading { lines, .. } | Content::Paragraph { lines } | Content::Figure { lines } => {
                Box::new(lines.iter_mut())
            }
            Content::List { items } => Box::new(items.iter_mut().flat_map(|item| &mut item.lines)),
            Content::Table(table) => Box::new(table.cells_mut().iter_mut().flat_map(|cell| &mut cell.lines)),
            Content::Verbatim { .. } => Box::new(std::iter::empty()),
        };
        lines
    }
}
