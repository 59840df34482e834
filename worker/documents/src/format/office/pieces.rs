//! The parts of a paragraph: text, what hangs on it, and the pages that end in it.

use super::flow::Text;
use crate::document::{Block, Line};

/// A part of a paragraph.
pub(crate) enum Piece {
    Lines(Vec<Line>),
    /// A page ends here.
    Break,
    /// Text boxes, shapes and pictures that hang on the paragraph.
    Blocks(Vec<Block>),
}

/// The parts of a paragraph that are finished, and the text that is not.
#[derive(Default)]
pub(crate) struct Pieces {
    done: Vec<Piece>,
    pub(crate) text: Text,
    pub(crate) hanging: Vec<Block>,
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

    /// Ends the page here.
    pub(crate) fn break_page(&mut self) {
        self.flush();
        self.done.push(Piece::Break);
    }

    /// The parts, in order.
    pub(crate) fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.done
    }
}
