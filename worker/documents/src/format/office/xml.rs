//! XML of the parts of Office and OpenDocument files.
//!
//! A part is read element by element. What is small by its nature (a paragraph, a cell, a style) is read into a tree
//! of [`Element`]s, which has a cap; a whole part never is. Declarations of types are an error: these formats forbid
//! them, and entities that expand to others are the oldest bomb of XML.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use super::container::Container;
use crate::error::Error;
use crate::limits::Limits;

/// An element and what is in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Element {
    qualified: Box<str>,
    attributes: Vec<(Box<str>, Box<str>)>,
    pub(crate) children: Vec<Node>,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Element(Element),
    Text(Box<str>),
}

impl Element {
    /// Its name without the prefix of its namespace.
    pub(crate) fn name(&self) -> &str {
        local(&self.qualified)
    }

    /// Its name as it is written.
    pub(crate) fn qualified(&self) -> &str {
        &self.qualified
    }

    /// An attribute by its name without a prefix; the one that is written without a prefix goes first.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let exact = self.attributes.iter().find(|(key, _)| **key == *name);
        exact.or_else(|| self.attributes.iter().find(|(key, _)| local(key) == name)).map(|(_, value)| &**value)
    }

    /// An attribute that has a prefix: `r:id` beside `id`.
    pub(crate) fn prefixed(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key.contains(':') && local(key) == name);
        found.map(|(_, value)| &**value)
    }

    /// An attribute that is a whole number.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Its child elements.
    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The child elements of this name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.elements().filter(move |element| element.name() == name)
    }

    /// The first child element of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name() == name)
    }

    /// The first element that these names lead to, each a child of the one before.
    pub(crate) fn path(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// The first element of this name below it, at any depth.
    pub(crate) fn find(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(|child| if child.name() == name { Some(child) } else { child.find(name) })
    }

    /// The elements of this name below it, at any depth, none inside another.
    pub(crate) fn find_all<'e>(&'e self, name: &str, found: &mut Vec<&'e Self>) {
        for child in self.elements() {
            if child.name() == name {
                found.push(child);
            } else {
                child.find_all(name, found);
            }
        }
    }

    /// All text in it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text
    }

    fn collect_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => element.collect_text(text),
            }
        }
    }

    /// The value of a property of Office that is switched by an attribute `val`: present means on.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.attribute("val"), Some("0" | "false" | "off" | "none"))
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The characters of a part: UTF-8, or UTF-16 with a byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0,
        None => String::from_utf8_lossy(bytes),
    }
}

/// Reads a part element by element.
pub(crate) struct Reader<'x> {
    reader: quick_xml::Reader<&'x [u8]>,
    depth: usize,
    media_type: &'static str,
    limits: &'x Limits,
}

impl<'x> Reader<'x> {
    pub(crate) fn new(text: &'x str, container: &Container<'x>) -> Self {
        let mut reader = quick_xml::Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0, media_type: container.media_type(), limits: container.limits() }
    }

    /// Opens the next element on the level that is being read; nothing at the end of the level. What is in the element
    /// is then the next level, unless [`Reader::fill`] or [`Reader::skip`] takes it.
    pub(crate) fn open(&mut self) -> Result<Option<Element>, Error> {
        loop {
            match self.event()? {
                Event::Start(start) => return self.start(&start).map(Some),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(None);
                }
                Event::Eof if self.depth == 0 => return Ok(None),
                Event::Eof => return Err(self.invalid("its XML ends inside an element")),
                _ => {}
            }
        }
    }

    /// Reads what is in the element that was just opened.
    pub(crate) fn fill(&mut self, element: &mut Element) -> Result<(), Error> {
        let mut open = vec![std::mem::take(element)];
        let mut count = 0;
        while let Some(innermost) = open.last_mut() {
            count += 1;
            match self.event()? {
                Event::Start(start) => {
                    let child = self.start(&start)?;
                    count += child.attributes.len();
                    open.push(child);
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    let Some(done) = open.pop() else { break };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(Node::Element(done)),
                        None => *element = done,
                    }
                }
                Event::Text(text) => innermost.children.push(Node::Text(text.xml10_content().into())),
                Event::CData(text) => innermost.children.push(Node::Text(text.xml10_content().into())),
                Event::GeneralRef(reference) => {
                    let content = reference.xml10_content();
                    let character = match reference.resolve_char_ref() {
                        Ok(Some(character)) => character.to_string(),
                        _ => quick_xml::escape::resolve_predefined_entity(&content).unwrap_or_default().to_owned(),
                    };
                    innermost.children.push(Node::Text(character.into()));
                }
                Event::Eof => return Err(self.invalid("its XML ends inside an element")),
                _ => {}
            }
            self.limits.check_xml_nodes(count)?;
        }
        Ok(())
    }

    /// Passes over what is in the element that was just opened.
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.event()? {
                Event::Start(_) => self.enter()?,
                Event::End(_) => self.depth -= 1,
                Event::Eof => return Err(self.invalid("its XML ends inside an element")),
                _ => {}
            }
        }
        Ok(())
    }

    fn event(&mut self) -> Result<Event<'x>, Error> {
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err(self.invalid("its XML declares a document type")),
            Ok(event) => Ok(event),
            // The messages of the reader quote the document.
            Err(_) => Err(self.invalid(format!("its XML breaks off at byte {}", self.reader.error_position()))),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<Element, Error> {
        self.enter()?;
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| self.invalid("an attribute of its XML is malformed"))?;
            let value = match attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
                Ok(value) => value.into(),
                Err(_) => Box::from(&*attribute.value),
            };
            attributes.push((Box::from(attribute.key.as_ref()), value));
        }
        Ok(Element { qualified: start.name().as_ref().into(), attributes, children: Vec::new() })
    }

    fn enter(&mut self) -> Result<(), Error> {
        self.depth += 1;
        self.limits.check_nesting(self.depth)
    }

    fn invalid(&self, reason: impl Into<String>) -> Error {
        Error::Invalid { media_type: self.media_type, reason: reason.into() }
    }
}

/// A part that is small by its nature, as a tree: the root element, or nothing if there is no such part.
pub(crate) fn tree(container: &mut Container<'_>, name: &str) -> Result<Option<Element>, Error> {
    let Some(bytes) = container.part(name)? else { return Ok(None) };
    let text = decode(&bytes);
    let mut reader = Reader::new(&text, container);
    let Some(mut root) = reader.open()? else { return Ok(None) };
    reader.fill(&mut root)?;
    Ok(Some(root))
}
