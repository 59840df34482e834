//! Pictures that are refused, and the pages of TIFF.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use super::ocr::{LINES, TEXT, picture, png, read};
use super::{check_refused, document};

/// A TIFF file with a directory for each picture.
fn tiff(pictures: &[RgbImage]) -> Vec<u8> {
    let mut file: Vec<u8> = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for picture in pictures {
        let mut one = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(picture.clone()).write_to(&mut one, ImageFormat::Tiff).unwrap();
        let one = one.into_inner();
        let number =
            |at: usize, len: usize| one[at..at + len].iter().rev().fold(0, |all, &digit| all << 8 | u32::from(digit));
        // Offsets count from the start of the file: the part keeps its own, and so it has to stand where they point to.
        let base = u32::try_from(file.len()).unwrap();
        let directory = number(4, 4) as usize;
        let mut part = one.clone();
        for entry in 0..number(directory, 2) as usize {
            let at = directory + 2 + 12 * entry;
            let (tag, kind, count) = (number(at, 2), number(at + 2, 2), number(at + 4, 4));
            let bytes = count
                * match kind {
                    3 => 2,
                    5 => 8,
                    4 => 4,
                    _ => 1,
                };
            if tag == 273 && count > 1 {
                let list = number(at + 8, 4) as usize;
                for strip in 0..count as usize {
                    let moved = number(list + 4 * strip, 4) + base;
                    part[list + 4 * strip..list + 4 * strip + 4].copy_from_slice(&moved.to_le_bytes());
                }
            }
            if tag == 273 && count == 1 || bytes > 4 {
                let moved = number(at + 8, 4) + base;
                part[at + 8..at + 12].copy_from_slice(&moved.to_le_bytes());
            }
        }
        let start = base + number(4, 4);
        file.extend(part);
        file[link..link + 4].copy_from_slice(&start.to_le_bytes());
        link = start as usize + 2 + 12 * number(directory, 2) as usize;
    }
    file
}

#[test]
fn without_models_a_picture_is_refused_with_the_way_to_get_them() {
    check_refused(
        document("a.png", LINES),
        "ocr_model_missing",
        "document needs character recognition, and its model PP-OCRv6_det_small.onnx is missing: fetch the models with \
         `make models` and name their directory in QUIRE_MODELS_DIR",
    );
}

#[test]
fn a_picture_is_measured_before_it_is_decoded() {
    // 60 000 by 60 000 pixels in the header of a file of some hundred bytes.
    let mut bytes = LINES.to_vec();
    bytes[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    check_refused(
        document("a.png", &bytes),
        "document_limit_exceeded",
        "document exceeds max_image_pixels: 3600000000 pixels in a picture, at most 80000000 are allowed",
    );
}

/// The check sum of a PNG chunk.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

#[test]
fn a_truncated_picture_is_invalid() {
    check_refused(
        document("a.png", &LINES[..LINES.len() / 2]),
        "document_invalid",
        "document is not valid image/png: its pixels cannot be decoded",
    );
}

#[test]
fn every_directory_of_a_tiff_is_a_page() {
    let document = read(&tiff(&[picture(), picture()]));
    let pages: Vec<Vec<&str>> =
        document.pages.iter().map(|page| page.lines().map(|line| line.text.as_str()).collect()).collect();
    assert_eq!(pages, [TEXT.to_vec(), TEXT.to_vec()]);
}

#[test]
fn a_tiff_whose_directories_form_a_circle_is_invalid() {
    let mut bytes = tiff(&[RgbImage::new(8, 8)]);
    let first: [u8; 4] = bytes[4..8].try_into().unwrap();
    let directory = u32::from_le_bytes(first) as usize;
    let entries = usize::from(u16::from_le_bytes([bytes[directory], bytes[directory + 1]]));
    let link = directory + 2 + 12 * entries;
    bytes[link..link + 4].copy_from_slice(&first);
    check_refused(
        document("a.tiff", &bytes),
        "document_invalid",
        "document is not valid image/tiff: its directories form a circle",
    );
}

#[test]
fn pages_of_a_tiff_have_a_cap() {
    let bytes = tiff(&[RgbImage::new(8, 8), RgbImage::new(8, 8)]);
    check_refused(
        document("a.tiff", &bytes).limits(|limits| limits.max_pages = 1),
        "document_limit_exceeded",
        "document exceeds max_pages: 2 pages, at most 1 are allowed",
    );
}

#[test]
fn a_picture_without_text_has_none() {
    let blank = png(RgbImage::from_pixel(64, 64, image::Rgb([255; 3])));
    let document = read(&blank);
    assert!(document.pages[0].is_blank());
}
