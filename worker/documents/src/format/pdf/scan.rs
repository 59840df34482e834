//! Pages whose text is in pictures, wholly or in part.

use std::collections::HashMap;

use hayro_interpret::InterpreterSettings;
use hayro_interpret::hayro_syntax::page::Page;
use image::{RgbImage, imageops};

use super::content::{ImagePlace, PageContent};
use super::cover::Cover;
use super::draw::draw;
use crate::document::Size;
use crate::error::Error;
use crate::format::Context;
use crate::layout::{Fragment, Placed};
use crate::ocr;

/// A picture that takes up this part of a page is looked at.
const REGION: f32 = 0.1;
/// Pictures that together take up this part of a page are one: the strips of a scan.
const STRIPS: f32 = 0.3;
/// A picture of this part of a page is the page.
const WHOLE: f32 = 0.8;
/// More pictures than this on one page are looked at as one.
const MAX_REGIONS: usize = 8;
/// A page with a larger part of unreadable glyphs is read as a picture.
const UNREADABLE: f32 = 0.2;
/// Hidden text that has this part of the recognised words is that of the picture.
const AGREES: f32 = 0.5;
/// Words of fewer letters are in every text.
const TELLING: usize = 3;
/// A drawn page whose darkest and lightest pixels are closer than this is blank.
const CONTRAST: u8 = 24;

/// What of a page has to be recognised.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Need {
    Nothing,
    /// All of it; what the file says of its text is not used.
    Page,
    /// These pictures, beside the text.
    Pictures(Vec<ImagePlace>),
}

/// What of a page has to be recognised.
pub(super) fn need(content: &PageContent) -> Need {
    let glyphs = content.readable_glyphs.saturating_add(content.unreadable_glyphs);
    let has_text = !content.fragments.is_empty() || !content.turned.is_empty();
    let is_unreadable = content.unreadable_glyphs as f32 > UNREADABLE * glyphs as f32;
    // A page without text and pictures may still have letters that are drawn as shapes.
    if is_unreadable || !has_text {
        return Need::Page;
    }
    let page = content.size.width * content.size.height;
    let part = |image: &ImagePlace| (image.right - image.left) * (image.bottom - image.top) / page.max(1.0);
    let mut large: Vec<ImagePlace> = content.images.iter().filter(|image| part(image) >= REGION).copied().collect();
    let all = content.images.iter().map(part).sum::<f32>();
    if (large.is_empty() && all >= STRIPS) || large.len() > MAX_REGIONS {
        large = around(&content.images).into_iter().collect();
    }
    if large.is_empty() { Need::Nothing } else { Need::Pictures(large) }
}

fn around(images: &[ImagePlace]) -> Option<ImagePlace> {
    images.iter().copied().reduce(|all, next| ImagePlace {
        left: all.left.min(next.left),
        top: all.top.min(next.top),
        right: all.right.max(next.right),
        bottom: all.bottom.max(next.bottom),
    })
}

/// Adds to a page what is recognised in its pictures.
pub(super) fn recognize<'a>(
    page: &'a Page<'a>,
    settings: &InterpreterSettings,
    content: &mut PageContent,
    need: &Need,
    context: &Context<'_>,
) -> Result<(), Error> {
    let picture = draw(page, settings, context.options.image_resolution_dpi);
    match need {
        Need::Nothing => Ok(()),
        Need::Page => whole(content, &picture, context),
        Need::Pictures(pictures) => beside_text(content, &picture, pictures, context),
    }
}

fn whole(content: &mut PageContent, picture: &RgbImage, context: &Context<'_>) -> Result<(), Error> {
    if is_blank(picture) {
        return Ok(());
    }
    let recognized = context.recognize(picture)?;
    let size = if recognized.turns % 2 == 1 {
        Size { width: content.size.height, height: content.size.width }
    } else {
        content.size
    };
    let scale = (size.width / recognized.width.max(1.0), size.height / recognized.height.max(1.0));
    let fragments = ocr::fragments(&recognized, scale, (0.0, 0.0));
    let hidden = std::mem::take(&mut content.hidden);
    content.turned.clear();
    if recognized.turns == 0 && agrees(&hidden, &fragments) {
        content.fragments = hidden;
        return Ok(());
    }
    content.fragments = fragments;
    if recognized.turns != 0 {
        content.rules.clear();
    }
    content.size = size;
    Ok(())
}

fn beside_text(
    content: &mut PageContent,
    picture: &RgbImage,
    places: &[ImagePlace],
    context: &Context<'_>,
) -> Result<(), Error> {
    let page = content.size;
    let per_point = (picture.width() as f32 / page.width.max(1.0), picture.height() as f32 / page.height.max(1.0));
    let mut found = Vec::new();
    for place in places {
        let area = (place.right - place.left) * (place.bottom - place.top);
        let whole = ImagePlace { left: 0.0, top: 0.0, right: page.width, bottom: page.height };
        let place = if area >= WHOLE * page.width * page.height { whole } else { *place };
        let part = cut(picture, &place, per_point);
        if part.width() == 0 || part.height() == 0 || is_blank(&part) {
            continue;
        }
        let recognized = context.recognize(&part)?;
        let scale = (
            (place.right - place.left) / recognized.width.max(1.0),
            (place.bottom - place.top) / recognized.height.max(1.0),
        );
        found.extend(ocr::fragments(&recognized, scale, (place.left, place.top)));
        if place == whole {
            break;
        }
    }
    let mut cover = Cover::new(page);
    content.fragments.iter().flat_map(|fragment| &fragment.words).for_each(|word| cover.add(word));
    for (direction, fragments) in &content.turned {
        let back = |word: &Placed| direction.back_word(word, page);
        fragments.iter().flat_map(|fragment| &fragment.words).map(back).for_each(|word| cover.add(&word));
    }
    cover.keep_uncovered(&mut found);
    let mut hidden = std::mem::take(&mut content.hidden);
    cover.keep_uncovered(&mut hidden);
    // The writer's hidden text and the recognised are two readings of the same pictures.
    content.fragments.extend(if agrees(&hidden, &found) { hidden } else { found });
    Ok(())
}

fn cut(picture: &RgbImage, place: &ImagePlace, per_point: (f32, f32)) -> RgbImage {
    let (left, top) = ((place.left * per_point.0).max(0.0) as u32, (place.top * per_point.1).max(0.0) as u32);
    let (right, bottom) = ((place.right * per_point.0).ceil() as u32, (place.bottom * per_point.1).ceil() as u32);
    imageops::crop_imm(picture, left, top, right.saturating_sub(left), bottom.saturating_sub(top)).to_image()
}

fn is_blank(picture: &RgbImage) -> bool {
    let (least, most) = picture
        .pixels()
        .map(|pixel| pixel.0[1])
        .fold((u8::MAX, u8::MIN), |(least, most), green| (least.min(green), most.max(green)));
    most.saturating_sub(least) < CONTRAST
}

/// Whether hidden text says what was recognised: most of the words that were.
fn agrees(hidden: &[Fragment], recognized: &[Fragment]) -> bool {
    let mut known: HashMap<String, u32> = HashMap::new();
    for word in telling(hidden) {
        *known.entry(word).or_default() += 1;
    }
    let (mut seen, mut all) = (0.0, 0.0);
    for word in telling(recognized) {
        all += 1.0;
        if let Some(left) = known.get_mut(&word).filter(|left| **left > 0) {
            *left -= 1;
            seen += 1.0;
        }
    }
    // As many words in the other direction: text that says much beside what is to be seen is not that of the picture.
    let unseen: u32 = known.values().sum();
    all > 0.0 && seen >= AGREES * all && unseen as f32 <= all
}

fn telling(fragments: &[Fragment]) -> impl Iterator<Item = String> {
    fragments.iter().flat_map(|fragment| &fragment.words).filter_map(|word| {
        let letters: String =
            word.text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        (letters.chars().count() >= TELLING).then_some(letters)
    })
}
