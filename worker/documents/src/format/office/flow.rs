//! What the readers of running text write into: lines, blocks and pages in the order in which they are met.

use crate::document::{Block, Content, Item, Line, Page, Table};
use crate::error::Error;
use crate::limits::Limits;

/// Text that grows by pieces. White space runs together; lines that hold nothing are dropped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text(String);

impl Text {
    /// Adds a piece, in which white space of any kind parts words.
    pub(crate) fn push(&mut self, piece: &str) {
        self.0.extend(piece.chars().map(|character| if character == '\n' { ' ' } else { character }));
    }

    /// Ends the line.
    pub(crate) fn break_line(&mut self) {
        self.0.push('\n');
    }

    /// Whether nothing was written.
    pub(crate) fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The lines, after which it is empty.
    pub(crate) fn take(&mut self) -> Vec<Line> {
        let text = std::mem::take(&mut self.0);
        text.split('\n').map(words).filter(|line| !line.is_empty()).map(Line::native).collect()
    }
}

/// The words of a text, parted by single spaces.
pub(crate) fn words(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        // What Word and its kin write into text without being any: zero-width spaces, object marks, soft hyphens.
        line.extend(word.chars().filter(|character| !is_mark(*character)));
    }
    line.truncate(line.trim_end().len());
    line
}

fn is_mark(character: char) -> bool {
    character.is_control() || matches!(character, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{FFFC}')
}

/// Blocks on pages.
pub(crate) struct Flow<'l> {
    limits: &'l Limits,
    pages: Vec<Page>,
}

impl<'l> Flow<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self { limits, pages: vec![Page::default()] }
    }

    /// Adds a paragraph, unless it is blank.
    pub(crate) fn paragraph(&mut self, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.block(Block { rect: None, content: Content::Paragraph { lines } });
        }
    }

    /// Adds a heading, unless it is blank.
    pub(crate) fn heading(&mut self, level: u8, lines: Vec<Line>) {
        if !lines.is_empty() {
            self.block(Block { rect: None, content: Content::Heading { level: level.clamp(1, 6), lines } });
        }
    }

    /// Adds an item to the list that is open, or opens one.
    pub(crate) fn item(&mut self, item: Item) {
        if item.lines.is_empty() {
            return;
        }
        if let Some(Block { content: Content::List { items }, .. }) = self.blocks().last_mut() {
            items.push(item);
        } else {
            self.block(Block { rect: None, content: Content::List { items: vec![item] } });
        }
    }

    /// Adds a picture by what is written instead of it, unless nothing is.
    pub(crate) fn figure(&mut self, text: &str) {
        let lines: Vec<Line> = text.lines().map(words).filter(|line| !line.is_empty()).map(Line::native).collect();
        if !lines.is_empty() {
            self.block(Block { rect: None, content: Content::Figure { lines } });
        }
    }

    /// Adds a table, unless all of it is blank.
    pub(crate) fn table(&mut self, table: Table) {
        if table.cells().iter().any(|cell| !cell.lines.is_empty()) {
            self.block(Block::table(table));
        }
    }

    /// Adds a block.
    pub(crate) fn block(&mut self, block: Block) {
        self.blocks().push(block);
    }

    /// Adds blocks.
    pub(crate) fn extend(&mut self, blocks: Vec<Block>) {
        self.blocks().extend(blocks);
    }

    /// Starts a page, unless nothing is on the last one. Says whether it did.
    pub(crate) fn break_page(&mut self) -> Result<bool, Error> {
        if self.blocks().is_empty() {
            return Ok(false);
        }
        self.start_page()?;
        Ok(true)
    }

    /// Starts a page, whatever is on the last one.
    pub(crate) fn start_page(&mut self) -> Result<(), Error> {
        self.pages.push(Page::default());
        self.limits.check_pages(self.pages.len())
    }

    /// The number of pages.
    pub(crate) fn len(&self) -> usize {
        self.pages.len()
    }

    /// Takes back the start of a page.
    pub(crate) fn join(&mut self, page: usize) {
        if page > 0 && page < self.pages.len() {
            let joined = self.pages.remove(page);
            if let Some(before) = self.pages.get_mut(page - 1) {
                before.blocks.extend(joined.blocks);
            }
        }
    }

    /// The pages, with these blocks before the first and after the last. A page that was started last and holds
    /// nothing is dropped.
    pub(crate) fn finish(mut self, before: Vec<Block>, after: Vec<Block>) -> Vec<Page> {
        if self.pages.len() > 1 && self.pages.last().is_some_and(|page| page.blocks.is_empty()) {
            self.pages.pop();
        }
        if let Some(first) = self.pages.first_mut() {
            first.blocks.splice(0..0, before);
        }
        if let Some(last) = self.pages.last_mut() {
            last.blocks.extend(after);
        }
        self.pages
    }

    /// The blocks of all pages, for text that has no pages of its own: a cell, a header.
    pub(crate) fn into_blocks(self) -> Vec<Block> {
        self.pages.into_iter().flat_map(|page| page.blocks).collect()
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last].blocks
    }
}

/// The lines of blocks, as they stand in the cell of a table: items keep their markers, rows of inner tables become
/// lines.
pub(crate) fn lines_of(blocks: Vec<Block>) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        match block.content {
            Content::Heading { lines: own, .. }
            | Content::Paragraph { lines: own }
            | Content::Figure { lines: own } => {
                lines.extend(own);
            }
            Content::List { items } => {
                for item in items {
                    let mut own = item.lines.into_iter();
                    let first = own.next().map(|line| line.text).unwrap_or_default();
                    lines.push(Line::native(words(&format!("{} {first}", item.marker))));
                    lines.extend(own);
                }
            }
            Content::Table(table) => lines.extend(rows_of(&table)),
            Content::Verbatim { text } => lines.extend(text.lines().map(Line::native)),
        }
    }
    lines
}

fn rows_of(table: &Table) -> Vec<Line> {
    let mut rows: Vec<(u32, String)> = Vec::new();
    for cell in table.cells() {
        match rows.last_mut() {
            Some((row, text)) if *row == cell.row => {
                text.push(' ');
                text.push_str(&cell.text());
            }
            _ => rows.push((cell.row, cell.text())),
        }
    }
    rows.into_iter().map(|(_, text)| words(&text)).filter(|text| !text.is_empty()).map(Line::native).collect()
}
