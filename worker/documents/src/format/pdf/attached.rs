//! Files that a PDF carries: of those the invoice in XML that states what the pages show.
//!
//! ISO 32000-2, 7.11.4 and 14.13; which name the invoice has differs from one profile to the next, so that its content
//! tells it.

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::document::Declared;
use crate::encoding;
use crate::format::invoice;
use crate::limits::Limits;

/// Files that are looked at, and nodes of the tree that lists them. A hybrid invoice has one, with supporting papers some
/// ten.
const MAX_FILES: usize = 64;
/// Bytes of such a file as it is stored, and as it is. The first keeps short what is unpacked of a file that is made to
/// be long; an invoice of a thousand lines has some 100 KiB packed and 2 MiB unpacked.
const MAX_PACKED_BYTES: usize = 512 << 10;
const MAX_BYTES: usize = 16 << 20;

/// What the first invoice states that is attached.
pub(super) fn declared(pdf: &Pdf, limits: &Limits) -> Vec<Declared> {
    let Some(root) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else { return Vec::new() };
    let mut files = Vec::new();
    if let Some(associated) = root.get::<Array<'_>>("AF") {
        files.extend(dicts(&associated));
    }
    if let Some(tree) = root.get::<Dict<'_>>("Names").and_then(|names| names.get::<Dict<'_>>("EmbeddedFiles")) {
        push_tree(tree, &mut files);
    }
    let stated = files.iter().take(MAX_FILES).filter_map(|file| text_of(file, limits));
    stated.into_iter().find(|stated| !stated.is_empty()).unwrap_or_default()
}

/// The files of a name tree (7.9.6): its leaves list names and files in turn.
fn push_tree<'p>(tree: Dict<'p>, files: &mut Vec<Dict<'p>>) {
    let mut nodes = vec![tree];
    let mut seen = 0;
    while let Some(node) = nodes.pop()
        && seen < MAX_FILES
    {
        seen += 1;
        if let Some(kids) = node.get::<Array<'_>>("Kids") {
            nodes.extend(dicts(&kids));
        }
        if let Some(names) = node.get::<Array<'_>>("Names") {
            files.extend(dicts(&names));
        }
    }
}

/// The dictionaries of an array, whatever stands between them.
fn dicts<'p>(array: &Array<'p>) -> impl Iterator<Item = Dict<'p>> + use<'p> {
    array.iter::<Object<'_>>().take(2 * MAX_FILES).filter_map(Object::into_dict)
}

/// What a file specification's file states, if it is XML of an invoice.
fn text_of(file: &Dict<'_>, limits: &Limits) -> Option<Vec<Declared>> {
    let embedded = file.get::<Dict<'_>>("EF")?;
    let stream = embedded.get::<Stream<'_>>("UF").or_else(|| embedded.get::<Stream<'_>>("F"))?;
    if stream.raw_data().len() > MAX_PACKED_BYTES {
        return None;
    }
    let bytes = stream.decoded_data().ok()?;
    let begins = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !BYTE_ORDER_MARKS.contains(byte))?;
    (*begins == b'<' && bytes.len() <= MAX_BYTES)
        .then(|| invoice::declared(&encoding::decode_markup(&bytes, None), limits))
}

/// The bytes of the marks that XML may begin with, and those of UTF-16 between its signs.
const BYTE_ORDER_MARKS: &[u8] = &[0xef, 0xbb, 0xbf, 0xfe, 0xff, 0];
