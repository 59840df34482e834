//! Stories: the main text, and each header, footer, note and text box, which have paragraphs of their own.

use super::table::{Declared, Rows};
use crate::document::{Block, Item};
use crate::error::Error;
use crate::format::office::flow::{Flow, Text, words};
use crate::format::office::marker;
use crate::limits::Limits;

/// What a paragraph is made with until it ends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Properties {
    pub(super) in_table: bool,
    pub(super) style: i32,
    pub(super) outline: Option<u8>,
    pub(super) level: u8,
    pub(super) breaks_page: bool,
}

/// A text that is being read.
pub(super) struct Story<'l> {
    limits: &'l Limits,
    flow: Flow<'l>,
    cell: Flow<'l>,
    rows: Rows,
    has_rows: bool,
    pub(super) declared: Declared,
    pub(super) text: Text,
    /// What stands before the paragraph in print.
    pub(super) marker: String,
    pub(super) properties: Properties,
    /// Text boxes that hang on the paragraph.
    pub(super) hanging: Vec<Block>,
    /// A section that may start a page began.
    pub(super) starts_page: bool,
    is_paged: bool,
}

impl<'l> Story<'l> {
    pub(super) fn new(limits: &'l Limits, is_paged: bool) -> Self {
        Self {
            limits,
            flow: Flow::new(limits),
            cell: Flow::new(limits),
            rows: Rows::default(),
            has_rows: false,
            declared: Declared::default(),
            text: Text::default(),
            marker: String::new(),
            properties: Properties::default(),
            hanging: Vec::new(),
            starts_page: false,
            is_paged,
        }
    }

    /// Ends the paragraph, which is a heading if it has this level.
    pub(super) fn end_paragraph(&mut self, heading: Option<u8>) -> Result<(), Error> {
        let lines = self.text.take();
        let marker = std::mem::take(&mut self.marker);
        if !self.properties.in_table {
            self.end_table()?;
            if std::mem::take(&mut self.starts_page) | (self.properties.breaks_page && self.is_paged) {
                self.flow.break_page()?;
            }
        }
        let flow = if self.properties.in_table { &mut self.cell } else { &mut self.flow };
        match (heading, printed(&marker)) {
            (Some(level), marker) => {
                let mut lines = lines;
                if let Some(first) = lines.first_mut().filter(|_| marker.chars().any(char::is_alphanumeric)) {
                    first.text = format!("{marker} {}", first.text);
                }
                flow.heading(level, lines);
            }
            (None, marker) if marker.is_empty() => flow.paragraph(lines),
            (None, marker) => flow.item(Item { level: self.properties.level, marker, lines }),
        }
        flow.extend(std::mem::take(&mut self.hanging));
        Ok(())
    }

    pub(super) fn end_cell(&mut self) {
        let cell = std::mem::replace(&mut self.cell, Flow::new(self.limits));
        self.rows.cell(cell.into_blocks());
        self.has_rows = true;
    }

    pub(super) fn end_row(&mut self) {
        self.rows.row(&self.declared);
    }

    pub(super) fn end_table(&mut self) -> Result<(), Error> {
        if std::mem::take(&mut self.has_rows) {
            self.rows.write(&mut self.flow, self.limits)?;
        }
        Ok(())
    }

    pub(super) fn break_page(&mut self) -> Result<(), Error> {
        if self.is_paged && !self.properties.in_table {
            self.end_table()?;
            self.flow.break_page()?;
        }
        Ok(())
    }

    /// Ends the story.
    pub(super) fn finish(mut self, heading: Option<u8>) -> Result<Flow<'l>, Error> {
        self.end_paragraph(heading)?;
        self.end_table()?;
        self.flow.extend(self.cell.into_blocks());
        Ok(self.flow)
    }
}

/// The marker of an item: bullets are often letters of fonts of symbols.
fn printed(marker: &str) -> String {
    let marker = words(marker);
    let mut characters = marker.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) if character == 'o' || !character.is_alphanumeric() => marker::bullet(&marker),
        (Some('·'), _) => "•".to_owned(),
        _ => marker,
    }
}
