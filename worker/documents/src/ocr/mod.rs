//! Recognises the characters of a picture.
//!
//! ```text
//! picture ── tiles ── detector ──► lines ── stance (quarter turns, slant) ── crop ── reader ──► words with places
//! ```
//!
//! The networks are PP-OCR's, run by rten on one thread. The detector sees the picture small, for it knows text of one
//! height only; the reader gets every line from the picture at its full resolution.

mod area;
mod component;
mod crop;
mod detector;
mod network;
mod place;
mod reader;
mod recognizer;
mod stance;
mod tiles;
mod words;

use std::cell::OnceCell;

use image::RgbImage;

use crate::engine::Weights;
use crate::error::Error;
pub(crate) use place::fragments;
pub(crate) use recognizer::{Recognized, Recognizer};

/// The file of the network that finds lines.
const DETECTOR_FILE: &str = "PP-OCRv6_det_small.onnx";
/// The file of the network that reads them.
const READER_FILE: &str = "PP-OCRv6_rec_small.onnx";

/// What is wrong with a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure(String);

/// The networks, loaded if they are not yet.
pub(crate) fn loaded<'l>(kept: &'l OnceCell<Recognizer>, weights: &Weights) -> Result<&'l Recognizer, Error> {
    if let Some(recognizer) = kept.get() {
        return Ok(recognizer);
    }
    let recognizer = load(weights)?;
    Ok(kept.get_or_init(|| recognizer))
}

fn load(weights: &Weights) -> Result<Recognizer, Error> {
    let bytes = |file| {
        weights(file).map_err(|error| Error::OcrModelMissing {
            file,
            reason: match error.kind() {
                std::io::ErrorKind::NotFound => "is missing".to_owned(),
                kind => format!("cannot be read ({kind})"),
            },
        })
    };
    Recognizer::load(bytes(DETECTOR_FILE)?, bytes(READER_FILE)?).map_err(not_usable)
}

/// Reads the text of a picture.
pub(crate) fn recognize(recognizer: &Recognizer, picture: &RgbImage) -> Result<Recognized, Error> {
    recognizer.recognize(picture).map_err(not_usable)
}

/// See [`Recognizer::recognize_bare`].
pub(crate) fn recognize_bare(recognizer: &Recognizer, picture: &RgbImage) -> Result<usize, Error> {
    recognizer.recognize_bare(picture).map_err(not_usable)
}

fn not_usable(Failure(reason): Failure) -> Error {
    Error::OcrModelMissing { file: READER_FILE, reason: format!("is not the network it should be ({reason})") }
}
