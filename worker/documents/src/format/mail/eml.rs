//! Messages as they are sent: EML.

use std::borrow::Cow;

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::letter::{self, Attached, Attachment, Body, Letter};
use crate::document::Page;
use crate::error::Error;
use crate::format::Context;

/// What proves who sent a message is nothing to read.
const SIGNATURES: [&str; 3] = ["pkcs7-signature", "x-pkcs7-signature", "pgp-signature"];
/// Media types whose content the MIME parser takes for messages, and for lists of messages, each with the same letters
/// spoiled. Messages in messages are read as attachments, by us: the parser nests them to any depth, and giving them
/// back then recurses as deep.
const NESTING: [(&[u8], &[u8]); 3] = [(b"rfc822", b"rfc-22"), (b"global", b"glob-l"), (b"digest", b"d-gest")];
const NAME: &[u8] = b"content-type";

/// Reads a message and its attachments.
pub(in crate::format) fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let flat = flattened(bytes);
    letter::pages(&letter(&parse(&flat, "message/rfc822")?), context)
}

/// The parts of a message.
pub(super) fn parse<'m>(bytes: &'m [u8], media_type: &'static str) -> Result<Message<'m>, Error> {
    let invalid = || Error::Invalid { media_type, reason: "it has no header fields".to_owned() };
    MessageParser::default().parse(bytes).ok_or_else(invalid)
}

/// The message with the types of [`NESTING`] spoiled wherever a header field may name them.
pub(super) fn flattened(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut flat = Cow::Borrowed(bytes);
    let mut field = Field::Over;
    let mut start = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let named = line.windows(NAME.len()).position(|name| name.eq_ignore_ascii_case(NAME));
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        field = match named {
            Some(_) => Field::Type,
            None if goes_on => field,
            None => Field::Over,
        };
        let value = line.get(named.unwrap_or(0)..).unwrap_or_default();
        let (end, next) = field.end(value);
        field = next;
        spoil(&mut flat, start + line.len() - value.len(), value.get(..end).unwrap_or_default());
        start += line.len();
    }
    flat
}

/// Which part of a field a line belongs to.
#[derive(Debug, Clone, Copy)]
enum Field {
    /// The type itself.
    Type,
    /// The type, with a comment in it, after which no semicolon is believed.
    Commented,
    /// The parameters, or no field of this name.
    Over,
}

impl Field {
    /// Where the type ends in this line, and what comes after the line.
    fn end(self, line: &[u8]) -> (usize, Self) {
        match self {
            Self::Over => (0, Self::Over),
            Self::Commented => (line.len(), Self::Commented),
            Self::Type => match line.iter().position(|byte| matches!(byte, b';' | b'(')) {
                Some(at) if line.get(at) == Some(&b';') => (at, Self::Over),
                Some(_) => (line.len(), Self::Commented),
                None => (line.len(), Self::Type),
            },
        }
    }
}

/// Spoils the types in a piece of the message that begins there.
fn spoil(flat: &mut Cow<'_, [u8]>, start: usize, piece: &[u8]) {
    for (at, word) in piece.windows(6).enumerate() {
        if let Some((_, spoiled)) = NESTING.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
            flat.to_mut()[start + at..start + at + spoiled.len()].copy_from_slice(spoiled);
        }
    }
}

fn letter<'m>(message: &'m Message<'m>) -> Letter<'m> {
    let body = |part: &'m MessagePart<'m>| match &part.body {
        PartType::Html(text) => Some(Body::Html(Cow::Borrowed(text.as_ref()))),
        PartType::Text(text) => Some(Body::Text(Cow::Borrowed(text.as_ref()))),
        _ => None,
    };
    Letter {
        subject: message.subject().map(str::to_owned),
        fields: vec![
            ("From", addresses(message.from())),
            ("To", addresses(message.to())),
            ("Cc", addresses(message.cc())),
            ("Date", message.header_raw("Date").unwrap_or_default().to_owned()),
        ],
        rich: message.html_bodies().filter_map(body).collect(),
        plain: message.text_bodies().filter_map(body).collect(),
        attachments: message.attachments().filter(|part| is_attachment(part)).map(attachment).collect(),
    }
}

fn addresses(addresses: Option<&Address<'_>>) -> String {
    let address = |address: &mail_parser::Addr<'_>| match (address.name(), address.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    addresses.map(|all| all.iter().map(address).collect::<Vec<_>>().join(", ")).unwrap_or_default()
}

/// Whether a part is something of its own, not a picture in the text or a signature under it.
fn is_attachment(part: &MessagePart<'_>) -> bool {
    let Some(media_type) = part.content_type() else { return true };
    let is_sent_along = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
    let is_shown = media_type.ctype().eq_ignore_ascii_case("image") && part.content_id().is_some() && !is_sent_along;
    let subtype = media_type.subtype().unwrap_or_default().to_ascii_lowercase();
    !is_shown && !SIGNATURES.contains(&subtype.as_str())
}

fn attachment<'m>(part: &'m MessagePart<'m>) -> Attachment<'m> {
    let media_type = part.content_type().map(|media_type| {
        let (kind, subtype) = (media_type.ctype(), media_type.subtype().unwrap_or_default());
        let spoiled = NESTING.iter().find(|(_, spoiled)| subtype.as_bytes().eq_ignore_ascii_case(spoiled));
        let is_message = kind.eq_ignore_ascii_case("message") && spoiled.is_some();
        if is_message { "message/rfc822".to_owned() } else { format!("{kind}/{subtype}") }
    });
    Attachment {
        name: part.attachment_name().map(str::to_owned),
        content: Attached::File { media_type, bytes: Cow::Borrowed(part.contents()) },
    }
}
