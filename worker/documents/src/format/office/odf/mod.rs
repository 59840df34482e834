//! OpenDocument texts and presentations.
//!
//! Deleted text, annotations and hidden text are left out. Headers stand once before the first page, footers and notes
//! once after the last.

mod inline;
mod list;
mod slides;
mod styles;
mod table;

use super::container::Container;
use super::encrypted;
use super::flow::Flow;
use super::pieces::Piece;
use super::xml::{self, Element};
use crate::document::{Block, Content, Page};
use crate::error::Error;
use crate::format::Context;
use crate::limits::Limits;
use list::Lists;
use styles::Styles;

pub(crate) use slides::read as read_slides;

/// Opens the container of an OpenDocument file, unless it is encrypted.
pub(crate) fn open<'a>(bytes: &'a [u8], media_type: &'static str, limits: &'a Limits) -> Result<Container<'a>, Error> {
    let mut container = Container::open(bytes, media_type, limits)?;
    let manifest = xml::tree(&mut container, "META-INF/manifest.xml")?;
    if manifest.is_some_and(|root| root.find("encryption-data").is_some()) {
        return Err(encrypted());
    }
    Ok(container)
}

/// Reads a text.
pub(crate) fn read_text(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut container = open(bytes, media_type, context.limits)?;
    let content = container.required("content.xml")?;
    let mut reading = Reading::begin(&mut container, context.limits)?;
    let mut flow = Flow::new(context.limits);
    each_block(&xml::decode(&content), &container, "text", &mut reading, &mut |reading, element| {
        reading.block(element, &mut flow)
    })?;
    let before = reading.running_blocks("header")?;
    let mut after = std::mem::take(&mut reading.notes);
    after.extend(reading.running_blocks("footer")?);
    Ok(flow.finish(before, after))
}

/// What a document of this kind consists of, one after the other.
fn each_block<'c>(
    text: &str,
    container: &Container<'c>,
    kind: &str,
    reading: &mut Reading<'c>,
    take: &mut dyn FnMut(&mut Reading<'c>, &Element) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut reader = xml::Reader::new(text, container);
    if reader.open()?.is_none_or(|root| root.name() != "document-content") {
        return Err(container.invalid("its content is no document"));
    }
    while let Some(mut part) = reader.open()? {
        match part.name() {
            "automatic-styles" => {
                reader.fill(&mut part)?;
                reading.styles.read(&part);
            }
            "body" => {
                while let Some(body) = reader.open()? {
                    if body.name() != kind {
                        reader.skip()?;
                        continue;
                    }
                    while let Some(mut element) = reader.open()? {
                        reader.fill(&mut element)?;
                        take(reading, &element)?;
                    }
                }
            }
            _ => reader.skip()?,
        }
    }
    Ok(())
}

/// What is known while a document is read.
struct Reading<'c> {
    limits: &'c Limits,
    styles: Styles,
    lists: Lists,
    notes: Vec<Block>,
    /// In cells, headers and text boxes there are no page breaks.
    is_paged: bool,
}

impl<'c> Reading<'c> {
    fn begin(container: &mut Container<'_>, limits: &'c Limits) -> Result<Self, Error> {
        let mut styles = Styles::default();
        if let Some(root) = xml::tree(container, "styles.xml")? {
            root.elements().for_each(|part| styles.read(part));
        }
        Ok(Self { limits, styles, lists: Lists::default(), notes: Vec::new(), is_paged: true })
    }

    fn block(&mut self, element: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        match element.name() {
            "p" | "h" => self.paragraph(element, flow),
            "list" => self.list(element, flow),
            "table" => self.table(element, flow),
            "soft-page-break" if self.is_paged => flow.break_page().map(|_| ()),
            "tracked-changes"
            | "annotation"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "notes"
            | "index-title-template"
            | "table-of-content-source" => Ok(()),
            "section" if element.attribute("display") == Some("none") => Ok(()),
            "frame" => {
                let blocks = self.frame(element)?;
                flow.extend(blocks);
                Ok(())
            }
            _ => self.blocks(element, flow),
        }
    }

    fn blocks(&mut self, parent: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        parent.elements().try_for_each(|element| self.block(element, flow))
    }

    /// The blocks in a cell, a text box, a header or a note.
    fn inner_blocks(&mut self, parent: &Element) -> Result<Vec<Block>, Error> {
        let was_paged = std::mem::replace(&mut self.is_paged, false);
        let mut flow = Flow::new(self.limits);
        let result = self.blocks(parent, &mut flow);
        self.is_paged = was_paged;
        result.map(|()| flow.into_blocks())
    }

    /// What a frame shows: the text in it, a table, else what is written instead of its picture.
    fn frame(&mut self, frame: &Element) -> Result<Vec<Block>, Error> {
        let mut flow = Flow::new(self.limits);
        let mut has_content = false;
        for element in frame.elements() {
            match element.name() {
                "text-box" => flow.extend(self.inner_blocks(element)?),
                "table" => self.table(element, &mut flow)?,
                _ => continue,
            }
            has_content = true;
        }
        if !has_content {
            let written = ["svg:desc", "svg:title"]
                .iter()
                .find_map(|name| frame.elements().find(|element| element.qualified() == *name).map(Element::text));
            flow.figure(&written.unwrap_or_default());
        }
        Ok(flow.into_blocks())
    }

    fn paragraph(&mut self, paragraph: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        let style = paragraph.attribute("style-name");
        if self.is_paged && self.styles.breaks_page(style) {
            flow.break_page()?;
        }
        let level = (paragraph.name() == "h").then(|| paragraph.number::<u8>("outline-level").unwrap_or(1));
        let level = level.or_else(|| self.styles.heading(style));
        for piece in self.pieces(paragraph)? {
            match (piece, level) {
                (Piece::Lines(lines), Some(level)) => flow.heading(level, lines),
                (Piece::Lines(lines), None) => flow.paragraph(lines),
                (Piece::Blocks(blocks), _) => flow.extend(blocks),
                (Piece::Break, _) => {
                    flow.break_page()?;
                }
            }
        }
        Ok(())
    }

    /// The headers or footers of all kinds of pages, each once.
    fn running_blocks(&mut self, kind: &str) -> Result<Vec<Block>, Error> {
        let mut all = Vec::new();
        for element in self.styles.running(kind) {
            for block in self.inner_blocks(&element)? {
                if !all.contains(&block) {
                    all.push(block);
                }
            }
        }
        Ok(all)
    }

    fn note(&mut self, note: &Element) -> Result<String, Error> {
        let label = super::flow::words(&note.child("note-citation").map(Element::text).unwrap_or_default());
        let body = note.child("note-body").map_or(Ok(Vec::new()), |body| self.inner_blocks(body))?;
        let mut lines = super::flow::lines_of(body);
        if let Some(first) = lines.first_mut() {
            first.text = format!("[{label}] {}", first.text);
            self.notes.push(Block { rect: None, content: Content::Paragraph { lines } });
        }
        Ok(label)
    }
}
