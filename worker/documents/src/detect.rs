//! What a document is. Its content decides; the declared type and the file's extension only tell kinds of text apart,
//! for senders label PDFs `application/octet-stream` and pictures `.pdf`.

use crate::error::Error;
use crate::source::Source;

/// The PDF specification lets other bytes precede the header; readers look this far for it.
const PDF_HEADER_WINDOW: usize = 1024;
/// How much of the content decides whether it is readable text.
const TEXT_WINDOW: usize = 64 * 1024;

/// The formats that the engine knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Pdf,
    Docx,
    Pptx,
    Xlsx,
    Xlsb,
    Doc,
    Ppt,
    Xls,
    Odt,
    Ods,
    Odp,
    Rtf,
    Html,
    Mhtml,
    Eml,
    Msg,
    Svg,
    Png,
    Jpeg,
    Webp,
    Tiff,
    Gif,
    Bmp,
    Markdown,
    Csv,
    Tsv,
    Json,
    Xml,
    Yaml,
    Text,
}

/// A format, its media type, other names of that, and the extensions of its files. Plain text has no declaration of its
/// own: whatever is readable and declares nothing better is plain text.
type Names = (Kind, &'static str, &'static [&'static str], &'static [&'static str]);

const NAMES: [Names; 30] = [
    (Kind::Pdf, "application/pdf", &["application/x-pdf"], &["pdf"]),
    (
        Kind::Docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &[
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "application/vnd.ms-word.document.macroenabled.12",
            "application/vnd.ms-word.template.macroenabled.12",
        ],
        &["docx", "docm", "dotx", "dotm"],
    ),
    (Kind::Pptx, "application/vnd.openxmlformats-officedocument.presentationml.presentation", &[], &["pptx"]),
    (
        Kind::Xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &[
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            "application/vnd.ms-excel.sheet.macroenabled.12",
            "application/vnd.ms-excel.template.macroenabled.12",
            "application/vnd.ms-excel.addin.macroenabled.12",
        ],
        &["xlsx", "xlsm", "xltx", "xltm", "xlam"],
    ),
    (Kind::Xlsb, "application/vnd.ms-excel.sheet.binary.macroenabled.12", &[], &["xlsb"]),
    (Kind::Doc, "application/msword", &[], &["doc", "dot"]),
    (Kind::Ppt, "application/vnd.ms-powerpoint", &[], &["ppt", "pps"]),
    (Kind::Xls, "application/vnd.ms-excel", &[], &["xls", "xlt"]),
    (
        Kind::Odt,
        "application/vnd.oasis.opendocument.text",
        &["application/vnd.oasis.opendocument.text-template"],
        &["odt", "ott"],
    ),
    (
        Kind::Ods,
        "application/vnd.oasis.opendocument.spreadsheet",
        &["application/vnd.oasis.opendocument.spreadsheet-template"],
        &["ods", "ots"],
    ),
    (
        Kind::Odp,
        "application/vnd.oasis.opendocument.presentation",
        &["application/vnd.oasis.opendocument.presentation-template"],
        &["odp", "otp"],
    ),
    (Kind::Rtf, "application/rtf", &["text/rtf"], &["rtf"]),
    (Kind::Html, "text/html", &["application/xhtml+xml"], &["html", "htm", "xhtml"]),
    (Kind::Mhtml, "multipart/related", &["message/rfc822+mhtml", "application/x-mimearchive"], &["mhtml", "mht"]),
    (Kind::Eml, "message/rfc822", &[], &["eml"]),
    (Kind::Msg, "application/vnd.ms-outlook", &[], &["msg"]),
    (Kind::Svg, "image/svg+xml", &[], &["svg"]),
    (Kind::Png, "image/png", &[], &["png"]),
    (Kind::Jpeg, "image/jpeg", &["image/jpg"], &["jpeg", "jpg"]),
    (Kind::Webp, "image/webp", &[], &["webp"]),
    (Kind::Tiff, "image/tiff", &[], &["tif", "tiff"]),
    (Kind::Gif, "image/gif", &[], &["gif"]),
    (Kind::Bmp, "image/bmp", &["image/x-ms-bmp"], &["bmp"]),
    (Kind::Markdown, "text/markdown", &["text/x-markdown"], &["md", "markdown"]),
    (Kind::Csv, "text/csv", &["application/csv"], &["csv"]),
    (Kind::Tsv, "text/tab-separated-values", &[], &["tsv", "tab"]),
    (Kind::Json, "application/json", &[], &["json"]),
    (Kind::Xml, "application/xml", &["text/xml"], &["xml"]),
    (Kind::Yaml, "application/yaml", &["text/yaml", "application/x-yaml", "text/x-yaml"], &["yaml", "yml"]),
    (Kind::Text, "text/plain", &[], &["txt"]),
];

impl Kind {
    /// What the format is called on the wire.
    pub(crate) fn media_type(self) -> &'static str {
        NAMES.iter().find(|names| names.0 == self).map_or("application/octet-stream", |names| names.1)
    }

    fn from_media_type(media_type: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(kind, name, others, _)| {
                *kind != Self::Text && (*name == media_type || others.contains(&media_type))
            })
            .map(|names| names.0)
    }

    fn from_extension(extension: &str) -> Option<Self> {
        NAMES.iter().find(|(kind, .., all)| *kind != Self::Text && all.contains(&extension)).map(|names| names.0)
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
