//! Pages that a browser saved with all that belongs to them: MHTML.

use mail_parser::{Message, MessagePart, MimeHeaders as _, PartType};

use super::eml;
use crate::document::Page;
use crate::error::Error;
use crate::format::html;
use crate::limits::Limits;

const MEDIA_TYPE: &str = "multipart/related";

/// Reads the page. Pictures, style sheets and frames are left aside.
pub(in crate::format) fn read(bytes: &[u8], limits: &Limits) -> Result<Page, Error> {
    let flat = eml::flattened(bytes);
    let message = eml::parse(&flat, MEDIA_TYPE)?;
    let page = root(&message).and_then(MessagePart::text_contents).ok_or_else(|| Error::Invalid {
        media_type: MEDIA_TYPE,
        reason: "none of its parts is an HTML page".to_owned(),
    })?;
    let page = html::read(page, limits)?;
    let subject = message.subject().map(str::to_owned);
    Ok(Page { title: page.title.clone().or(subject), ..page })
}

/// The part that the container names as its start or as what was saved, else its first page.
fn root<'m>(message: &'m Message<'m>) -> Option<&'m MessagePart<'m>> {
    let start = message.content_type().and_then(|media_type| media_type.attribute("start"));
    let start = start.map(|id| id.trim_matches(['<', '>']));
    let saved = message.header_raw("Snapshot-Content-Location").map(str::trim);
    let pages = || message.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let by_id = pages().find(|part| start.is_some() && part.content_id() == start);
    by_id
        .or_else(|| pages().find(|part| saved.is_some() && part.content_location() == saved))
        .or_else(|| pages().next())
}
