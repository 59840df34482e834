//! Office and OpenDocument files.

pub(crate) mod codepage;
mod compound;
mod container;
mod docx;
mod flow;
mod graphic;
mod legacy;
mod marker;
mod odf;
mod pieces;
mod pptx;
mod relations;
mod rtf;
mod sheet;
mod symbol;
mod xml;

use crate::detect::Kind;
use crate::document::Page;
use crate::error::Error;
use crate::format::Context;
use crate::operation::{Progress, Stage};
use crate::source::Source;

/// Reads a document of one of the formats of this module.
pub(crate) fn read(kind: Kind, source: &Source<'_>, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let (bytes, media_type) = (source.bytes, kind.media_type());
    let pages = match kind {
        Kind::Docx => docx::read(bytes, media_type, context),
        Kind::Xlsx => sheet::read_xlsx(bytes, media_type, context),
        Kind::Xlsb => sheet::read_xlsb(bytes, media_type, context),
        Kind::Xls => sheet::read_xls(bytes, media_type, context),
        Kind::Ods => sheet::read_ods(bytes, media_type, context),
        Kind::Pptx => pptx::read(bytes, media_type, context),
        Kind::Odt => odf::read_text(bytes, media_type, context),
        Kind::Odp => odf::read_slides(bytes, media_type, context),
        Kind::Rtf => rtf::read(bytes, media_type, context),
        Kind::Doc => legacy::read_doc(bytes, media_type, context),
        Kind::Ppt => legacy::read_ppt(bytes, media_type, context),
        _ => Err(Error::UnsupportedType { detected: media_type.to_owned() }),
    }?;
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    (context.progress)(Progress { stage: Stage::Reading, done: count, total: count });
    Ok(pages)
}

/// Passwords of these formats are not read, so asking for one would lead nowhere.
fn encrypted() -> Error {
    Error::UnsupportedType { detected: "an Office document that is encrypted with a password".to_owned() }
}
