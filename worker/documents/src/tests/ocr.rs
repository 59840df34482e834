//! Pictures of text, however they lie. `fixtures/lines.png` is two lines of DejaVu Sans, 30 pixels high, on 640 by 150.

use std::io::Cursor;
use std::path::PathBuf;

use image::{DynamicImage, GenericImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage, imageops};

use crate::document::{Document, Line, Origin};
use crate::{Engine, Limits, ReadOptions, Source};

pub(super) const LINES: &[u8] = include_bytes!("fixtures/lines.png");
pub(super) const TEXT: [&str; 2] = ["Überweisung fällig: 1.284,50 €", "Réglé à Genève, le 3 août 2024"];

/// An engine with the models that `make models` fetched.
pub(super) fn engine() -> Engine {
    #[expect(clippy::disallowed_methods, reason = "a test has no configuration")]
    let named = std::env::var("QUIRE_MODELS_DIR").ok().filter(|named| !named.is_empty()).map(PathBuf::from);
    let directory = named.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../.models")));
    assert!(directory.is_dir(), "the models are not in {}: fetch them with `make models`", directory.display());
    Engine::new(Box::new(move |file| std::fs::read(directory.join(file))))
}

pub(super) fn read(bytes: &[u8]) -> Document {
    let source = Source { bytes, filename: "", media_type: None };
    engine().read(&source, &ReadOptions::default(), &Limits::default(), &mut |_| ()).unwrap()
}

pub(super) fn picture() -> RgbImage {
    image::load_from_memory(LINES).unwrap().into_rgb8()
}

pub(super) fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn lines(document: &Document) -> Vec<&Line> {
    document.pages.iter().flat_map(|page| page.lines()).collect()
}

#[track_caller]
fn check_text(bytes: &[u8]) -> Document {
    let document = read(bytes);
    let texts: Vec<&str> = lines(&document).iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, TEXT);
    document
}

#[test]
fn accents_signs_and_spaces_are_read_as_they_are_printed_and_words_have_places() {
    let document = check_text(LINES);
    let line = lines(&document)[0];
    assert_eq!(line.origin, Origin::Ocr);
    assert!(line.score > 0.9 && line.score <= 1.0, "{}", line.score);
    // The first word starts 30 pixels from the left edge of 640, and the second after 188 pixels more, with a gap of 10.
    let [first, second] = [line.words[0], line.words[1]];
    assert!((first.rect.left * 640.0 - 30.0).abs() < 6.0, "{:?}", first.rect);
    assert!(first.rect.right <= second.rect.left, "{:?} {:?}", first.rect, second.rect);
    assert!((second.rect.left - first.rect.right) * 640.0 < 16.0, "{:?} {:?}", first.rect, second.rect);
}

#[test]
fn a_picture_on_its_side_is_turned_and_its_page_is_upright() {
    let document = check_text(&png(imageops::rotate270(&picture())));
    let size = document.pages[0].size.unwrap();
    assert_eq!((size.width, size.height), (640.0, 150.0));
}

#[test]
fn a_picture_on_its_head_is_turned() {
    let document = check_text(&png(imageops::rotate180(&picture())));
    let (first, second) = (lines(&document)[0].rect.unwrap(), lines(&document)[1].rect.unwrap());
    assert!(first.top < second.top && first.left < 0.1, "{first:?} {second:?}");
}

#[test]
fn slanted_lines_come_out_level() {
    let straight = picture();
    let mut slanted = RgbImage::from_pixel(700, 260, Rgb([245; 3]));
    let (sin, cos) = 4.0_f32.to_radians().sin_cos();
    for (x, y, pixel) in slanted.enumerate_pixels_mut() {
        let (x, y) = (x as f32 - 350.0, y as f32 - 130.0);
        let (from_x, from_y) = (x * cos + y * sin + 320.0, y * cos - x * sin + 75.0);
        if from_x >= 0.0 && from_y >= 0.0 {
            *pixel = *straight.get_pixel_checked(from_x as u32, from_y as u32).unwrap_or(pixel);
        }
    }
    let document = check_text(&png(slanted));
    let line = lines(&document)[0];
    let (first, last) = (line.words[0].rect, line.words[line.words.len() - 1].rect);
    assert!((first.top - last.top).abs() * 260.0 < 2.0, "{first:?} {last:?}");
}

#[test]
fn a_tall_receipt_has_every_line_once() {
    let one = imageops::resize(&picture(), 320, 75, imageops::FilterType::Triangle);
    let mut receipt = RgbImage::from_pixel(320, 200 * 8, Rgb([245; 3]));
    for row in 0..8 {
        receipt.copy_from(&one, 0, row * 200 + 60).unwrap();
    }
    let document = read(&png(receipt));
    let texts: Vec<&str> = lines(&document).iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts.len(), 16, "{texts:?}");
    assert!(texts.chunks(2).all(|pair| pair == TEXT), "{texts:?}");
}

#[test]
fn a_label_and_its_price_are_one_row_and_read_once() {
    let (picture, document) = (picture(), read(LINES));
    let words: Vec<_> = lines(&document)[0].words.iter().map(|word| word.rect).collect();
    let gap = ((words[1].right + words[2].left) / 2.0 * 640.0) as u32;
    let part = |left, right| imageops::crop_imm(&picture, left, 15, right - left, 50).to_image();
    let (label, price) = (part(20, gap), part(gap, 530));
    let mut receipt = RgbImage::from_pixel(640, 2_560, Rgb([245; 3]));
    for row in 0..30 {
        // The paper went askew: the price stands lower than its label by as much as remains of a slant.
        receipt.copy_from(&label, 10, row * 80 + 20).unwrap();
        receipt.copy_from(&price, 430, row * 80 + 20 + row % 3 * 3).unwrap();
    }
    let document = read(&png(receipt));
    let texts: Vec<&str> = lines(&document).iter().map(|line| line.text.as_str()).collect();
    let all = texts.join(" ");
    let parts: Vec<&str> = all.split_inclusive('€').map(str::trim).collect();
    assert_eq!(parts, vec![TEXT[0]; 30]);
}

#[test]
fn what_is_transparent_is_white() {
    let ink = picture();
    let clear = RgbaImage::from_fn(640, 150, |x, y| Rgba([0, 0, 0, 255 - ink.get_pixel(x, y).0[0]]));
    check_text(&png(clear));
}

#[test]
fn samples_of_sixteen_bits_are_read() {
    check_text(&png(DynamicImage::ImageLuma16(DynamicImage::ImageRgb8(picture()).into_luma16())));
}

#[test]
fn every_format_of_pictures_is_read() {
    for format in [ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Tiff] {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(picture()).write_to(&mut bytes, format).unwrap();
        check_text(&bytes.into_inner());
    }
}
