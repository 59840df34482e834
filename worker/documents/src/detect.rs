//! What a document is. Its content decides; the declared type and the file's extension only tell kinds of text apart,
//! for senders label PDFs `application/octet-stream` and pictures `.pdf`.

use crate::Source;
use crate::error::Error;

/// The PDF specification lets other bytes precede the header; readers look this far for it.
const PDF_HEADER_WINDOW: usize = 1024;
/// How much of the content decides whether it is readable text.
const TEXT_WINDOW: usize = 64 * 1024;

/// The formats that the engine reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Pdf,
    Html,
    Markdown,
    Csv,
    Tsv,
    Text,
}

impl Kind {
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Text => "text/plain",
        }
    }

    fn from_media_type(media_type: &str) -> Option<Self> {
        match media_type {
            "application/pdf" | "application/x-pdf" => Some(Self::Pdf),
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/markdown" | "text/x-markdown" => Some(Self::Markdown),
            "text/csv" | "application/csv" => Some(Self::Csv),
            "text/tab-separated-values" => Some(Self::Tsv),
            _ => None,
        }
    }

    fn from_extension(extension: &str) -> Option<Self> {
        match extension {
            "pdf" => Some(Self::Pdf),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            _ => None,
        }
    }
}

/// Names the document's format.
pub(crate) fn detect(source: &Source<'_>) -> Result<Kind, Error> {
    let declared = essence(source.media_type);
    let extension = extension(source.filename);
    let labelled = Kind::from_media_type(&declared).or_else(|| Kind::from_extension(&extension));

    if source.bytes.is_empty() {
        let kind = labelled.unwrap_or(Kind::Text);
        return Err(Error::Invalid { media_type: kind.media_type(), reason: "the file is empty (0 bytes)".to_owned() });
    }
    if has_pdf_header(source.bytes) {
        return Ok(Kind::Pdf);
    }
    if !is_readable_text(source.bytes) {
        return Err(Error::UnsupportedType { detected: name_binary(source.bytes) });
    }
    match (text_signature(source.bytes), labelled) {
        (Some(Signature::Html), _) => Ok(Kind::Html),
        (Some(Signature::Foreign(detected)), _) => Err(Error::UnsupportedType { detected: detected.to_owned() }),
        (None, Some(Kind::Pdf)) => Err(Error::Invalid {
            media_type: Kind::Pdf.media_type(),
            reason: format!("no %PDF- header in its first {PDF_HEADER_WINDOW} bytes"),
        }),
        (None, Some(kind)) => Ok(kind),
        (None, None) if reads_as_plain_text(&declared) => Ok(Kind::Text),
        (None, None) => Err(Error::UnsupportedType { detected: declared }),
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

fn has_pdf_header(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(PDF_HEADER_WINDOW)];
    window.windows(b"%PDF-".len()).any(|tag| tag == b"%PDF-")
}

/// Readable means: a UTF-16 or UTF-8 byte order mark, or no control characters beyond those that text files hold. All
/// known binary formats have such bytes in their headers.
fn is_readable_text(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(TEXT_WINDOW)];
    encoding_rs::Encoding::for_bom(window).is_some()
        || !window.iter().any(|&byte| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x1b'))
}

enum Signature {
    Html,
    Foreign(&'static str),
}

/// Formats that are readable text and say at their start what they are.
fn text_signature(bytes: &[u8]) -> Option<Signature> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let starts_with = |tag: &[u8]| bytes.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if starts_with(b"<!doctype html") || starts_with(b"<html") {
        return Some(Signature::Html);
    }
    if starts_with(br"{\rtf") {
        return Some(Signature::Foreign("application/rtf"));
    }
    starts_with(b"%!PS").then_some(Signature::Foreign("application/postscript"))
}

/// Whether readable text with this declared type is worth returning as it is. A type that needs a reader of its own
/// (mail, for one) is not: its markup would pass for content.
fn reads_as_plain_text(declared: &str) -> bool {
    declared.starts_with("text/")
        || matches!(
            declared,
            "" | "application/octet-stream"
                | "application/json"
                | "application/xml"
                | "application/yaml"
                | "application/x-yaml"
        )
}

fn name_binary(bytes: &[u8]) -> String {
    infer::get(bytes).map_or("binary data of unknown type", |found| found.mime_type()).to_owned()
}
