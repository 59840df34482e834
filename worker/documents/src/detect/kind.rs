//! The formats and their names.

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

/// A format, what people call it, its media type, other names of that, and the extensions of its files.
type Names = (Kind, &'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const NAMES: [Names; 30] = [
    (Kind::Pdf, "PDF", "application/pdf", &["application/x-pdf"], &["pdf"]),
    (
        Kind::Docx,
        "DOCX",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &[
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
            "application/vnd.ms-word.document.macroenabled.12",
            "application/vnd.ms-word.template.macroenabled.12",
        ],
        &["docx", "docm", "dotx", "dotm"],
    ),
    (Kind::Pptx, "PPTX", "application/vnd.openxmlformats-officedocument.presentationml.presentation", &[], &["pptx"]),
    (
        Kind::Xlsx,
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &[
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
            "application/vnd.ms-excel.sheet.macroenabled.12",
            "application/vnd.ms-excel.template.macroenabled.12",
            "application/vnd.ms-excel.addin.macroenabled.12",
        ],
        &["xlsx", "xlsm", "xltx", "xltm", "xlam"],
    ),
    (Kind::Xlsb, "XLSB", "application/vnd.ms-excel.sheet.binary.macroenabled.12", &[], &["xlsb"]),
    (Kind::Doc, "DOC", "application/msword", &[], &["doc", "dot"]),
    (Kind::Ppt, "PPT", "application/vnd.ms-powerpoint", &[], &["ppt", "pps"]),
    (Kind::Xls, "XLS", "application/vnd.ms-excel", &[], &["xls", "xlt"]),
    (
        Kind::Odt,
        "ODT",
        "application/vnd.oasis.opendocument.text",
        &["application/vnd.oasis.opendocument.text-template"],
        &["odt", "ott"],
    ),
    (
        Kind::Ods,
        "ODS",
        "application/vnd.oasis.opendocument.spreadsheet",
        &["application/vnd.oasis.opendocument.spreadsheet-template"],
        &["ods", "ots"],
    ),
    (
        Kind::Odp,
        "ODP",
        "application/vnd.oasis.opendocument.presentation",
        &["application/vnd.oasis.opendocument.presentation-template"],
        &["odp", "otp"],
    ),
    (Kind::Rtf, "RTF", "application/rtf", &["text/rtf"], &["rtf"]),
    (Kind::Html, "HTML", "text/html", &["application/xhtml+xml"], &["html", "htm", "xhtml"]),
    (
        Kind::Mhtml,
        "MHTML",
        "multipart/related",
        &["message/rfc822+mhtml", "application/x-mimearchive"],
        &["mhtml", "mht"],
    ),
    (Kind::Eml, "EML", "message/rfc822", &[], &["eml"]),
    (Kind::Msg, "MSG", "application/vnd.ms-outlook", &[], &["msg"]),
    (Kind::Svg, "SVG", "image/svg+xml", &[], &["svg"]),
    (Kind::Png, "PNG", "image/png", &[], &["png"]),
    (Kind::Jpeg, "JPEG", "image/jpeg", &["image/jpg"], &["jpeg", "jpg"]),
    (Kind::Webp, "WebP", "image/webp", &[], &["webp"]),
    (Kind::Tiff, "TIFF", "image/tiff", &[], &["tif", "tiff"]),
    (Kind::Gif, "GIF", "image/gif", &[], &["gif"]),
    (Kind::Bmp, "BMP", "image/bmp", &["image/x-ms-bmp"], &["bmp"]),
    (Kind::Markdown, "Markdown", "text/markdown", &["text/x-markdown"], &["md", "markdown"]),
    (Kind::Csv, "CSV", "text/csv", &["application/csv"], &["csv"]),
    (Kind::Tsv, "TSV", "text/tab-separated-values", &[], &["tsv", "tab"]),
    (Kind::Json, "JSON", "application/json", &[], &["json"]),
    (Kind::Xml, "XML", "application/xml", &["text/xml"], &["xml"]),
    (Kind::Yaml, "YAML", "application/yaml", &["text/yaml", "application/x-yaml", "text/x-yaml"], &["yaml", "yml"]),
    (Kind::Text, "plain text", "text/plain", &[], &["txt"]),
];

impl Kind {
    /// What the format is called on the wire.
    pub(crate) fn media_type(self) -> &'static str {
        NAMES.iter().find(|names| names.0 == self).map_or("application/octet-stream", |names| names.2)
    }

    /// What text with this media type is. `text/plain` names no kind: it is also what senders write who do not know.
    pub(super) fn from_media_type(media_type: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(kind, _, name, others, _)| {
                *kind != Self::Text && (*name == media_type || others.contains(&media_type))
            })
            .map(|names| names.0)
    }

    pub(super) fn from_extension(extension: &str) -> Option<Self> {
        NAMES.iter().find(|(.., all)| all.contains(&extension)).map(|names| names.0)
    }

    /// Whether its files are text whose kind the content need not show, so that their label decides.
    pub(super) fn is_told_by_label(self) -> bool {
        matches!(
            self,
            Self::Html
                | Self::Mhtml
                | Self::Eml
                | Self::Svg
                | Self::Markdown
                | Self::Csv
                | Self::Tsv
                | Self::Json
                | Self::Xml
                | Self::Yaml
                | Self::Text
        )
    }
}

/// The formats as people call them, for a message.
pub(crate) fn supported() -> String {
    let names: Vec<&str> = NAMES.iter().map(|names| names.1).collect();
    match names.split_last() {
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Every format with the extensions of its files.
#[cfg(test)]
pub(crate) fn extensions() -> impl Iterator<Item = (Kind, &'static [&'static str])> {
    NAMES.iter().map(|names| (names.0, names.4))
}
