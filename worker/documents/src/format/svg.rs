//! SVG: the text of a drawing, in the order of the file. Nothing that it refers to is loaded, and pictures in it are
//! left aside.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::document::{Block, Content, Line, Page};
use crate::error::Error;
use crate::limits::Limits;

const MEDIA_TYPE: &str = "image/svg+xml";
/// Elements whose text is seen, or says what is seen.
const TEXTS: [&str; 4] = ["text", "title", "desc", "foreignObject"];
/// Elements in which a new line begins.
const LINES: [&str; 8] = ["p", "div", "li", "br", "tr", "h1", "h2", "h3"];
/// Elements whose text is for programs.
const SILENT: [&str; 3] = ["style", "script", "metadata"];

/// Reads the text elements, one line for each and for each part of one that stands below the one before.
pub(crate) fn read(svg: &str, limits: &Limits) -> Result<Page, Error> {
    let mut reader = Reader::from_str(svg);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let mut text = Text::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => text.open(&start, limits)?,
            Ok(Event::End(_)) => text.close(),
            Ok(Event::Text(part)) => text.push(&part.xml10_content(), limits)?,
            Ok(Event::CData(part)) => text.push(&part.xml10_content(), limits)?,
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.xml10_content();
                // An entity that the file declares is not expanded: it may be a bomb, and it may name another file.
                let character = match reference.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned(),
                };
                text.push(&character, limits)?;
            }
            Ok(Event::Eof) if text.open.is_empty() => break,
            Ok(Event::Eof) => return Err(invalid("its XML ends inside an element")),
            Ok(_) => {}
            // The messages of the reader quote the document.
            Err(_) => return Err(invalid(&format!("its XML breaks off at byte {}", reader.error_position()))),
        }
    }
    Ok(text.page())
}

fn invalid(reason: &str) -> Error {
    Error::Invalid { media_type: MEDIA_TYPE, reason: reason.to_owned() }
}

/// What an open element does with the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It is in no text.
    Outside,
    /// Its text is read, and it began it.
    Start,
    /// Its text is read.
    Inside,
    /// Its text is not read.
    Silent,
}

#[derive(Debug, Default)]
struct Text {
    open: Vec<Role>,
    lines: Vec<String>,
    /// What the drawing as a whole is called.
    title: Option<usize>,
    bytes: usize,
}

impl Text {
    fn open(&mut self, start: &BytesStart<'_>, limits: &Limits) -> Result<(), Error> {
        limits.check_nesting(self.open.len() + 1)?;
        let name = start.local_name();
        let name = name.as_ref();
        let outer = self.open.last().copied().unwrap_or(Role::Outside);
        let role = match outer {
            _ if SILENT.contains(&name) => Role::Silent,
            Role::Silent => Role::Silent,
            Role::Outside if TEXTS.contains(&name) => Role::Start,
            Role::Outside => Role::Outside,
            Role::Start | Role::Inside => Role::Inside,
        };
        if role == Role::Start && name == "title" && self.open.len() == 1 && self.title.is_none() {
            self.title = Some(self.lines.len());
        }
        let is_below = role == Role::Inside && (LINES.contains(&name) || is_moved(start));
        if role == Role::Start || is_below {
            self.lines.push(String::new());
        }
        self.open.push(role);
        Ok(())
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn push(&mut self, text: &str, limits: &Limits) -> Result<(), Error> {
        if let (Some(Role::Start | Role::Inside), Some(line)) = (self.open.last(), self.lines.last_mut()) {
            self.bytes += text.len();
            limits.check_text_bytes(self.bytes)?;
            line.push_str(text);
        }
        Ok(())
    }

    fn page(self) -> Page {
        let words = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = self.title.and_then(|title| self.lines.get(title)).map(words).filter(|title| !title.is_empty());
        let lines = self.lines.iter().map(words).filter(|line| !line.is_empty()).map(Line::native).collect();
        let block = Block { rect: None, content: Content::Paragraph { lines } };
        Page { title, ..Page::of_blocks(vec![block]) }
    }
}

/// Whether a part of a text is placed on another height than the one before.
fn is_moved(start: &BytesStart<'_>) -> bool {
    start.attributes().with_checks(false).flatten().any(|attribute| match attribute.key.as_ref() {
        "y" => true,
        "dy" => !matches!(attribute.value.trim(), "0" | "0em" | "0px"),
        _ => false,
    })
}
