//! PPTX, PPTM, POTX and PPSX: each slide a page, its notes at the end of it.
//!
//! Hidden slides are read: the engine cannot know why they were hidden. What stands on layouts and masters is not: it
//! is the frame of every slide.

mod shape;

use super::container::Container;
use super::flow::Flow;
use super::relations::{Relations, main_part};
use super::xml::{self, Element};
use crate::document::Page;
use crate::error::Error;
use crate::format::Context;
use shape::{Places, Shape};

/// Reads a presentation.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let mut container = Container::open(bytes, media_type, context.limits)?;
    let main = main_part(&mut container, "ppt/presentation.xml")?;
    let Some(root) = xml::tree(&mut container, &main)? else {
        return Err(container.invalid(format!("the part {main} is missing")));
    };
    let relations = Relations::of(&mut container, &main)?;
    let mut pages = Vec::new();
    for listed in root.child("sldIdLst").iter().flat_map(|slides| slides.all("sldId")) {
        let Some(part) = listed.prefixed("id").and_then(|id| relations.target(id)) else { continue };
        context.limits.check_pages(pages.len() + 1)?;
        let slide = Slide::open(&mut container, part)?;
        let Some(slide) = slide else { continue };
        pages.push(slide.page(&mut container)?);
    }
    if pages.is_empty() {
        pages.push(Page::default());
    }
    Ok(pages)
}

/// A slide and what it needs of its neighbours.
struct Slide {
    root: Element,
    relations: Relations,
    /// Where its layout puts what the slide does not place itself.
    places: Places,
    notes: Option<Element>,
}

impl Slide {
    fn open(container: &mut Container<'_>, part: &str) -> Result<Option<Self>, Error> {
        let Some(root) = xml::tree(container, part)? else { return Ok(None) };
        let relations = Relations::of(container, part)?;
        let mut related = |kind: &str| match relations.first(kind).map(str::to_owned) {
            Some(part) => xml::tree(container, &part),
            None => Ok(None),
        };
        let places = related("slideLayout")?.as_ref().map(Places::of).unwrap_or_default();
        let notes = related("notesSlide")?;
        Ok(Some(Self { root, relations, places, notes }))
    }

    fn page(&self, container: &mut Container<'_>) -> Result<Page, Error> {
        let mut flow = Flow::new(container.limits());
        let mut shapes =
            self.root.path(&["cSld", "spTree"]).map(|tree| shape::all(tree, &self.places)).unwrap_or_default();
        shapes.sort_by(Shape::reading_order);
        for shape in &shapes {
            shape.write(&self.relations, container, &mut flow)?;
        }
        let notes = self.notes.as_ref().and_then(|notes| notes.path(&["cSld", "spTree"]));
        let notes = notes.map(|tree| shape::all(tree, &Places::default())).unwrap_or_default();
        for shape in notes.iter().filter(|shape| shape.is_body()) {
            shape.write_notes(&mut flow);
        }
        Ok(Page::of_blocks(flow.into_blocks()))
    }
}
