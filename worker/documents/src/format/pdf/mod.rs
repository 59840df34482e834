//! PDF: opens the file and reads it page by page.
//!
//! All use of the interpreter is in this module, for its interface changes between minor versions. `device` turns its
//! drawing calls into the content of a page; what lines, columns and tables that makes is for [`crate::layout`], which
//! knows nothing of PDF.

mod attached;
mod content;
mod cover;
mod damage;
mod device;
mod direction;
mod draw;
mod fonts;
mod hidden;
mod meaning;
mod repair;
mod run;
mod scan;
mod stance;
mod strokes;

use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf, page::Page};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

use self::content::PageContent;
use self::device::PageDevice;
use self::fonts::Fonts;
use self::meaning::Meanings;
use self::scan::Need;
use super::Context;
use crate::document::{self, Size};
use crate::error::Error;
use crate::limits::Limits;
use crate::operation::{Progress, Stage};

const MEDIA_TYPE: &str = "application/pdf";

/// Reads all pages. Pages without text come out blank.
pub(crate) fn read(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<document::Page>, Error> {
    let limits = context.limits;
    let password = context.options.password.as_deref();
    // The interpreter wants to own the bytes: the one copy of a document within the engine.
    let mut bytes = bytes.to_vec();
    repair::mend(&mut bytes);
    let pdf = Pdf::new_with_password(bytes, password.unwrap_or_default())
        .map_err(|error| refusal(error, password.is_some()))?;
    let pages = pdf.pages();
    limits.check_pages(pages.len())?;
    damage::check(&pdf)?;
    if pages.is_empty() {
        return Err(invalid("it has no pages"));
    }
    context.declared = attached::declared(&pdf, limits);
    let cache = InterpreterCache::new();
    let mut settings = InterpreterSettings::default();
    let mut fonts = Fonts::new(&mut settings);
    let mut meanings = Meanings::new();
    let mut read = Vec::with_capacity(pages.len());
    let mut text_bytes = 0;
    let mut missing = None;
    (context.progress)(Progress { stage: Stage::Reading, done: 0, total: count(pages.len()) });
    for page in pages.iter() {
        meanings.start_page(fonts.of(page));
        let mut content = content(page, &cache, &settings, &mut meanings, limits)?;
        damage::check_page(page, read.len() + 1, content.is_blank())?;
        let need = scan::need(&content);
        if need != Need::Nothing && missing.is_none() {
            let (done, total) = (count(read.len()), count(pages.len()));
            (context.progress)(Progress { stage: Stage::Recognizing, done, total });
            match scan::recognize(page, &settings, &mut content, &need, context) {
                Err(error @ Error::OcrModelMissing { .. }) => missing = Some(error),
                done => done?,
            }
        }
        let unreadable_glyphs = content.unreadable_glyphs;
        let size = Some(content.size);
        let blocks = content.into_blocks(limits)?;
        let page = document::Page { size, blocks, unreadable_glyphs, ..document::Page::default() };
        text_bytes += page.lines().map(|line| line.text.len()).sum::<usize>();
        limits.check_text_bytes(text_bytes)?;
        read.push(page);
        (context.progress)(Progress { stage: Stage::Reading, done: count(read.len()), total: count(pages.len()) });
    }
    // What can be read without networks is enough, if it is anything at all.
    match missing {
        Some(missing) if read.iter().all(document::Page::is_blank) => Err(missing),
        _ => Ok(read),
    }
}

fn content<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    meanings: &mut Meanings,
    limits: &Limits,
) -> Result<PageContent, Error> {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    // The page's own rotation is part of this transform; `true` points the y axis down, in reading order.
    let upright = page.initial_transform(true).to_kurbo();
    let mut context = hayro_interpret::Context::new(upright, bounds, cache, page.xref(), settings.clone());
    let mut device = PageDevice::new(Size { width, height }, meanings, limits);
    interpret_page(page, &mut context, &mut device);
    device.finish()
}

fn refusal(error: LoadPdfError, has_password: bool) -> Error {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) if has_password => Error::PasswordWrong,
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::PasswordRequired,
        LoadPdfError::Decryption(_) => invalid("its encryption cannot be undone"),
        LoadPdfError::Invalid => invalid("its objects or its page tree cannot be read"),
    }
}

fn invalid(reason: &str) -> Error {
    Error::Invalid { media_type: MEDIA_TYPE, reason: reason.to_owned() }
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}
