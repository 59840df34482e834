//! The formats: from the bytes of a file to the document model.

mod delimited;
mod html;
mod image;
mod invoice;
pub(crate) mod mail;
pub(crate) mod office;
mod pdf;
mod svg;
mod text;

use std::borrow::Cow;
use std::cell::OnceCell;

use ::image::RgbImage;

use crate::detect::{self, Kind};
use crate::document::{Declared, Document};
use crate::encoding;
use crate::engine::Weights;
use crate::error::Error;
use crate::limits::Limits;
use crate::ocr::{self, Recognized, Recognizer};
use crate::operation::Progress;
use crate::options::ReadOptions;
use crate::source::Source;

/// What the reader of a format is given beside the file.
pub(crate) struct Context<'c> {
    pub(crate) options: &'c ReadOptions,
    pub(crate) limits: &'c Limits,
    pub(crate) weights: &'c Weights,
    pub(crate) recognizer: &'c OnceCell<Recognizer>,
    /// To be called once the number of pages is known, and after each.
    pub(crate) progress: &'c mut dyn FnMut(Progress),
    /// How many files this one lies in: attachments are documents.
    pub(crate) depth: u32,
    /// What the file states beside its pages.
    pub(crate) declared: Vec<Declared>,
}

impl Context<'_> {
    /// Reads the text of a picture.
    pub(crate) fn recognize(&self, picture: &RgbImage) -> Result<Recognized, Error> {
        ocr::recognize(ocr::loaded(self.recognizer, self.weights)?, picture)
    }

    /// For a part of this file that is read as a file of its own, that many files deep.
    fn within<'w>(&'w self, depth: u32, progress: &'w mut dyn FnMut(Progress)) -> Context<'w> {
        let Self { options, limits, weights, recognizer, .. } = *self;
        Context { options, limits, weights, recognizer, progress, depth, declared: Vec::new() }
    }
}

/// Reads a document, whatever it is.
pub(crate) fn read(source: &Source<'_>, context: &mut Context<'_>) -> Result<Document, Error> {
    let kind = detect::detect(source)?;
    let limits = context.limits;
    let pages = match kind {
        Kind::Pdf => pdf::read(source.bytes, context)?,
        Kind::Html => vec![html::read(&encoding::decode_markup(source.bytes, source.media_type), limits)?],
        Kind::Mhtml => vec![mail::mhtml(source.bytes, limits)?],
        Kind::Eml => mail::eml(source.bytes, context)?,
        Kind::Msg => mail::msg(source.bytes, context)?,
        Kind::Svg => vec![svg::read(&encoding::decode_markup(source.bytes, source.media_type), limits)?],
        Kind::Csv => vec![delimited::read(&decode(source), None, limits)?],
        Kind::Tsv => vec![delimited::read(&decode(source), Some(b'\t'), limits)?],
        Kind::Markdown | Kind::Json | Kind::Yaml => vec![text::page(&decode(source), limits)?],
        Kind::Xml => {
            let text = encoding::decode_markup(source.bytes, source.media_type);
            context.declared = invoice::declared(&text, limits);
            vec![text::page(&text, limits)?]
        }
        Kind::Text => text::pages(&decode(source), limits)?,
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
        Kind::Png | Kind::Jpeg | Kind::Webp | Kind::Tiff | Kind::Gif | Kind::Bmp => {
            image::read(source.bytes, kind, context)?
        }
    };
    Ok(Document { media_type: kind.media_type(), pages, declared: std::mem::take(&mut context.declared) })
}

fn decode<'a>(source: &Source<'a>) -> Cow<'a, str> {
    encoding::decode(source.bytes, source.media_type)
}
