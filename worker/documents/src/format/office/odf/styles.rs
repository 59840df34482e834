//! Styles of OpenDocument: what of them changes the reading.

use std::collections::{HashMap, HashSet};

use super::list::ListStyle;
use crate::format::office::xml::Element;

/// How far a chain of styles that are based on one another is followed; it may be a ring.
const MAX_CHAIN: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: HashMap<String, Paragraph>,
    /// The styles of text that is not shown.
    hidden: HashSet<String>,
    lists: HashMap<String, ListStyle>,
    /// Headers and footers, by their names in the format.
    running: Vec<(String, Element)>,
}

#[derive(Debug, Default)]
struct Paragraph {
    parent: Option<String>,
    breaks_page: bool,
    outline: Option<u8>,
    is_title: bool,
}

impl Styles {
    /// Reads a group of styles.
    pub(super) fn read(&mut self, group: &Element) {
        for element in group.elements() {
            let name = element.attribute("name").unwrap_or_default().to_owned();
            match element.name() {
                "style" if element.attribute("family") == Some("paragraph") => {
                    let breaks = element.child("paragraph-properties").and_then(|all| all.attribute("break-before"));
                    let master = element.attribute("master-page-name").unwrap_or_default();
                    let paragraph = Paragraph {
                        parent: element.attribute("parent-style-name").map(str::to_owned),
                        breaks_page: breaks == Some("page") || !master.is_empty(),
                        outline: element.number("default-outline-level"),
                        is_title: name == "Title",
                    };
                    self.paragraphs.insert(name, paragraph);
                }
                "style"
                    if element.child("text-properties").and_then(|all| all.attribute("display")) == Some("none") =>
                {
                    self.hidden.insert(name);
                }
                "list-style" => {
                    self.lists.insert(name, ListStyle::read(element));
                }
                "master-page" => {
                    let is_shown = |part: &&Element| part.attribute("display") != Some("false");
                    for part in element.elements().filter(is_shown) {
                        self.running.push((part.name().to_owned(), part.clone()));
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether a paragraph of this style starts a page. A parent's break is one of each of its paragraphs, too.
    pub(super) fn breaks_page(&self, name: Option<&str>) -> bool {
        self.chain(name).any(|style| style.breaks_page)
    }

    /// The level of the headings of this style, if it is one of those.
    pub(super) fn heading(&self, name: Option<&str>) -> Option<u8> {
        self.chain(name)
            .find_map(|style| if style.is_title { Some(1) } else { style.outline.filter(|level| *level > 0) })
    }

    pub(super) fn is_hidden(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| self.hidden.contains(name))
    }

    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    /// The headers or the footers: those of first, right and left pages.
    pub(super) fn running(&self, kind: &str) -> Vec<Element> {
        let names = [format!("{kind}-first"), kind.to_owned(), format!("{kind}-left")];
        self.running.iter().filter(|(name, _)| names.contains(name)).map(|(_, element)| element.clone()).collect()
    }

    fn chain<'s>(&'s self, name: Option<&str>) -> impl Iterator<Item = &'s Paragraph> {
        let first = name.and_then(|name| self.paragraphs.get(name));
        std::iter::successors(first, |style| style.parent.as_ref().and_then(|parent| self.paragraphs.get(parent)))
            .take(MAX_CHAIN)
    }
}
