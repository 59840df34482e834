//! PDF: opens the file and reads the text layer page by page.
//!
//! All use of the interpreter is in this module, for its interface changes between minor versions. `device` turns its
//! drawing calls into runs of glyphs, `layout` turns runs into lines and knows nothing of PDF.

mod content;
mod device;
mod layout;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Page};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

use self::device::TextDevice;
use super::Context;
use crate::document::{self, Block};
use crate::error::Error;
use crate::limits::Limits;
use crate::operation::{Progress, Stage};

/// Reads the text of all pages. Pages without text come out blank.
pub(crate) fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<document::Page>, Error> {
    let limits = context.limits;
    // The interpreter wants to own the bytes: the one copy of a document within the engine.
    let pdf = Pdf::new(bytes.to_vec()).map_err(invalid)?;
    let pages = pdf.pages();
    limits.check_pages(pages.len())?;
    if pages.is_empty() {
        return Err(Error::Invalid { media_type: "application/pdf", reason: "it has no pages".to_owned() });
    }
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings::default();
    let mut texts = Vec::with_capacity(pages.len());
    let mut text_bytes = 0;
    for page in pages.iter() {
        let text = page_text(page, &cache, &settings, limits)?;
        text_bytes += text.len();
        limits.check_text_bytes(text_bytes)?;
        texts.push(document::Page::of_blocks(vec![Block::verbatim(text)]));
        (context.progress)(Progress { stage: Stage::Reading, done: count(texts.len()), total: count(pages.len()) });
    }
    Ok(texts)
}

fn page_text<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    limits: &Limits,
) -> Result<String, Error> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    // The page's own rotation is part of this transform; `true` points the y axis down, in reading order.
    let upright = page.initial_transform(true).to_kurbo();
    let mut context = hayro_interpret::Context::new(upright, bounds, cache, page.xref(), settings.clone());
    let mut device = TextDevice::new(bounds, limits);
    interpret_page(page, &mut context, &mut device);
    Ok(layout::text(device.finish()?))
}

fn invalid(error: LoadPdfError) -> Error {
    let reason = match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => "it is protected by a password",
        LoadPdfError::Decryption(_) => "its encryption cannot be undone",
        LoadPdfError::Invalid => "its objects or its page tree cannot be read",
    };
    Error::Invalid { media_type: "application/pdf", reason: reason.to_owned() }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
