//! From the bytes of a picture to its colours.

use std::io::{BufRead, Cursor, Seek};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, RgbImage};

use crate::detect::Kind;
use crate::error::Error;
use crate::limits::Limits;

/// Decodes a picture, turned as its metadata say, on white.
pub(super) fn decode(bytes: &[u8], kind: Kind, limits: &Limits) -> Result<RgbImage, Error> {
    read(Cursor::new(bytes), kind, limits)
}

pub(super) fn read(reader: impl BufRead + Seek, kind: Kind, limits: &Limits) -> Result<RgbImage, Error> {
    let invalid = |error: &ImageError| Error::Invalid { media_type: kind.media_type(), reason: reason(error) };
    let mut reader = ImageReader::with_format(reader, format(kind));
    let mut caps = image::Limits::no_limits();
    caps.max_alloc = Some(limits.max_image_bytes.saturating_mul(2));
    reader.limits(caps);
    let mut decoder = reader.into_decoder().map_err(|error| invalid(&error))?;
    let (width, height) = decoder.dimensions();
    limits.check_image_pixels(u64::from(width) * u64::from(height))?;
    limits.check_image_bytes(decoder.total_bytes())?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| invalid(&error))?;
    picture.apply_orientation(orientation);
    Ok(on_white(picture))
}

fn format(kind: Kind) -> ImageFormat {
    match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Webp => ImageFormat::WebP,
        Kind::Tiff => ImageFormat::Tiff,
        Kind::Gif => ImageFormat::Gif,
        Kind::Bmp => ImageFormat::Bmp,
        _ => ImageFormat::Png,
    }
}

/// Paper is white: what is transparent shows it.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let with_alpha = picture.into_rgba8();
    let (width, height) = with_alpha.dimensions();
    let mut pixels = with_alpha.into_raw();
    // In place: the picture is held once.
    let mut write = 0;
    for read in (0..pixels.len()).step_by(4) {
        let Some(&[red, green, blue, alpha]) = pixels.get(read..).and_then(<[u8]>::first_chunk::<4>) else { break };
        let over = |part: u8| {
            let (part, alpha) = (u32::from(part), u32::from(alpha));
            u8::try_from((part * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        if let Some(cell) = pixels.get_mut(write..write + 3) {
            cell.copy_from_slice(&[over(red), over(green), over(blue)]);
        }
        write += 3;
    }
    pixels.truncate(write);
    RgbImage::from_raw(width, height, pixels).unwrap_or_default()
}

/// What is wrong with a picture, in words that name no content.
fn reason(error: &ImageError) -> String {
    match error {
        ImageError::Decoding(_) | ImageError::IoError(_) => "its pixels cannot be decoded".to_owned(),
        ImageError::Limits(_) => "decoding it needs more memory than its size explains".to_owned(),
        ImageError::Unsupported(_) => "it uses a feature of the format that is not read".to_owned(),
        ImageError::Encoding(_) | ImageError::Parameter(_) => "its header contradicts itself".to_owned(),
    }
}
