//! Documents by the ends of their names.

use std::collections::BTreeSet;

use super::given::Given;

/// The types of the contract (A.6).
pub(super) const KNOWN: [&str; 45] = [
    "bmp", "csv", "doc", "docm", "docx", "dotm", "dotx", "eml", "gif", "heic", "heif", "htm", "html", "jpeg", "jpg",
    "json", "md", "mhtml", "msg", "odp", "ods", "odt", "ots", "ott", "pdf", "png", "ppt", "pptx", "rtf", "svg", "tif",
    "tiff", "tsv", "txt", "webp", "xlam", "xls", "xlsb", "xlsm", "xlsx", "xltm", "xltx", "xml", "yaml", "yml",
];

/// The types that are asked for, each once.
pub(super) fn check(given: &mut Given) -> Vec<String> {
    let parts = given.document_types.iter().flat_map(|text| text.split(','));
    let wanted: BTreeSet<String> = parts.map(|part| part.trim().to_lowercase()).collect();
    if !wanted.iter().all(|kind| KNOWN.contains(&kind.as_str())) {
        given.refuse("document_type", "enum", format!("must be a list of {}", KNOWN.join(", ")));
    }
    wanted.into_iter().collect()
}
