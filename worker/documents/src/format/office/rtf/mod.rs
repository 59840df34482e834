//! RTF.
//!
//! Groups are kept on a stack of our own, so nesting costs no stack of the process. Destinations that are no text of
//! the document (pictures, tables of fonts and styles, codes of fields, properties) are passed over.

mod characters;
mod fonts;
mod story;
mod table;
mod token;

use std::collections::HashMap;

use super::flow::lines_of;
use crate::document::{Block, Content, Page};
use crate::error::Error;
use crate::format::Context;
use crate::limits::Limits;
use characters::character;
use fonts::Fonts;
use story::{Properties, Story};
use token::{Token, Tokens};

/// Destinations that hold no text of the document. Those behind `\*` are passed over unless they are known to hold
/// some.
const SILENT: [&str; 32] = [
    "colortbl",
    "info",
    "pict",
    "objdata",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "generator",
    "filetbl",
    "listtable",
    "listoverridetable",
    "revtbl",
    "rsidtbl",
    "xmlnstbl",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "atnid",
    "annotation",
    "atnauthor",
    "pntxta",
    "pntxtb",
    "nonshppict",
    "shprslt",
    "sp",
    "nonesttables",
    "xe",
    "tc",
    "rxe",
    "template",
    "ftnsep",
];
const SPEAKING: [&str; 5] = ["shpinst", "shptxt", "do", "dptxbxtext", "cs"];

/// What a group is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Destination {
    Text,
    Silent,
    Fonts,
    Styles,
    Marker,
}

/// Which story begins with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    Header,
    Footer,
    Note,
    Box,
}

/// What a group inherits from the one around it.
#[derive(Debug, Clone, Copy)]
struct Group {
    destination: Destination,
    begun: Option<Begun>,
    is_hidden: bool,
    font: i32,
    /// How many characters for older readers follow one of Unicode.
    fallback: u32,
}

/// Reads a document.
pub(crate) fn read(bytes: &[u8], media_type: &'static str, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let invalid = |reason: &str| Error::Invalid { media_type, reason: reason.to_owned() };
    if !bytes.trim_ascii_start().starts_with(br"{\rtf") {
        return Err(invalid("it does not begin with {\\rtf"));
    }
    let mut reading = Reading::new(context.limits);
    for token in Tokens::new(bytes) {
        reading.token(token)?;
        if reading.groups.is_empty() {
            return reading.finish();
        }
    }
    Err(invalid("it ends inside a group"))
}

struct Reading<'l> {
    limits: &'l Limits,
    groups: Vec<Group>,
    /// The innermost story is the last.
    stories: Vec<Story<'l>>,
    fonts: Fonts,
    /// The levels of the headings of each style.
    headings: HashMap<i32, u8>,
    style: i32,
    style_name: String,
    /// Characters of a code page that are not yet decoded.
    pending: Vec<u8>,
    /// The first half of a character beyond the 16 bits of `\u`.
    high_half: Option<u16>,
    skip: u32,
    is_starred: bool,
    before: Vec<Block>,
    notes: Vec<Block>,
    after: Vec<Block>,
    note_count: u32,
}

impl<'l> Reading<'l> {
    fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            groups: Vec::new(),
            stories: vec![Story::new(limits, true)],
            fonts: Fonts::new(),
            headings: HashMap::new(),
            style: 0,
            style_name: String::new(),
            pending: Vec::new(),
            high_half: None,
            skip: 0,
            is_starred: false,
            before: Vec::new(),
            notes: Vec::new(),
            after: Vec::new(),
            note_count: 0,
        }
    }

    fn token(&mut self, token: Token<'_>) -> Result<(), Error> {
        match token {
            Token::Byte(byte) => {
                if self.skip > 0 {
                    self.skip -= 1;
                } else {
                    self.pending.push(byte);
                }
                return Ok(());
            }
            _ => self.decode(),
        }
        let is_starred = std::mem::take(&mut self.is_starred);
        match token {
            Token::Open => {
                self.skip = 0;
                let usual =
                    Group { destination: Destination::Text, begun: None, is_hidden: false, font: 0, fallback: 1 };
                let outer = self.groups.last().copied().unwrap_or(usual);
                self.groups.push(Group { begun: None, ..outer });
                self.limits.check_nesting(self.groups.len())?;
            }
            Token::Close => {
                self.skip = 0;
                let Some(group) = self.groups.pop() else { return Ok(()) };
                if group.destination == Destination::Styles {
                    self.end_style();
                }
                if let Some(begun) = group.begun {
                    self.end_story(begun)?;
                }
            }
            Token::Sign(b'*') => self.is_starred = true,
            Token::Sign(b'~') => self.push(" "),
            Token::Sign(b'_') => self.push("-"),
            Token::Sign(b'\n' | b'\r') => self.word("par", None, false)?,
            Token::Sign(sign @ (b'\\' | b'{' | b'}')) => self.push(&char::from(sign).to_string()),
            Token::Word(word, number) if self.skip == 0 || word == "u" => self.word(word, number, is_starred)?,
            Token::Word(..) => self.skip -= 1,
            Token::Sign(_) | Token::Byte(_) => {}
        }
        Ok(())
    }

    fn word(&mut self, word: &str, number: Option<i32>, is_starred: bool) -> Result<(), Error> {
        if SILENT.contains(&word) || (is_starred && !SPEAKING.contains(&word)) {
            self.enter(Destination::Silent);
            return Ok(());
        }
        match self.groups.last().map(|group| group.destination) {
            Some(Destination::Silent) | None => return Ok(()),
            Some(Destination::Fonts) => {
                self.fonts.declare(word, number.unwrap_or(0));
                return Ok(());
            }
            Some(Destination::Styles) if !matches!(word, "u" | "uc" | "f") => {
                self.style_word(word, number);
                return Ok(());
            }
            _ => {}
        }
        match word {
            "fonttbl" => self.enter(Destination::Fonts),
            "stylesheet" => self.enter(Destination::Styles),
            "listtext" | "pntext" => self.enter(Destination::Marker),
            "header" | "headerl" | "headerr" | "headerf" => self.begin_story(Begun::Header),
            "footer" | "footerl" | "footerr" | "footerf" => self.begin_story(Begun::Footer),
            "footnote" => self.begin_note(),
            "shptxt" | "dptxbxtext" => self.begin_story(Begun::Box),
            "ansicpg" => {
                self.fonts.default =
                    super::codepage::encoding(number.and_then(|page| page.try_into().ok()).unwrap_or(0));
            }
            "mac" => self.fonts.default = encoding_rs::MACINTOSH,
            "u" => self.unicode(number.unwrap_or(0)),
            "v" | "deleted" => self.hide(number != Some(0)),
            "plain" => {
                self.hide(false);
                self.set_font(self.fonts.usual);
            }
            "deff" => {
                self.fonts.usual = number.unwrap_or(0);
                self.set_font(self.fonts.usual);
            }
            "f" => self.set_font(number.unwrap_or(0)),
            "uc" => {
                if let Some(group) = self.groups.last_mut() {
                    group.fallback = number.and_then(|count| count.try_into().ok()).unwrap_or(1);
                }
            }
            _ => return self.layout(word, number),
        }
        Ok(())
    }

    /// Words about paragraphs, tables and pages, and those that stand for characters.
    fn layout(&mut self, word: &str, number: Option<i32>) -> Result<(), Error> {
        let heading = self.heading();
        let is_marker = self.groups.last().is_some_and(|group| group.destination == Destination::Marker);
        let Some(story) = self.stories.last_mut().filter(|_| !is_marker) else {
            if word == "tab" {
                self.push(" ");
            }
            return Ok(());
        };
        match word {
            "par" => story.end_paragraph(heading)?,
            "pard" => story.properties = Properties::default(),
            "intbl" => story.properties.in_table = true,
            "s" => story.properties.style = number.unwrap_or(0),
            "outlinelevel" => story.properties.outline = number.and_then(|level| level.try_into().ok()),
            "ilvl" => story.properties.level = number.and_then(|level| level.try_into().ok()).unwrap_or(0).min(8),
            "pagebb" => story.properties.breaks_page = number != Some(0),
            "cell" => {
                story.properties.in_table = true;
                story.end_paragraph(heading)?;
                story.end_cell();
            }
            "row" => story.end_row(),
            "nestcell" => story.text.push(" "),
            "nestrow" | "line" => story.text.break_line(),
            "sect" => {
                story.end_paragraph(heading)?;
                story.starts_page = true;
            }
            "sbknone" | "sbkcol" => story.starts_page = false,
            "page" => {
                story.end_paragraph(heading)?;
                story.break_page()?;
            }
            "trowd" | "trleft" | "trhdr" | "clmrg" | "clvmrg" | "cellx" => story.declared.word(word, number),
            _ => self.push(character(word)),
        }
        Ok(())
    }

    fn enter(&mut self, destination: Destination) {
        if let Some(group) = self.groups.last_mut().filter(|group| group.destination != Destination::Silent) {
            group.destination = destination;
        }
    }

    fn hide(&mut self, is_hidden: bool) {
        if let Some(group) = self.groups.last_mut() {
            group.is_hidden = is_hidden;
        }
    }

    fn set_font(&mut self, font: i32) {
        if let Some(group) = self.groups.last_mut() {
            group.font = font;
        }
    }

    fn style_word(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("s", Some(number)) => self.style = number,
            ("outlinelevel", Some(level @ 0..=8)) => {
                self.headings.insert(self.style, u8::try_from(level + 1).unwrap_or(1));
            }
            _ => {}
        }
    }

    /// Ends the declaration of a style, whose name is the text in it.
    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.style_name).trim_end_matches(';').trim().to_lowercase();
        let level = name.strip_prefix("heading ").and_then(|level| level.parse::<u8>().ok());
        if let Some(level) = level.filter(|level| (1..=9).contains(level)) {
            self.headings.insert(self.style, level);
        } else if name == "title" {
            self.headings.insert(self.style, 1);
        }
        self.style = 0;
    }

    fn heading(&self) -> Option<u8> {
        let properties = self.stories.last()?.properties;
        match properties.outline {
            Some(level @ 0..=8) => Some(level + 1),
            _ => self.headings.get(&properties.style).copied(),
        }
    }

    fn begin_story(&mut self, begun: Begun) {
        if let Some(group) = self.groups.last_mut() {
            group.begun = Some(begun);
            self.stories.push(Story::new(self.limits, false));
        }
    }

    fn begin_note(&mut self) {
        self.note_count = self.note_count.saturating_add(1);
        self.push(&format!(" [{}]", self.note_count));
        self.begin_story(Begun::Note);
    }

    fn end_story(&mut self, begun: Begun) -> Result<(), Error> {
        let heading = self.heading();
        let Some(story) = self.stories.pop() else { return Ok(()) };
        let blocks = story.finish(heading)?.into_blocks();
        match begun {
            Begun::Header => extend(&mut self.before, blocks),
            Begun::Footer => extend(&mut self.after, blocks),
            Begun::Box => {
                if let Some(outer) = self.stories.last_mut() {
                    outer.hanging.extend(blocks);
                }
            }
            Begun::Note => {
                let mut lines = lines_of(blocks);
                if let Some(first) = lines.first_mut() {
                    first.text = format!("[{}] {}", self.note_count, first.text);
                    self.notes.push(Block { rect: None, content: Content::Paragraph { lines } });
                }
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Page>, Error> {
        let heading = self.heading();
        let Some(story) = self.stories.pop() else { return Ok(vec![Page::default()]) };
        let mut after = self.notes;
        after.extend(self.after);
        Ok(story.finish(heading)?.finish(self.before, after))
    }
}

/// Sections repeat their headers.
fn extend(all: &mut Vec<Block>, blocks: Vec<Block>) {
    for block in blocks {
        if !all.contains(&block) {
            all.push(block);
        }
    }
}
