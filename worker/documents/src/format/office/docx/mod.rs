//! DOCX, DOCM, DOTX and DOTM.
//!
//! The body is read block by block. Headers stand once before the first page, footers and notes once after the last.
//! Deleted and hidden text is left out, as are comments and the codes of fields; inserted text is read.

mod inline;
mod notes;
mod numbering;
mod section;
mod styles;
mod table;

use super::container::Container;
use super::flow::{Flow, lines_of};
use super::pieces::Piece;
use super::relations::{Relations, main_part};
use super::xml::{self, Element};
use crate::document::{Block, Item, Page};
use crate::error::Error;
use crate::format::Context;
use notes::Notes;
use numbering::Numbering;
use section::Sections;
use styles::Styles;

/// Reads a document.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut container = Container::open(bytes, media_type, context.limits)?;
    let main = main_part(&mut container, "word/document.xml")?;
    let body = container.required(&main)?;
    let mut reading = Reading::begin(container, &main)?;
    let mut flow = Flow::new(context.limits);
    reading.body(&xml::decode(&body), &mut flow)?;
    let before = reading.running_blocks(|sections| &sections.headers)?;
    let mut after = reading.note_blocks()?;
    after.extend(reading.running_blocks(|sections| &sections.footers)?);
    Ok(flow.finish(before, after))
}

/// What is known while a document is read.
struct Reading<'c> {
    container: Container<'c>,
    relations: Relations,
    styles: Styles,
    numbering: Numbering,
    sections: Sections,
    notes: Notes,
    /// The fields that are open: whether their results are being read already. They reach across paragraphs.
    fields: Vec<bool>,
    /// In cells, headers and text boxes there are no page breaks.
    is_paged: bool,
}

impl<'c> Reading<'c> {
    fn begin(mut container: Container<'c>, main: &str) -> Result<Self, Error> {
        let relations = Relations::of(&mut container, main)?;
        let mut part = |kind: &str| match relations.first(kind).map(str::to_owned) {
            Some(name) => xml::tree(&mut container, &name),
            None => Ok(None),
        };
        let styles = part("styles")?.map(|root| Styles::read(&root)).unwrap_or_default();
        let numbering = part("numbering")?.map(|root| Numbering::read(&root)).unwrap_or_default();
        let even = part("settings")?.is_some_and(|root| root.child("evenAndOddHeaders").is_some_and(Element::is_on));
        let sections = Sections::new(even);
        Ok(Self {
            container,
            relations,
            styles,
            numbering,
            sections,
            notes: Notes::default(),
            fields: Vec::new(),
            is_paged: true,
        })
    }

    fn body(&mut self, text: &str, flow: &mut Flow<'_>) -> Result<(), Error> {
        // The container lends itself for as long as it is read from; the reader needs only its limits.
        let mut reader = xml::Reader::new(text, &self.container);
        let Some(root) = reader.open()? else { return Err(self.container.invalid("its main part is empty")) };
        if root.name() != "document" {
            return Err(self.container.invalid("its main part is no document"));
        }
        while let Some(part) = reader.open()? {
            if part.name() != "body" {
                reader.skip()?;
                continue;
            }
            while let Some(mut element) = reader.open()? {
                reader.fill(&mut element)?;
                self.block(&element, flow)?;
            }
        }
        Ok(())
    }

    /// What stands among blocks.
    fn block(&mut self, element: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        match element.name() {
            "p" => self.paragraph(element, flow),
            "tbl" => self.table(element, flow),
            "sectPr" => {
                self.sections.end(element, &self.relations, flow);
                Ok(())
            }
            "sdtPr" | "del" | "moveFrom" => Ok(()),
            "AlternateContent" => inline::alternative(element).map_or(Ok(()), |chosen| self.blocks(chosen, flow)),
            _ => self.blocks(element, flow),
        }
    }

    fn blocks(&mut self, parent: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        parent.elements().try_for_each(|element| self.block(element, flow))
    }

    /// The blocks in a cell, a text box, a header or a note.
    fn inner_blocks(&mut self, parent: &Element) -> Result<Vec<Block>, Error> {
        let was_paged = std::mem::replace(&mut self.is_paged, false);
        let mut flow = Flow::new(self.container.limits());
        let result = self.blocks(parent, &mut flow);
        self.is_paged = was_paged;
        result.map(|()| flow.into_blocks())
    }

    fn paragraph(&mut self, paragraph: &Element, flow: &mut Flow<'_>) -> Result<(), Error> {
        let properties = paragraph.child("pPr");
        let style = properties.and_then(|all| all.child("pStyle")).and_then(|style| style.attribute("val"));
        if self.is_paged && properties.and_then(|all| all.child("pageBreakBefore")).is_some_and(Element::is_on) {
            flow.break_page()?;
        }
        let pieces = self.pieces(paragraph)?;
        let mut kind = self.kind(properties, style, pieces.iter().any(|piece| matches!(piece, Piece::Lines(_))));
        for piece in pieces {
            match piece {
                Piece::Blocks(blocks) => flow.extend(blocks),
                Piece::Break => {
                    flow.break_page()?;
                }
                Piece::Lines(mut lines) => match std::mem::replace(&mut kind, Kind::Text) {
                    Kind::Text => flow.paragraph(lines),
                    Kind::Heading(level, marker) => {
                        if let Some(first) = lines.first_mut().filter(|_| !marker.is_empty()) {
                            first.text = format!("{marker} {}", first.text);
                        }
                        flow.heading(level, lines);
                    }
                    Kind::Item(level, marker) => flow.item(Item { level, marker, lines }),
                },
            }
        }
        if let Some(section) = properties.and_then(|all| all.child("sectPr")).filter(|_| self.is_paged) {
            self.sections.end(section, &self.relations, flow);
            self.sections.begin(flow)?;
        }
        Ok(())
    }

    /// What a paragraph is. One that shows nothing is not counted in its list.
    fn kind(&mut self, properties: Option<&Element>, style: Option<&str>, is_shown: bool) -> Kind {
        if !is_shown {
            return Kind::Text;
        }
        let direct = properties.and_then(|all| all.child("outlineLvl")).and_then(|level| level.number::<u8>("val"));
        let heading = match direct {
            Some(level) if level < 9 => Some(level + 1),
            _ => self.styles.heading(style),
        };
        let item = self.item(properties.and_then(|all| all.child("numPr")), style);
        match (heading, item) {
            (Some(level), Some((_, marker))) if marker.chars().any(char::is_alphanumeric) => {
                Kind::Heading(level, marker)
            }
            (Some(level), _) => Kind::Heading(level, String::new()),
            (None, Some((level, marker))) => Kind::Item(level, marker),
            (None, None) => Kind::Text,
        }
    }

    /// The level and the marker of an item: of the list that the paragraph names, else of that of its style.
    fn item(&mut self, direct: Option<&Element>, style: Option<&str>) -> Option<(u8, String)> {
        let value = |name: &str| direct?.child(name)?.attribute("val");
        let level = value("ilvl").and_then(|level| level.parse::<u8>().ok());
        let named = self.styles.named_list_level(style);
        let (list, level) = match (value("numId"), self.styles.list(style)) {
            // The list 0 takes a paragraph out of the list of its style.
            (Some("0"), _) => return None,
            (Some(list), _) => (list.to_owned(), level.unwrap_or(0)),
            (None, Some((list, style_level, of_style))) => {
                let of_style = self.numbering.level_of_style(list, of_style);
                (list.to_owned(), level.or(of_style).or(style_level).unwrap_or(0))
            }
            (None, None) => return named.map(|level| (level, String::new())),
        };
        let marker = self.numbering.next(&list, level)?;
        Some((level.max(named.unwrap_or(0)), marker))
    }

    /// The blocks of headers or footers, each once.
    fn running_blocks(&mut self, parts: impl Fn(&Sections) -> &Vec<String>) -> Result<Vec<Block>, Error> {
        let mut all: Vec<Block> = Vec::new();
        for name in parts(&self.sections).clone() {
            let Some(root) = xml::tree(&mut self.container, &name)? else { continue };
            let relations = Relations::of(&mut self.container, &name)?;
            let own = std::mem::replace(&mut self.relations, relations);
            let blocks = self.inner_blocks(&root);
            self.relations = own;
            for block in blocks? {
                if !all.contains(&block) {
                    all.push(block);
                }
            }
        }
        Ok(all)
    }

    /// The notes that the text refers to, in their order.
    fn note_blocks(&mut self) -> Result<Vec<Block>, Error> {
        let mut all = Vec::new();
        for kind in notes::KINDS {
            let Some(name) = self.relations.first(kind).map(str::to_owned) else { continue };
            let Some(bytes) = self.container.part(&name)? else { continue };
            let text = xml::decode(&bytes);
            let mut reader = xml::Reader::new(&text, &self.container);
            let mut found = Vec::new();
            while reader.open()?.is_some() {
                while let Some(mut note) = reader.open()? {
                    reader.fill(&mut note)?;
                    let label = note.attribute("id").and_then(|id| self.notes.label(kind, id));
                    if let Some((order, label)) = label {
                        let mut lines = lines_of(self.inner_blocks(&note)?);
                        if let Some(first) = lines.first_mut() {
                            first.text = format!("[{label}] {}", first.text);
                            found.push((
                                order,
                                Block::of_lines(lines, |lines| crate::document::Content::Paragraph { lines }),
                            ));
                        }
                    }
                }
            }
            found.sort_by_key(|(order, _)| *order);
            all.extend(found.into_iter().map(|(_, block)| block));
        }
        Ok(all)
    }
}

/// What a paragraph is, with the marker of its list.
enum Kind {
    Text,
    Heading(u8, String),
    Item(u8, String),
}
