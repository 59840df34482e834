//! The formats: from the bytes of a file to the document model.

mod delimited;
mod html;
pub(crate) mod office;
mod pdf;
mod text;

use std::borrow::Cow;

use crate::detect::{self, Kind};
use crate::document::{Block, Document, Page};
use crate::encoding;
use crate::engine::Weights;
use crate::error::Error;
use crate::limits::Limits;
use crate::operation::Progress;
use crate::options::ReadOptions;
use crate::source::Source;

/// What the reader of a format is given beside the file.
pub(crate) struct Context<'c> {
    pub(crate) options: &'c ReadOptions,
    pub(crate) limits: &'c Limits,
    #[expect(dead_code, reason = "the recogniser of characters loads its networks by it")]
    pub(crate) weights: &'c Weights,
    /// To be called once the number of pages is known, and after each.
    pub(crate) progress: &'c mut dyn FnMut(Progress),
    /// How many files this one lies in: attachments are documents.
    #[expect(dead_code, reason = "mail reads it")]
    pub(crate) depth: u32,
}

/// Reads a document, whatever it is.
pub(crate) fn read(source: &Source<'_>, context: &mut Context<'_>) -> Result<Document, Error> {
    let kind = detect::detect(source)?;
    let limits = context.limits;
    let pages = match kind {
        Kind::Pdf => pdf::read(source.bytes, context)?,
        Kind::Html => vec![html::read(&encoding::decode_markup(source.bytes, source.media_type), limits)?],
        Kind::Csv => vec![delimited::read(&decode(source), None, limits)?],
        Kind::Tsv => vec![delimited::read(&decode(source), Some(b'\t'), limits)?],
        Kind::Markdown => vec![Page::of_blocks(vec![Block::verbatim(text::normalize(&decode(source), limits)?)])],
        Kind::Text => text::pages(&decode(source), limits)?,
        Kind::Json | Kind::Xml | Kind::Yaml => {
            vec![Page::of_blocks(vec![Block::verbatim(text::normalize(&decode(source), limits)?)])]
        }
        Kind::Docx
        | Kind::Pptx
        | Kind::Xlsx
        | Kind::Xlsb
        | Kind::Doc
        | Kind::Ppt
        | Kind::Xls
        | Kind::Odt
        | Kind::Ods
        | Kind::Odp
        | Kind::Rtf => office::read(kind, source, context)?,
        kind => return Err(Error::UnsupportedType { detected: kind.media_type().to_owned() }),
    };
    Ok(Document { media_type: kind.media_type(), pages })
}

fn decode<'a>(source: &Source<'a>) -> Cow<'a, str> {
    encoding::decode(source.bytes, source.media_type)
}
