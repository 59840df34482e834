//! Pictures: each frame is a page, read by character recognition.

mod decode;
mod tiff;

use image::RgbImage;

use self::decode::decode;
use super::Context;
use crate::detect::Kind;
use crate::document::{Page, Size};
use crate::error::Error;
use crate::layout;
use crate::ocr;
use crate::operation::{Progress, Stage};

/// Reads a picture; of an animation, its first frame: the others are not pages.
pub(crate) fn read(bytes: &[u8], kind: Kind, context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    if kind == Kind::Tiff {
        return pages_of_tiff(bytes, context);
    }
    let picture = decode(bytes, kind, context.limits)?;
    let page = page(&picture, context)?;
    (context.progress)(Progress { stage: Stage::Recognizing, done: 1, total: 1 });
    Ok(vec![page])
}

fn pages_of_tiff(bytes: &[u8], context: &mut Context<'_>) -> Result<Vec<Page>, Error> {
    let directories = tiff::directories(bytes, context.limits)?;
    let total = u32::try_from(directories.len()).unwrap_or(u32::MAX);
    let mut pages = Vec::with_capacity(directories.len());
    (context.progress)(Progress { stage: Stage::Recognizing, done: 0, total });
    for (done, directory) in (1..).zip(directories) {
        let picture = tiff::picture(bytes, directory, context.limits)?;
        pages.push(page(&picture, context)?);
        (context.progress)(Progress { stage: Stage::Recognizing, done, total });
    }
    Ok(pages)
}

fn page(picture: &RgbImage, context: &Context<'_>) -> Result<Page, Error> {
    let recognized = context.recognize(picture)?;
    let size = Size { width: recognized.width, height: recognized.height };
    let fragments = ocr::fragments(&recognized, (1.0, 1.0), (0.0, 0.0));
    let blocks = layout::blocks(fragments, &[], size, context.limits)?;
    Ok(Page { size: Some(size), ..Page::of_blocks(blocks) })
}
