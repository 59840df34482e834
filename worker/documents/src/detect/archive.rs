//! Zip containers: Office and OpenDocument files, told apart by the names of what they hold. Nothing is inflated but a
//! media type.

use std::io::Read;

use super::Kind;
use crate::error::Error;

/// More names are not looked at. The parts that tell a kind stand among the first: writers put them there.
const MAX_NAMES: usize = 10_000;
/// The longest comment that may follow the end record of a zip file, and that record.
const END_WINDOW: usize = 65_535 + 22;
/// The longest media type is that of OpenDocument presentation templates, with 59 bytes.
const MAX_MEDIA_TYPE: u64 = 128;

pub(super) fn is_archive(bytes: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06"].iter().any(|tag| bytes.starts_with(*tag))
}

/// The kind of an archive. One of which the names are lost is taken for what it is labelled as, for its reader to say
/// what is wrong with it.
pub(super) fn kind(bytes: &[u8], labelled: Option<Kind>) -> Result<Kind, Error> {
    if let Some(media_type) = media_type(bytes) {
        return Kind::from_media_type(&media_type).ok_or(Error::UnsupportedType { detected: media_type });
    }
    let mut names = Parts::default();
    let is_complete = central_names(bytes, |name| names.note(name)).is_some();
    if !is_complete {
        local_names(bytes, |name| names.note(name));
    }
    let container = |kind: &Kind| is_office(*kind);
    match names.kind() {
        Some(kind) => Ok(kind),
        None if !is_complete => labelled.filter(container).ok_or_else(zip_of_something_else),
        None => Err(zip_of_something_else()),
    }
}

fn is_office(kind: Kind) -> bool {
    matches!(kind, Kind::Docx | Kind::Pptx | Kind::Xlsx | Kind::Xlsb | Kind::Odt | Kind::Ods | Kind::Odp)
}

fn zip_of_something_else() -> Error {
    Error::UnsupportedType { detected: "application/zip".to_owned() }
}

/// The media type that OpenDocument and EPUB files hold as their first entry.
fn media_type(bytes: &[u8]) -> Option<String> {
    let mut bytes = bytes;
    let entry = zip::read::read_zipfile_from_stream(&mut bytes).ok()??;
    if entry.name().ok()? != "mimetype" {
        return None;
    }
    let mut media_type = String::new();
    entry.take(MAX_MEDIA_TYPE).read_to_string(&mut media_type).ok()?;
    let media_type = media_type.trim().to_ascii_lowercase();
    (!media_type.is_empty() && media_type.bytes().all(|byte| byte.is_ascii_graphic())).then_some(media_type)
}

/// The parts that were seen, which tell the kind.
#[derive(Default)]
struct Parts {
    types: bool,
    word: bool,
    slides: bool,
    cells: bool,
    binary_cells: bool,
}

impl Parts {
    fn note(&mut self, name: &[u8]) {
        // The package format compares names without regard to case; some writers lead them with a slash.
        let name = name.strip_prefix(b"/").unwrap_or(name).to_ascii_lowercase();
        self.types |= name == b"[content_types].xml";
        self.word |= name.starts_with(b"word/");
        self.slides |= name.starts_with(b"ppt/");
        self.cells |= name.starts_with(b"xl/");
        self.binary_cells |= name == b"xl/workbook.bin";
    }

    fn kind(&self) -> Option<Kind> {
        match self {
            Self { types: false, .. } => None,
            Self { word: true, .. } => Some(Kind::Docx),
            Self { slides: true, .. } => Some(Kind::Pptx),
            Self { binary_cells: true, .. } => Some(Kind::Xlsb),
            Self { cells: true, .. } => Some(Kind::Xlsx),
            _ => None,
        }
    }
}

/// Walks the central directory. None if there is none, as in a file that was cut.
fn central_names(bytes: &[u8], mut note: impl FnMut(&[u8])) -> Option<()> {
    let start = bytes.len().saturating_sub(END_WINDOW);
    let window = bytes.get(start..)?;
    let end = window.windows(4).rposition(|tag| tag == b"PK\x05\x06")?;
    let offset = u32::from_le_bytes(window.get(end + 16..end + 20)?.try_into().ok()?);
    // Files of more than 4 GiB, whose offset does not fit here, are over the cap of every installation.
    let mut rest = bytes.get(usize::try_from(offset).ok()?..)?;
    for _ in 0..MAX_NAMES {
        if !rest.starts_with(b"PK\x01\x02") {
            break;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| short(rest, at));
        note(rest.get(46..46 + name?)?);
        rest = rest.get(46 + name? + extra? + comment?..)?;
    }
    Some(())
}

/// Looks for the headers before each entry, in a file whose directory is lost.
fn local_names(bytes: &[u8], mut note: impl FnMut(&[u8])) {
    let headers = bytes.windows(4).enumerate().filter(|(_, tag)| *tag == b"PK\x03\x04").take(MAX_NAMES);
    for (at, _) in headers {
        let name = short(bytes, at + 26).and_then(|length| bytes.get(at + 30..at + 30 + length));
        note(name.unwrap_or_default());
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes).map(usize::from)
}
