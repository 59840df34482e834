//! What stands in a paragraph: runs of text, breaks, fields, references, pictures and text boxes.

use super::Reading;
use super::notes::KINDS;
use crate::document::Block;
use crate::error::Error;
use crate::format::office::flow::Flow;
use crate::format::office::graphic;
use crate::format::office::pieces::{Piece, Pieces};
use crate::format::office::symbol;
use crate::format::office::xml::Element;

impl Reading<'_> {
    /// The parts of a paragraph, in order.
    pub(super) fn pieces(&mut self, paragraph: &Element) -> Result<Vec<Piece>, Error> {
        let mut pieces = Pieces::default();
        self.inlines(paragraph, &mut pieces)?;
        Ok(pieces.finish())
    }

    fn inlines(&mut self, parent: &Element, pieces: &mut Pieces) -> Result<(), Error> {
        parent.elements().try_for_each(|element| self.inline(element, pieces))
    }

    fn inline(&mut self, element: &Element, pieces: &mut Pieces) -> Result<(), Error> {
        match element.name() {
            "pPr" | "rPr" | "sdtPr" | "del" | "moveFrom" | "rt" | "instrText" | "delText" => return Ok(()),
            "fldChar" => self.field(element, pieces),
            "r" if self.is_hidden(element) => {
                element.all("fldChar").for_each(|mark| self.field(mark, pieces));
            }
            "AlternateContent" => {
                return alternative(element).map_or(Ok(()), |chosen| self.inlines(chosen, pieces));
            }
            _ if self.fields.iter().any(|in_result| !in_result) => return self.inlines(element, pieces),
            "drawing" | "pict" | "object" => {
                let blocks = self.drawing(element)?;
                pieces.hanging.extend(blocks);
            }
            "t" => pieces.text.push(&element.text()),
            "tab" | "ptab" => pieces.text.push(" "),
            "cr" => pieces.text.break_line(),
            "noBreakHyphen" => pieces.text.push("-"),
            "sym" => pieces.text.push(&symbol::read(element.attribute("font"), element.attribute("char"))),
            "lastRenderedPageBreak" => self.page_break(pieces),
            "br" => match element.attribute("type") {
                Some("page") => self.page_break(pieces),
                _ => pieces.text.break_line(),
            },
            "footnoteReference" => self.reference(KINDS[0], element, pieces),
            "endnoteReference" => self.reference(KINDS[1], element, pieces),
            _ => return self.inlines(element, pieces),
        }
        Ok(())
    }

    fn page_break(&self, pieces: &mut Pieces) {
        if self.is_paged {
            pieces.break_page();
        }
    }

    fn reference(&mut self, kind: &str, element: &Element, pieces: &mut Pieces) {
        let label = element.attribute("id").map(|id| self.notes.refer(kind, id));
        let has_own_mark = matches!(element.attribute("customMarkFollows"), Some("1" | "true" | "on"));
        if let Some(label) = label.filter(|_| !has_own_mark) {
            pieces.text.push(&format!(" [{label}]"));
        }
    }

    /// The marks of a field: its code, which is not shown, goes before its result.
    fn field(&mut self, mark: &Element, pieces: &mut Pieces) {
        match mark.attribute("fldCharType") {
            Some("begin") => {
                if let Some(is_checked) = mark.path(&["ffData", "checkBox"]).map(is_checked) {
                    pieces.text.push(if is_checked { "☒" } else { "☐" });
                }
                self.fields.push(false);
            }
            Some("separate") => {
                if let Some(in_result) = self.fields.last_mut() {
                    *in_result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn is_hidden(&self, run: &Element) -> bool {
        let Some(properties) = run.child("rPr") else { return false };
        match properties.child("vanish") {
            Some(vanish) => vanish.is_on(),
            None => {
                let style = properties.child("rStyle").and_then(|style| style.attribute("val"));
                self.styles.is_hidden(style)
            }
        }
    }

    /// The text boxes of a drawing, else its diagrams, else what is written instead of it.
    fn drawing(&mut self, drawing: &Element) -> Result<Vec<Block>, Error> {
        let mut blocks = Vec::new();
        let mut boxes = Vec::new();
        text_boxes(drawing, &mut boxes);
        // A field may be open around the drawing; the text in the box is no part of its code.
        let fields = std::mem::take(&mut self.fields);
        for content in &boxes {
            blocks.extend(self.inner_blocks(content)?);
        }
        self.fields = fields;
        if !boxes.is_empty() {
            return Ok(blocks);
        }
        let mut flow = Flow::new(self.container.limits());
        flow.figure(&graphic::alternative_text(drawing));
        flow.figure(&graphic::related_text(drawing, &self.relations, &mut self.container)?);
        Ok(flow.into_blocks())
    }
}

fn is_checked(field: &Element) -> bool {
    field.child("checked").or_else(|| field.child("default")).is_some_and(Element::is_on)
}

/// Of alternatives the first that is offered: the others are for older readers, and say the same again.
pub(super) fn alternative(element: &Element) -> Option<&Element> {
    element.child("Choice").or_else(|| element.child("Fallback"))
}

fn text_boxes<'e>(parent: &'e Element, found: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match element.name() {
            "txbxContent" => found.push(element),
            "AlternateContent" => {
                if let Some(chosen) = alternative(element) {
                    text_boxes(chosen, found);
                }
            }
            _ => text_boxes(element, found),
        }
    }
}
