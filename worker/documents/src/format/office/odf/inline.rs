//! What stands in a paragraph of OpenDocument.

use super::Reading;
use crate::document::{Block, Line};
use crate::error::Error;
use crate::format::office::flow::Text;
use crate::format::office::xml::{Element, Node};

/// A part of a paragraph.
pub(super) enum Piece {
    Lines(Vec<Line>),
    /// A page ends here.
    Break,
    /// Frames and shapes that hang on the paragraph.
    Blocks(Vec<Block>),
}

#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    text: Text,
    hanging: Vec<Block>,
}

impl Pieces {
    fn flush(&mut self) {
        if !self.text.is_blank() {
            self.done.push(Piece::Lines(self.text.take()));
        }
        self.text = Text::default();
        if !self.hanging.is_empty() {
            self.done.push(Piece::Blocks(std::mem::take(&mut self.hanging)));
        }
    }
}

impl Reading<'_> {
    /// The parts of a paragraph, in order.
    pub(super) fn pieces(&mut self, paragraph: &Element) -> Result<Vec<Piece>, Error> {
        let mut pieces = Pieces::default();
        self.inlines(paragraph, &mut pieces)?;
        pieces.flush();
        Ok(pieces.done)
    }

    fn inlines(&mut self, parent: &Element, pieces: &mut Pieces) -> Result<(), Error> {
        for node in &parent.children {
            match node {
                Node::Text(text) => pieces.text.push(text),
                Node::Element(element) => self.inline(element, pieces)?,
            }
        }
        Ok(())
    }

    fn inline(&mut self, element: &Element, pieces: &mut Pieces) -> Result<(), Error> {
        match element.name() {
            "s" | "tab" => pieces.text.push(" "),
            "line-break" => pieces.text.break_line(),
            "annotation" | "ruby-text" | "hidden-text" | "hidden-paragraph" | "script" | "tracked-changes" => {}
            "span" if self.styles.is_hidden(element.attribute("style-name")) => {}
            "soft-page-break" => {
                if self.is_paged {
                    pieces.flush();
                    pieces.done.push(Piece::Break);
                }
            }
            "note" => {
                let label = self.note(element)?;
                pieces.text.push(&format!(" [{label}]"));
            }
            "frame" => {
                let blocks = self.frame(element)?;
                pieces.hanging.extend(blocks);
            }
            _ if element.qualified().starts_with("draw:") && element.name() != "a" => {
                let blocks = self.inner_blocks(element)?;
                pieces.hanging.extend(blocks);
            }
            _ => self.inlines(element, pieces)?,
        }
        Ok(())
    }
}
