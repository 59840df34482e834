//! Pages.

use super::{Block, Content, Line};

/// The size of a page of paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width of the upright page, in points (1/72 inch); of a picture without a resolution, in pixels.
    pub width: f32,
    /// Its height.
    pub height: f32,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// Its size, in formats that have one.
    pub size: Option<Size>,
    /// The name of a worksheet, the subject of a message, the file name of an attachment.
    pub title: Option<String>,
    /// What it holds, in reading order.
    pub blocks: Vec<Block>,
    /// Glyphs of which the file does not say which characters they are.
    pub unreadable_glyphs: u32,
}

impl Page {
    /// A page of these blocks, without a size.
    #[must_use]
    pub fn of_blocks(blocks: Vec<Block>) -> Self {
        Self { blocks, ..Self::default() }
    }

    /// Every line of text of the page, in reading order, those of lists and tables included; not verbatim text.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.blocks.iter().flat_map(|block| -> Box<dyn Iterator<Item = &Line>> {
            match &block.content {
                Content::Heading { lines, .. } | Content::Paragraph { lines } | Content::Figure { lines } => {
                    Box::new(lines.iter())
                }
                Content::List { items } => Box::new(items.iter().flat_map(|item| &item.lines)),
                Content::Table(table) => Box::new(table.cells().iter().flat_map(|cell| &cell.lines)),
                Content::Verbatim { .. } => Box::new(std::iter::empty()),
            }
        })
    }

    /// Bytes of all text on it, verbatim text included.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        let verbatim = self.blocks.iter().map(|block| match &block.content {
            Content::Verbatim { text } => text.len(),
            _ => 0,
        });
        verbatim.chain(self.lines().map(|line| line.text.len())).sum()
    }

    /// Whether nothing is written on it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let verbatim_is_blank = self.blocks.iter().all(|block| match &block.content {
            Content::Verbatim { text } => text.trim().is_empty(),
            _ => true,
        });
        verbatim_is_blank && self.lines().all(|line| line.text.trim().is_empty())
    }
}
