//! A message, whatever file it came in, and its pages.

use std::borrow::Cow;

use crate::document::{Block, Content, Line, Page};
use crate::error::Error;
use crate::format::{self, Context, html};
use crate::limits::Limits;
use crate::operation::{Progress, Stage};
use crate::source::Source;

/// A message.
#[derive(Debug, Default)]
pub(super) struct Letter<'m> {
    pub(super) subject: Option<String>,
    /// Who wrote it, to whom and when, as names and values.
    pub(super) fields: Vec<(&'static str, String)>,
    /// Its text in the form that has most marks, and in the form that has none. One of them may say it all.
    pub(super) rich: Vec<Body<'m>>,
    pub(super) plain: Vec<Body<'m>>,
    pub(super) attachments: Vec<Attachment<'m>>,
}

/// A part of a message's text.
#[derive(Debug)]
pub(super) enum Body<'m> {
    Html(Cow<'m, str>),
    Text(Cow<'m, str>),
    Rtf(Vec<u8>),
}

/// What comes with a message.
#[derive(Debug)]
pub(super) struct Attachment<'m> {
    pub(super) name: Option<String>,
    pub(super) content: Attached<'m>,
}

#[derive(Debug)]
pub(super) enum Attached<'m> {
    File { media_type: Option<String>, bytes: Cow<'m, [u8]> },
    Message(Box<Letter<'m>>),
    Unread(Error),
}

/// The pages of a message: its text, then each attachment as a document of its own. One that cannot be read leaves a
/// line that says why.
pub(super) fn pages(letter: &Letter<'_>, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let total = count(letter.attachments.len()).saturating_add(1);
    let mut pages = vec![first_page(letter, context)?];
    let mut text_bytes: usize = pages.iter().map(Page::text_bytes).sum();
    let mut counted = pages.len();
    for (done, attachment) in (1..).zip(&letter.attachments) {
        (context.progress)(Progress { stage: Stage::Reading, done, total });
        let name = attachment.name.as_deref();
        match attached(attachment, context) {
            Ok(attached) => pages.extend(named(attached, name)),
            Err(error) => pages.push(unread(name, done, &error)),
        }
        context.limits.check_pages(pages.len())?;
        text_bytes += pages.iter().skip(counted).map(Page::text_bytes).sum::<usize>();
        counted = pages.len();
        context.limits.check_text_bytes(text_bytes)?;
    }
    Ok(pages)
}

/// The subject as a heading, the fields below it, then the text.
fn first_page(letter: &Letter<'_>, context: &mut Context<'_>) -> Result<Page, Error> {
    let subject = letter.subject.as_ref().filter(|subject| !subject.trim().is_empty());
    let mut blocks: Vec<Block> = subject.map(|subject| heading(subject)).into_iter().collect();
    let fields = letter.fields.iter().filter(|(_, value)| !value.trim().is_empty());
    let lines: Vec<Line> = fields.map(|(name, value)| Line::native(format!("{name}: {}", words(value)))).collect();
    if !lines.is_empty() {
        blocks.push(Block { rect: None, content: Content::Paragraph { lines } });
    }
    blocks.extend(text(letter, context)?);
    Ok(Page { title: subject.map(|subject| words(subject)), ..Page::of_blocks(blocks) })
}

/// The rich text if it has more than paragraphs, for programs make it of plain text and of plain text make it; else the
/// plain text.
fn text(letter: &Letter<'_>, context: &mut Context<'_>) -> Result<Vec<Block>, Error> {
    let rich = bodies(&letter.rich, context)?;
    let has_structure = rich.iter().any(|block| !matches!(block.content, Content::Paragraph { .. }));
    if has_structure || letter.plain.is_empty() {
        return Ok(rich);
    }
    let plain = bodies(&letter.plain, context)?;
    Ok(if plain.is_empty() { rich } else { plain })
}

fn bodies(bodies: &[Body<'_>], context: &mut Context<'_>) -> Result<Vec<Block>, Error> {
    let mut blocks = Vec::new();
    for body in bodies {
        match body {
            Body::Html(text) => blocks.extend(html::read(text, context.limits)?.blocks),
            Body::Text(text) => blocks.extend(paragraphs(text, context.limits)?),
            Body::Rtf(bytes) => {
                let source = Source { bytes, filename: "", media_type: None };
                let pages = format::read(&source, &mut context.within(context.depth, &mut |_| ()))?.pages;
                blocks.extend(pages.into_iter().flat_map(|page| page.blocks));
            }
        }
    }
    Ok(blocks)
}

/// Blank lines part paragraphs.
fn paragraphs(text: &str, limits: &Limits) -> Result<Vec<Block>, Error> {
    limits.check_text_bytes(text.len())?;
    let mut blocks = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim_end).chain([""]) {
        if !line.is_empty() {
            lines.push(Line::native(line));
        } else if !lines.is_empty() {
            blocks.push(Block { rect: None, content: Content::Paragraph { lines: std::mem::take(&mut lines) } });
        }
    }
    Ok(blocks)
}

fn attached(attachment: &Attachment<'_>, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let depth = context.depth.saturating_add(1);
    context.limits.check_attachment_depth(depth)?;
    let mut unseen = |_| ();
    let within = &mut context.within(depth, &mut unseen);
    let pages = match &attachment.content {
        Attached::File { media_type, bytes } => {
            let filename = attachment.name.as_deref().unwrap_or_default();
            let source = Source { bytes, filename, media_type: media_type.as_deref() };
            let read = format::read(&source, within)?;
            within.declared = read.declared;
            read.pages
        }
        Attached::Message(letter) => pages(letter, within)?,
        Attached::Unread(error) => return Err(error.clone()),
    };
    let declared = std::mem::take(&mut within.declared);
    context.declared.extend(declared);
    Ok(pages)
}

/// The pages under the attachment's name: a heading on the first, the title of all that have none.
fn named(mut pages: Vec<Page>, name: Option<&str>) -> Vec<Page> {
    let Some(name) = name else { return pages };
    for page in &mut pages {
        page.title.get_or_insert_with(|| name.to_owned());
    }
    if let Some(first) = pages.first_mut() {
        first.blocks.insert(0, heading(name));
    }
    pages
}

fn unread(name: Option<&str>, number: u32, error: &Error) -> Page {
    let name = name.map_or_else(|| format!("number {number}"), words);
    let reason = match error {
        Error::UnsupportedType { detected } => format!("its type is not supported: it looks like {detected}"),
        error => error.to_string(),
    };
    let block = Block::paragraph(&format!("Attachment {name} was not read: {reason}"));
    Page { title: Some(name), ..Page::of_blocks(vec![block]) }
}

fn heading(text: &str) -> Block {
    Block { rect: None, content: Content::Heading { level: 1, lines: vec![Line::native(words(text))] } }
}

/// On one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
