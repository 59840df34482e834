//! Outlook's messages: MSG, a compound file with a stream for each property (MS-OXMSG).

pub(crate) mod compressed;
mod property;

use std::borrow::Cow;

use property::{Properties, Storage};

use super::letter::{self, Attached, Attachment, Body, Letter};
use crate::document::Page;
use crate::error::Error;
use crate::format::Context;
use crate::limits::Limits;

/// Properties by their numbers (MS-OXPROPS).
const SUBJECT: u16 = 0x0037;
const SUBMITTED: u16 = 0x0039;
const SENT_FOR_NAME: u16 = 0x0042;
const RECIPIENT_KIND: u16 = 0x0c15;
const SENDER_NAME: u16 = 0x0c1a;
const SENDER_ADDRESS: u16 = 0x0c1f;
const SENDER_MAIL: u16 = 0x5d01;
const SHOWN_CC: u16 = 0x0e03;
const SHOWN_TO: u16 = 0x0e04;
const DELIVERED: u16 = 0x0e06;
const BODY: u16 = 0x1000;
const BODY_RTF: u16 = 0x1009;
const BODY_HTML: u16 = 0x1013;
const NAME: u16 = 0x3001;
const ADDRESS: u16 = 0x3003;
const MAIL: u16 = 0x39fe;
const ATTACHED: u16 = 0x3701;
const SHORT_FILENAME: u16 = 0x3704;
const METHOD: u16 = 0x3705;
const FILENAME: u16 = 0x3707;
const MEDIA_TYPE: u16 = 0x370e;
const CONTENT_ID: u16 = 0x3712;
const FLAGS: u16 = 0x3714;
const HIDDEN: u16 = 0x7ffe;
/// The method by which a message is attached as a storage, not as bytes.
const BY_MESSAGE: u32 = 5;
/// The flag of an attachment that is shown in the text.
const IS_SHOWN: u32 = 4;
/// How many recipients are named. A list of more is nobody's to read.
const MAX_RECIPIENTS: usize = 1_000;

/// Reads a message and its attachments.
pub(in crate::format) fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let letter = {
        let mut storage = Storage::open(bytes)?;
        let mut read = 0;
        letter(&mut storage, "/", context.depth, &mut read, context.limits)?
    };
    letter::pages(&letter, context)
}

/// The message in a storage. `read` counts the bytes of all properties, for a hostile directory may point to the same
/// bytes again and again.
fn letter(
    storage: &mut Storage<'_>,
    path: &str,
    depth: u32,
    read: &mut usize,
    limits: &Limits,
) -> Result<Letter<'static>, Error> {
    let mut message = Properties::of_message(storage, path, read, limits)?;
    let sender_name = message.text(SENDER_NAME)?.or(message.text(SENT_FOR_NAME)?);
    let sender_mail = message.text(SENDER_MAIL)?.or(message.text(SENDER_ADDRESS)?);
    let shown = (message.text(SHOWN_TO)?, message.text(SHOWN_CC)?);
    let subject = message.text(SUBJECT)?;
    let date = message.time(SUBMITTED).or(message.time(DELIVERED)).unwrap_or_default();
    let (rich, plain) = bodies(&mut message, limits)?;
    let code_page = message.code_page();
    let (to, cc) = recipients(storage, path, code_page, read, limits)?;
    Ok(Letter {
        subject,
        fields: vec![
            ("From", person(sender_name, sender_mail)),
            ("To", if to.is_empty() { shown.0.unwrap_or_default() } else { to }),
            ("Cc", if cc.is_empty() { shown.1.unwrap_or_default() } else { cc }),
            ("Date", date),
        ],
        rich,
        plain,
        attachments: attachments(storage, path, code_page, depth, read, limits)?,
    })
}

type Bodies = (Vec<Body<'static>>, Vec<Body<'static>>);

/// The compressed RTF is read only where it is all there is.
fn bodies(message: &mut Properties<'_, '_>, limits: &Limits) -> Result<Bodies, Error> {
    let html = message.html(BODY_HTML)?;
    let text = message.text(BODY)?.filter(|text| !text.trim().is_empty());
    let mut rich: Vec<Body<'static>> = html.into_iter().map(|html| Body::Html(Cow::Owned(html))).collect();
    let plain: Vec<Body<'static>> = text.into_iter().map(|text| Body::Text(Cow::Owned(text))).collect();
    if rich.is_empty() && plain.is_empty() {
        let rtf = message.binary(BODY_RTF)?.map(|bytes| compressed::inflate(&bytes, limits)).transpose()?;
        rich.extend(rtf.map(Body::Rtf));
    }
    Ok((rich, plain))
}

/// Who the message went to, and who got a copy.
fn recipients(
    storage: &mut Storage<'_>,
    path: &str,
    code_page: u32,
    read: &mut usize,
    limits: &Limits,
) -> Result<(String, String), Error> {
    let (mut to, mut cc) = (Vec::new(), Vec::new());
    for inner in storage.inner(path, "__recip_version1.0_").into_iter().take(MAX_RECIPIENTS) {
        let mut recipient = Properties::of_part(storage, &inner, code_page, read, limits)?;
        let mail = recipient.text(MAIL)?.or(recipient.text(ADDRESS)?);
        let person = person(recipient.text(NAME)?, mail);
        match recipient.number(RECIPIENT_KIND) {
            Some(2) => cc.push(person),
            Some(3) => {}
            _ => to.push(person),
        }
    }
    Ok((to.join(", "), cc.join(", ")))
}

/// Addresses inside of an organization are no mail addresses and say nothing to others.
fn person(name: Option<String>, mail: Option<String>) -> String {
    let mail = mail.filter(|mail| mail.contains('@'));
    match (name, mail) {
        (Some(name), Some(mail)) if name.trim_matches('\'') != mail => format!("{name} <{mail}>"),
        (name, mail) => mail.or(name).unwrap_or_default(),
    }
}

fn attachments(
    storage: &mut Storage<'_>,
    path: &str,
    code_page: u32,
    depth: u32,
    read: &mut usize,
    limits: &Limits,
) -> Result<Vec<Attachment<'static>>, Error> {
    let mut attachments = Vec::new();
    for inner in storage.inner(path, "__attach_version1.0_") {
        limits.check_pages(attachments.len() + 1)?;
        let mut properties = Properties::of_part(storage, &inner, code_page, read, limits)?;
        let name = properties.text(FILENAME)?.or(properties.text(SHORT_FILENAME)?).or(properties.text(NAME)?);
        let media_type = properties.text(MEDIA_TYPE)?;
        let is_picture = media_type.as_ref().is_some_and(|media_type| media_type.starts_with("image/"));
        let is_shown = properties.number(FLAGS).is_some_and(|flags| flags & IS_SHOWN != 0)
            || properties.number(HIDDEN).is_some_and(|hidden| hidden & 0xff != 0);
        if is_shown && (is_picture || properties.text(CONTENT_ID)?.is_some()) {
            continue;
        }
        let content = if properties.number(METHOD) == Some(BY_MESSAGE) {
            message(storage, &inner, depth, read, limits)?
        } else {
            match properties.binary(ATTACHED)? {
                Some(bytes) => Attached::File { media_type, bytes: Cow::Owned(bytes) },
                None => Attached::Unread(missing("it holds no bytes: an object of the program that made it")),
            }
        };
        attachments.push(Attachment { name, content });
    }
    Ok(attachments)
}

/// A message that is attached as it was in the mailbox.
fn message(
    storage: &mut Storage<'_>,
    inner: &str,
    depth: u32,
    read: &mut usize,
    limits: &Limits,
) -> Result<Attached<'static>, Error> {
    let depth = depth.saturating_add(1);
    if let Err(error) = limits.check_attachment_depth(depth) {
        return Ok(Attached::Unread(error));
    }
    let path = format!("{inner}/__substg1.0_{ATTACHED:04X}000D");
    letter(storage, &path, depth, read, limits).map(|letter| Attached::Message(Box::new(letter)))
}

fn missing(reason: &str) -> Error {
    Error::Invalid { media_type: "application/vnd.ms-outlook", reason: reason.to_owned() }
}
