//! From the tree of a page to blocks.

use std::rc::Rc;

use markup5ever_rcdom::{Node, NodeData};

use super::inline::Inline;
use super::{table, tree};
use crate::document::{Block, Content, Item, Line};
use crate::error::Error;
use crate::limits::Limits;

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 44] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "search",
    "section",
    "summary",
    "td",
    "th",
    "tr",
    "ul",
    "table",
];

/// The blocks of a page or of a cell.
pub(super) fn blocks(node: &Rc<Node>, limits: &Limits) -> Result<Vec<Block>, Error> {
    let mut walk = Walk {
        limits,
        blocks: Vec::new(),
        inline: Inline::default(),
        role: Role::Paragraph,
        bytes: 0,
        lists: Vec::new(),
        items: Vec::new(),
        flushed: 0,
    };
    walk.children(node)?;
    walk.flush();
    walk.end_list();
    Ok(walk.blocks)
}

/// What text becomes that is in no list.
#[derive(Debug, Clone, Copy)]
enum Role {
    Paragraph,
    Heading(u8),
    Figure,
}

/// A list that is open, from the outermost.
#[derive(Debug)]
struct OpenList {
    /// The number of its next item; none if it has bullets.
    next: Option<i64>,
    /// What stands before the text that comes next, once.
    marker: Option<String>,
    /// How deep its text lies.
    level: u8,
}

struct Walk<'l> {
    limits: &'l Limits,
    blocks: Vec<Block>,
    inline: Inline,
    role: Role,
    /// Bytes of text so far.
    bytes: usize,
    lists: Vec<OpenList>,
    /// The items since the outermost list began, or since something in it that is no item.
    items: Vec<Item>,
    /// How often text was put into a block.
    flushed: usize,
}

impl Walk<'_> {
    fn children(&mut self, node: &Rc<Node>) -> Result<(), Error> {
        node.children.borrow().iter().try_for_each(|child| self.node(child))
    }

    fn node(&mut self, node: &Rc<Node>) -> Result<(), Error> {
        match &node.data {
            NodeData::Text { contents } => self.text(&contents.borrow()),
            NodeData::Element { name, .. } if !tree::is_silent(node) => self.element(node, &name.local),
            _ => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), Error> {
        self.bytes += text.len();
        self.limits.check_text_bytes(self.bytes)?;
        self.inline.push(text);
        Ok(())
    }

    fn element(&mut self, node: &Rc<Node>, tag: &str) -> Result<(), Error> {
        match tag {
            "br" => self.inline.break_line(),
            "img" => self.text(&tree::attribute(node, "alt").unwrap_or_default())?,
            "input" => self.text(&input(node))?,
            "select" => self.select(node)?,
            "textarea" | "pre" | "listing" | "xmp" => self.verbatim(node)?,
            "a" => self.link(node)?,
            "q" => {
                self.text("“")?;
                self.children(node)?;
                self.text("”")?;
            }
            "table" if !table::is_for_layout(node) => self.table(node)?,
            _ if BLOCKS.contains(&tag) => {
                self.flush();
                self.block(node, tag)?;
                self.flush();
            }
            _ => self.children(node)?,
        }
        Ok(())
    }

    fn block(&mut self, node: &Rc<Node>, tag: &str) -> Result<(), Error> {
        match tag {
            "ul" | "ol" | "menu" | "dir" | "dl" => return self.list(node, tag),
            "li" | "dt" | "dd" => self.start_item(node, tag),
            _ => {}
        }
        let role = match tag {
            "h1" => Role::Heading(1),
            "h2" => Role::Heading(2),
            "h3" => Role::Heading(3),
            "h4" => Role::Heading(4),
            "h5" => Role::Heading(5),
            "h6" => Role::Heading(6),
            "figure" => Role::Figure,
            _ => self.role,
        };
        let outer = std::mem::replace(&mut self.role, role);
        self.children(node)?;
        self.flush();
        self.role = outer;
        Ok(())
    }

    fn list(&mut self, node: &Rc<Node>, tag: &str) -> Result<(), Error> {
        let start = || tree::attribute(node, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let level = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.lists.push(OpenList { next: (tag == "ol").then(start), marker: None, level });
        self.children(node)?;
        self.flush();
        self.lists.pop();
        if self.lists.is_empty() {
            self.end_list();
        }
        Ok(())
    }

    /// A definition lies under its term, and neither is marked.
    fn start_item(&mut self, node: &Rc<Node>, tag: &str) {
        let depth = self.lists.len().saturating_sub(1);
        let Some(list) = self.lists.last_mut() else { return };
        let value = tree::attribute(node, "value").and_then(|value| value.trim().parse().ok());
        list.next = list.next.map(|next| value.unwrap_or(next));
        list.level = u8::try_from(depth + usize::from(tag == "dd")).unwrap_or(u8::MAX);
        list.marker = Some(match list.next {
            _ if tag != "li" => String::new(),
            Some(number) => format!("{number}."),
            None => "•".to_owned(),
        });
        list.next = list.next.map(|next| next.saturating_add(1));
    }

    fn link(&mut self, node: &Rc<Node>) -> Result<(), Error> {
        let (start, flushed) = (self.inline.len(), self.flushed);
        self.children(node)?;
        // A link around whole blocks is none of one line.
        if let Some(address) = tree::attribute(node, "href").filter(|_| self.flushed == flushed) {
            self.bytes += address.len();
            self.limits.check_text_bytes(self.bytes)?;
            self.inline.link(start, &address);
        }
        Ok(())
    }

    /// What a list to choose from shows: what is chosen, else the first.
    fn select(&mut self, node: &Rc<Node>) -> Result<(), Error> {
        let mut options = Vec::new();
        tree::find_all(node, "option", &mut options);
        let chosen: Vec<_> = options.iter().filter(|node| tree::attribute(node, "selected").is_some()).collect();
        let first = options.first().filter(|_| chosen.is_empty() && tree::attribute(node, "multiple").is_none());
        for (index, option) in chosen.into_iter().chain(first).enumerate() {
            self.text(if index == 0 { "" } else { ", " })?;
            self.children(option)?;
        }
        Ok(())
    }

    fn verbatim(&mut self, node: &Rc<Node>) -> Result<(), Error> {
        let mut text = String::new();
        tree::source_text(node, &mut text);
        self.bytes += text.len();
        self.limits.check_text_bytes(self.bytes)?;
        if !text.trim().is_empty() {
            self.push(Block::verbatim(text.replace("\r\n", "\n").trim_matches('\n').trim_end()));
        }
        Ok(())
    }

    fn table(&mut self, node: &Rc<Node>) -> Result<(), Error> {
        self.flush();
        for caption in tree::children(node, &["caption"]) {
            self.children(&caption)?;
            self.flush();
        }
        let table = table::read(node, self.limits)?;
        self.bytes += table.cells().iter().flat_map(|cell| &cell.lines).map(|line| line.text.len()).sum::<usize>();
        self.limits.check_text_bytes(self.bytes)?;
        self.push(Block::table(table));
        Ok(())
    }

    /// Adds a block that is no text of an item, which parts the list that it lies in.
    fn push(&mut self, block: Block) {
        self.flush();
        self.end_list();
        self.flushed += 1;
        self.blocks.push(block);
    }

    fn end_list(&mut self) {
        let items = std::mem::take(&mut self.items);
        if !items.is_empty() {
            self.blocks.push(Block { rect: None, content: Content::List { items } });
        }
    }

    /// Puts the text since the last break where it belongs.
    fn flush(&mut self) {
        let lines = self.inline.take();
        if lines.is_empty() {
            return;
        }
        self.flushed += 1;
        match self.lists.last_mut() {
            Some(list) => {
                let marker = list.marker.take();
                let level = list.level;
                self.item(level, marker, lines);
            }
            None => self.blocks.push(Block { rect: None, content: content(self.role, lines) }),
        }
    }

    /// Text after the first of an item goes on with it, unless an inner list came between.
    fn item(&mut self, level: u8, marker: Option<String>, lines: Vec<Line>) {
        match self.items.last_mut() {
            Some(last) if marker.is_none() && last.level == level => last.lines.extend(lines),
            _ => self.items.push(Item { level, marker: marker.unwrap_or_default(), lines }),
        }
    }
}

fn content(role: Role, lines: Vec<Line>) -> Content {
    match role {
        Role::Paragraph => Content::Paragraph { lines },
        Role::Heading(level) => Content::Heading { level, lines },
        Role::Figure => Content::Figure { lines },
    }
}

/// What a field of a form shows.
fn input(node: &Node) -> String {
    let value = || tree::attribute(node, "value").unwrap_or_default();
    match tree::attribute(node, "type").unwrap_or_default().to_ascii_lowercase().as_str() {
        "checkbox" | "radio" => if tree::attribute(node, "checked").is_some() { "[x]" } else { "[ ]" }.to_owned(),
        "hidden" | "password" | "file" | "submit" | "reset" | "button" | "image" | "range" | "color" => String::new(),
        _ => value(),
    }
}
