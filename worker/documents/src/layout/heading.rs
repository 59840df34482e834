//! Headings by their size.

use std::collections::BTreeMap;

use super::piece::Piece;
use crate::document::Origin;

/// Sizes are counted in steps of a quarter of a point.
const STEPS_PER_POINT: f32 = 4.0;
/// How much larger than running text, at least, the headings of the levels 1 to 3 are: a document with three levels
/// commonly sets them 1.6 to 2, 1.4 and 1.2 times as large.
const LEVELS: [(f32, u8); 3] = [(1.55, 1), (1.3, 2), (1.12, 3)];
/// The same for recognised text, of which the size is the height of a box around ink: it varies by a fifth.
const LEVELS_RECOGNISED: [(f32, u8); 2] = [(2.0, 1), (1.5, 2)];
/// This much text, in bytes, shows the size of running text: two lines of it.
const MIN_LETTERS: usize = 150;
/// A longer text, in bytes, is set large for another reason.
const MAX_LETTERS: usize = 200;

/// How many letters are set in which size.
#[derive(Debug)]
pub(super) struct Sizes {
    letters: BTreeMap<u32, usize>,
}

impl Sizes {
    pub(super) fn of(pieces: &[Piece]) -> Self {
        let mut letters: BTreeMap<u32, usize> = BTreeMap::new();
        for piece in pieces {
            *letters.entry(step(piece.size)).or_default() += piece.letters;
        }
        Self { letters }
    }

    /// These, unless they are too few to tell running text from headings.
    pub(super) fn or(self, all: Self) -> Self {
        if self.letters.values().sum::<usize>() >= MIN_LETTERS { self } else { all }
    }

    /// The size of running text: the one in which most letters are set.
    pub(super) fn body(self) -> f32 {
        // Of sizes that are as common, the smaller one: few words on a title page are not all headings.
        let most = self.letters.into_iter().max_by_key(|&(step, letters)| (letters, std::cmp::Reverse(step)));
        #[expect(clippy::cast_precision_loss, reason = "sizes of fonts are small")]
        most.map_or(0.0, |(step, _)| step as f32 / STEPS_PER_POINT)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are positive, and casts saturate")]
fn step(size: f32) -> u32 {
    (size * STEPS_PER_POINT).round() as u32
}

/// The level of a line of this size that has this many letters, if it is a heading.
pub(super) fn level(size: f32, letters: usize, origin: Origin, body: f32) -> Option<u8> {
    if body <= 0.0 || letters == 0 || letters > MAX_LETTERS {
        return None;
    }
    let levels: &[(f32, u8)] = match origin {
        Origin::Native => &LEVELS,
        Origin::Ocr => &LEVELS_RECOGNISED,
    };
    levels.iter().find(|(ratio, _)| size >= ratio * body).map(|&(_, level)| level)
}
