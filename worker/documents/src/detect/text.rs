//! Formats that are readable text and say at their start what they are.

use std::borrow::Cow;

use super::Kind;
use crate::encoding;
use crate::error::Error;

/// How much of the start is looked at: a license in a comment may come before the root of an XML file.
const WINDOW: usize = 64 * 1024;
/// Elements that start a page whose `html` element was left out.
const HTML_STARTS: [&str; 12] =
    ["head", "body", "title", "meta", "table", "div", "p", "h1", "h2", "script", "style", "center"];
/// Headers that programs write into each message, of which people who write a letter do not know.
const MACHINE_HEADERS: [&str; 6] =
    ["received", "message-id", "mime-version", "return-path", "delivered-to", "x-mozilla-status"];
const LETTER_HEADERS: [&str; 5] = ["from", "to", "subject", "date", "cc"];

/// The kind that text shows by itself. What may stand at the start of any text counts only where no label speaks
/// against it.
pub(super) fn signature(bytes: &[u8], labelled: Option<Kind>, is_told_plain: bool) -> Result<Option<Kind>, Error> {
    let start = start(bytes);
    let text = start.trim_start_matches('\u{feff}').trim_start();
    let is_unlabelled = labelled.is_none() && !is_told_plain;
    if text.starts_with(r"{\rtf") {
        return Ok(Some(Kind::Rtf));
    }
    if text.starts_with("%!PS") {
        return Err(Error::UnsupportedType { detected: "application/postscript".to_owned() });
    }
    let found = markup(text, labelled, is_unlabelled).or_else(|| mail(text, labelled, is_unlabelled));
    Ok(found.or_else(|| (is_unlabelled && is_json(text, bytes)).then_some(Kind::Json)))
}

/// Separated values: tabs where the first line has any, else what [`Kind::Csv`] allows.
pub(super) fn separated(bytes: &[u8]) -> Kind {
    let start = start(bytes);
    if start.lines().next().is_some_and(|line| line.contains('\t')) { Kind::Tsv } else { Kind::Csv }
}

/// Enough characters of the start to tell. Bytes of legacy encodings come out as replacement characters; what is looked
/// for is ASCII.
fn start(bytes: &[u8]) -> Cow<'_, str> {
    let window = &bytes[..bytes.len().min(WINDOW)];
    encoding::utf_16(window)
        .map_or_else(|| String::from_utf8_lossy(window), |encoding| encoding.decode_with_bom_removal(window).0)
}

fn markup(text: &str, labelled: Option<Kind>, is_unlabelled: bool) -> Option<Kind> {
    if !text.starts_with('<') {
        return None;
    }
    let is_xml = text.starts_with("<?xml");
    let root = root(text).unwrap_or_default();
    let local = root.rsplit(':').next().unwrap_or_default();
    if local.eq_ignore_ascii_case("html") {
        return Some(Kind::Html);
    }
    if local == "svg" {
        return Some(Kind::Svg);
    }
    if is_xml && labelled != Some(Kind::Html) {
        return Some(Kind::Xml);
    }
    let is_html = HTML_STARTS.iter().any(|name| root.eq_ignore_ascii_case(name));
    (is_html && is_unlabelled).then_some(Kind::Html)
}

/// The name of the first element, or that of the document type if it is HTML's: past instructions and comments.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(instruction) = rest.strip_prefix("<?") {
            rest = instruction.split_once("?>")?.1;
        } else if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->")?.1;
        } else if let Some(declaration) = strip_prefix_ignoring_case(rest, "<!doctype") {
            let name = name(declaration.trim_start());
            if name.eq_ignore_ascii_case("html") {
                return Some(name);
            }
            let (before, after) = declaration.split_once('>')?;
            rest = if before.contains('[') { declaration.split_once(']')?.1.split_once('>')?.1 } else { after };
        } else {
            return rest.strip_prefix('<').map(name);
        }
    }
}

fn name(text: &str) -> &str {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '>' | '/')).next().unwrap_or_default()
}

fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// A message, or a page that a browser saved as one.
fn mail(text: &str, labelled: Option<Kind>, is_unlabelled: bool) -> Option<Kind> {
    let headers = headers(text)?;
    let has = |name: &str| headers.iter().any(|(header, _)| header == name);
    let by_machine = MACHINE_HEADERS.iter().any(|name| has(name));
    let by_hand = LETTER_HEADERS.iter().filter(|name| has(name)).count();
    let is_mail = by_machine && by_hand >= 1 || by_hand >= 3 && is_unlabelled || labelled == Some(Kind::Eml);
    let is_related = headers.iter().any(|(name, value)| {
        name == "content-type" && strip_prefix_ignoring_case(value.trim_start(), "multipart/related").is_some()
    });
    // A letter with pictures in its text is built in the same way, but it goes to somebody.
    let is_sent = ["to", "cc", "received", "message-id", "delivered-to"].iter().any(|name| has(name));
    if is_related && (has("snapshot-content-location") || labelled == Some(Kind::Mhtml) || !is_sent) {
        return Some(Kind::Mhtml);
    }
    is_mail.then_some(Kind::Eml)
}

/// The header fields that the text starts with, names in lower case; None if it starts with anything else.
fn headers(text: &str) -> Option<Vec<(String, &str)>> {
    let mut headers = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() {
            break;
        }
        // A line of a mailbox file that says when the message came.
        if line.starts_with([' ', '\t']) || index == 0 && line.starts_with("From ") {
            continue;
        }
        let (name, value) = line.split_once(':')?;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        headers.push(is_name.then(|| (name.to_ascii_lowercase(), value))?);
    }
    Some(headers)
}

fn is_json(text: &str, bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.starts_with(['{', '[']) && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}
