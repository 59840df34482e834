//! From what was recognised to pieces of text for the layout.

use super::recognizer::{Recognized, RecognizedLine, RecognizedWord};
use crate::document::Origin;
use crate::layout::{Fragment, Placed};

/// Words further apart than this, in em, do not belong to one piece: columns, cells of a table.
const GAP: f32 = 1.5;

/// Pieces of one row whose baselines differ by less than this, in em of the smaller one, are level: how high a line was
/// found depends on its letters, and what is left of a page's slant lifts the far end of a row.
const LEVEL: f32 = 0.45;

/// The pieces of text of a picture that is shown at `scale` points a pixel with its upper left corner at `origin`.
pub(crate) fn fragments(recognized: &Recognized, scale: (f32, f32), origin: (f32, f32)) -> Vec<Fragment> {
    let mut fragments: Vec<Fragment> = recognized.lines.iter().flat_map(|line| pieces(line, scale, origin)).collect();
    level(&mut fragments);
    fragments
}

/// A row of pieces, as far as it is followed to the right.
struct Row {
    /// Of its last piece: a row is followed along its slant.
    baseline: f32,
    size: f32,
    right: f32,
    /// Of its first piece.
    level: f32,
}

/// Puts the pieces of each row on one baseline, that of the leftmost.
fn level(fragments: &mut [Fragment]) {
    let left = |fragment: &Fragment| fragment.words.first().map_or(0.0, |word| word.left);
    fragments.sort_by(|a, b| left(a).total_cmp(&left(b)));
    // By baseline: what a piece may continue stands in one place.
    let mut rows: Vec<Row> = Vec::new();
    for fragment in fragments {
        let (baseline, size) = (fragment.baseline, fragment.size);
        let right = fragment.words.last().map_or(0.0, |word| word.right);
        let from = rows.partition_point(|row| row.baseline <= baseline - LEVEL * size);
        let near = rows.iter().enumerate().skip(from).take_while(|(_, row)| row.baseline < baseline + LEVEL * size);
        let apart = |row: &Row| (row.baseline - baseline).abs();
        let nearest = near
            .filter(|(_, row)| row.right <= left(fragment) && apart(row) < LEVEL * row.size)
            .min_by(|(_, a), (_, b)| apart(a).total_cmp(&apart(b)));
        let level = match nearest.map(|(index, _)| index) {
            Some(index) => rows.remove(index).level,
            None => baseline,
        };
        fragment.baseline = level;
        let at = rows.partition_point(|row| row.baseline <= baseline);
        rows.insert(at, Row { baseline, size, right, level });
    }
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
