//! Runs of glyphs: what one drawing call shows, as words.
//!
//! The glyphs of a run stay together, so that text printed over a dotted rule or under another word is not shuffled into
//! it. A run breaks where it leaves its line, steps back or jumps ahead.
//!
//! All distances are in fractions of the font size (em), so that they hold at any scale.

use super::meaning::Letters;
use crate::document::Origin;
use crate::layout::{ASCENT, DESCENT, Fragment, Placed, WORD_GAP};

/// A gap wider than this parts two cells or columns.
const COLUMN_GAP: f64 = 1.2;
/// Baselines closer than this are one line.
const SAME_LINE: f64 = 0.35;

/// A glyph on the page turned for its direction.
#[derive(Debug)]
pub(super) struct PlacedGlyph<'m> {
    pub(super) letters: &'m Letters,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
}

/// The glyphs of one drawing call that run in one direction, taken one by one. It is made once for many calls, so that
/// what is put together in it has its room already.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The whole words of the fragment that is being put together.
    words: Vec<Placed>,
    /// Its last word, in the precision of the file. None if there is no fragment.
    open: Option<Open>,
    /// The letters of that word.
    letters: String,
    /// Whether the last glyph was a space.
    space: bool,
}

#[derive(Debug)]
struct Open {
    /// The fragment's.
    baseline: f64,
    size: f64,
    end: f64,
    /// The word's.
    left: f64,
    right: f64,
    word_baseline: f64,
    word_size: f64,
}

impl Run {
    /// Takes the next glyph; gives the fragment that it does not continue.
    #[inline]
    pub(super) fn push(&mut self, glyph: &PlacedGlyph<'_>) -> Option<Fragment> {
        if matches!(glyph.letters, Letters::Blank) {
            self.space = true;
            return None;
        }
        let space = std::mem::take(&mut self.space);
        let mut done = None;
        match &mut self.open {
            Some(open) if open.is_continued_by(glyph) => {
                let parted = space || glyph.start - open.end > f64::from(WORD_GAP) * glyph.size;
                open.end = larger(open.end, glyph.end);
                if parted {
                    self.words.push(open.word(&mut self.letters));
                    (open.left, open.right) = (glyph.start, glyph.end);
                    (open.word_baseline, open.word_size) = (glyph.baseline, glyph.size);
                } else {
                    open.right = larger(open.right, glyph.end);
                }
            }
            _ => {
                done = self.take();
                self.open = Some(Open::new(glyph));
            }
        }
        glyph.letters.push_to(&mut self.letters);
        done
    }

    /// The last fragment; the next glyph is of another run.
    pub(super) fn finish(&mut self) -> Option<Fragment> {
        self.space = false;
        self.take()
    }

    fn take(&mut self) -> Option<Fragment> {
        let open = self.open.take()?;
        self.words.push(open.word(&mut self.letters));
        // Takes no more room than it has words: a page may have many of one word.
        let words = self.words.drain(..).collect();
        Some(Fragment { words, baseline: narrow(open.baseline), size: narrow(open.size), origin: Origin::Native })
    }
}

impl Open {
    fn new(glyph: &PlacedGlyph<'_>) -> Self {
        let PlacedGlyph { start, end, baseline, size, .. } = *glyph;
        Self { baseline, size, end, left: start, right: end, word_baseline: baseline, word_size: size }
    }

    #[inline]
    fn is_continued_by(&self, glyph: &PlacedGlyph<'_>) -> bool {
        let gap = glyph.start - self.end;
        let step_back = -0.5 * glyph.size;
        (glyph.baseline - self.baseline).abs() < SAME_LINE * glyph.size
            && gap > step_back
            && gap < COLUMN_GAP * glyph.size
    }

    /// The word of these letters, which are taken.
    fn word(&self, letters: &mut String) -> Placed {
        let (baseline, size) = (narrow(self.word_baseline), narrow(self.word_size));
        let word = Placed {
            text: letters.as_str().into(),
            left: narrow(self.left),
            top: baseline - ASCENT * size,
            right: narrow(self.right),
            bottom: baseline + DESCENT * size,
            score: 1.0,
        };
        letters.clear();
        word
    }
}

/// The larger of two numbers that are numbers, of which `f64::max` makes sure first.
fn larger(one: f64, other: f64) -> f64 {
    if other > one { other } else { one }
}

#[expect(clippy::cast_possible_truncation, reason = "places on a page need no more digits than f32 has")]
fn narrow(value: f64) -> f32 {
    value as f32
}
