//! What stands in a paragraph of OpenDocument.

use super::Reading;
use crate::error::Error;
use crate::format::office::pieces::{Piece, Pieces};
use crate::format::office::xml::{Element, Node};

impl Reading<'_> {
    /// The parts of a paragraph, in order.
    pub(super) fn pieces(&mut self, paragraph: &Element) -> Result<Vec<Piece>, Error> {
        let mut pieces = Pieces::default();
        self.inlines(paragraph, &mut pieces)?;
        Ok(pieces.finish())
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
                    pieces.break_page();
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
