//! What a document is. Its content decides; the declared type and the file's extension only tell kinds of text apart,
//! for senders label PDFs `application/octet-stream` and pictures `.pdf`.

mod archive;
mod binary;
mod compound;
mod kind;
mod text;

#[cfg(test)]
pub(crate) use kind::extensions;
pub(crate) use kind::{Kind, supported};

use crate::encoding;
use crate::error::Error;
use crate::source::Source;

/// Names the document's format.
pub(crate) fn detect(source: &Source<'_>) -> Result<Kind, Error> {
    let declared = essence(source.media_type);
    let extension = extension(source.filename);
    let labelled = Kind::from_media_type(&declared).or_else(|| Kind::from_extension(&extension));

    if source.bytes.is_empty() {
        let kind = labelled.unwrap_or(Kind::Text);
        return Err(Error::Invalid { media_type: kind.media_type(), reason: "the file is empty (0 bytes)".to_owned() });
    }
    if let Some(kind) = binary::signature(source.bytes) {
        return Ok(kind);
    }
    if archive::is_archive(source.bytes) {
        return archive::kind(source.bytes, labelled);
    }
    if compound::is_compound(source.bytes) {
        return compound::kind(source.bytes, labelled);
    }
    if !encoding::is_text(source.bytes) {
        return Err(Error::UnsupportedType { detected: binary::name(source.bytes) });
    }
    let is_told_plain = declared == "text/plain";
    match (text::signature(source.bytes, labelled, is_told_plain)?, labelled) {
        (Some(kind), _) => Ok(kind),
        (None, None) if reads_as_plain_text(&declared) => Ok(Kind::Text),
        (None, Some(Kind::Text)) if reads_as_plain_text(&declared) => Ok(Kind::Text),
        (None, Some(kind)) if kind.is_told_by_label() && kind != Kind::Text => Ok(kind),
        // Programs that export tables and letters as text like to call them this, and other programs open them.
        (None, Some(Kind::Doc)) => Ok(Kind::Text),
        (None, Some(Kind::Xls)) => Ok(text::separated(source.bytes)),
        (None, Some(kind)) if !kind.is_told_by_label() => {
            Err(Error::Invalid { media_type: kind.media_type(), reason: missing_signature(kind) })
        }
        (None, _) => Err(Error::UnsupportedType { detected: declared }),
    }
}

/// The media type without parameters, in lower case; empty if none is declared.
fn essence(media_type: Option<&str>) -> String {
    media_type
        .and_then(|value| value.split(';').next())
        .map(|value| value.trim().to_ascii_lowercase())
        .unwrap_or_default()
}

fn extension(filename: &str) -> String {
    filename.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

fn missing_signature(kind: Kind) -> String {
    match kind {
        Kind::Pdf => format!("no %PDF- header in its first {} bytes", binary::PDF_HEADER_WINDOW),
        _ => "its content is text without the signature of that format".to_owned(),
    }
}

/// Whether readable text with this declared type is worth returning as it is. A type that needs a reader of its own
/// (a calendar, for one) is not: its markup would pass for content.
fn reads_as_plain_text(declared: &str) -> bool {
    declared.starts_with("text/") || matches!(declared, "" | "application/octet-stream")
}
