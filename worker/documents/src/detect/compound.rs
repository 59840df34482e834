//! OLE compound files: the Office formats before 2007 and Outlook's messages, told apart by the streams at their root.

use std::io::Cursor;

use super::Kind;
use crate::error::Error;

/// Of several, the first names the kind: a message is one whatever it carries.
const STREAMS: [(&str, Kind); 5] = [
    ("__properties_version1.0", Kind::Msg),
    ("WordDocument", Kind::Doc),
    ("PowerPoint Document", Kind::Ppt),
    ("Workbook", Kind::Xls),
    ("Book", Kind::Xls),
];
/// An Office file of today that is encrypted lies in a compound file as this stream.
const ENCRYPTED: &str = "EncryptedPackage";

pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The kind of a compound file. One of which the directory is lost is taken for what it is labelled as, for its reader
/// to say what is wrong with it.
pub(super) fn kind(bytes: &[u8], labelled: Option<Kind>) -> Result<Kind, Error> {
    let Ok(file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        let compound = |kind: &Kind| STREAMS.iter().any(|(_, of)| of == kind);
        return labelled.filter(compound).ok_or_else(|| unsupported("application/x-ole-storage"));
    };
    if file.exists(ENCRYPTED) {
        return Err(unsupported("an Office document that is encrypted with a password"));
    }
    let known = STREAMS.iter().find(|(stream, _)| file.exists(stream));
    known.map(|(_, kind)| *kind).ok_or_else(|| unsupported("application/x-ole-storage"))
}

fn unsupported(detected: &str) -> Error {
    Error::UnsupportedType { detected: detected.to_owned() }
}
