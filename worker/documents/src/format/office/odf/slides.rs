//! ODP and OTP: each slide a page, its notes at the end of it.

use super::{Reading, each_block, open};
use crate::document::{Block, Content, Page};
use crate::error::Error;
use crate::format::Context;
use crate::format::office::flow::Flow;
use crate::format::office::xml::{self, Element};

/// Reads a presentation.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut container = open(bytes, media_type, context.limits)?;
    let content = container.required("content.xml")?;
    let mut reading = Reading::begin(&mut container, context.limits)?;
    let limits = context.limits;
    let mut pages = Vec::new();
    each_block(&xml::decode(&content), &container, "presentation", &mut reading, &mut |reading, element| {
        if element.qualified() == "draw:page" {
            limits.check_pages(pages.len() + 1)?;
            pages.push(reading.slide(element)?);
        }
        Ok(())
    })?;
    if pages.is_empty() {
        pages.push(Page::default());
    }
    Ok(pages)
}

impl Reading<'_> {
    fn slide(&mut self, page: &Element) -> Result<Page, Error> {
        self.is_paged = false;
        let mut shapes: Vec<&Element> = page.elements().filter(|shape| shape.name() != "notes").collect();
        shapes.sort_by(|first, second| {
            (is_title(second).cmp(&is_title(first)))
                .then(length(first, "y").total_cmp(&length(second, "y")))
                .then(length(first, "x").total_cmp(&length(second, "x")))
        });
        let mut flow = Flow::new(self.limits);
        for shape in shapes {
            let blocks = self.shape(shape)?;
            if is_title(shape) {
                blocks.into_iter().for_each(|block| title(block, &mut flow));
            } else {
                flow.extend(blocks);
            }
        }
        for frame in page.child("notes").iter().flat_map(|notes| notes.all("frame")) {
            if frame.attribute("class") == Some("notes") {
                flow.extend(self.frame(frame)?);
            }
        }
        flow.extend(std::mem::take(&mut self.notes));
        Ok(Page::of_blocks(flow.into_blocks()))
    }

    fn shape(&mut self, shape: &Element) -> Result<Vec<Block>, Error> {
        if shape.name() == "frame" { self.frame(shape) } else { self.inner_blocks(shape) }
    }
}

fn title(block: Block, flow: &mut Flow<'_>) {
    match block.content {
        Content::Paragraph { lines } => flow.heading(1, lines),
        content => flow.block(Block { content, ..block }),
    }
}

fn is_title(shape: &Element) -> bool {
    shape.attribute("class") == Some("title")
}

/// A length in points; shapes without one stand at the top.
fn length(shape: &Element, name: &str) -> f64 {
    let Some(text) = shape.attribute(name) else { return 0.0 };
    let end = text.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let points = match unit {
        "cm" => 72.0 / 2.54,
        "mm" => 7.2 / 2.54,
        "in" => 72.0,
        _ => 1.0,
    };
    number.trim().parse::<f64>().ok().filter(|number| number.is_finite()).unwrap_or(0.0) * points
}
