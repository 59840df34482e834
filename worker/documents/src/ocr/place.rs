//! From what was recognised to pieces of text for the layout.

use super::recognizer::{Recognized, RecognizedLine, RecognizedWord};
use crate::document::Origin;
use crate::layout::{Fragment, Placed};

/// Words further apart than this, in em, do not belong to one piece: columns, cells of a table.
const GAP: f32 = 1.5;

/// The pieces of text of a picture that is shown at `scale` points a pixel with its upper left corner at `origin`.
pub(crate) fn fragments(recognized: &Recognized, scale: (f32, f32), origin: (f32, f32)) -> Vec<Fragment> {
    recognized.lines.iter().flat_map(|line| pieces(line, scale, origin)).collect()
}

fn pieces(line: &RecognizedLine, scale: (f32, f32), origin: (f32, f32)) -> Vec<Fragment> {
    let apart = |a: &RecognizedWord, b: &RecognizedWord| b.left - a.right > GAP * line.size;
    let piece = |words: &[RecognizedWord]| Fragment {
        words: words.iter().map(|word| placed(word, scale, origin)).collect(),
        baseline: origin.1 + line.baseline * scale.1,
        size: line.size * scale.1,
        origin: Origin::Ocr,
    };
    line.words.chunk_by(|a, b| !apart(a, b)).map(piece).collect()
}

fn placed(word: &RecognizedWord, scale: (f32, f32), origin: (f32, f32)) -> Placed {
    Placed {
        text: word.text.as_str().into(),
        left: origin.0 + word.left * scale.0,
        top: origin.1 + word.top * scale.1,
        right: origin.0 + word.right * scale.0,
        bottom: origin.1 + word.bottom * scale.1,
        score: word.score.clamp(0.0, 1.0),
    }
}
