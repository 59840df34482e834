//! Runs of glyphs: what one drawing call shows, as words.
//!
//! The glyphs of a run stay together, so that text printed over a dotted rule or under another word is not shuffled into
//! it. A run breaks where it leaves its line, steps back or jumps ahead.
//!
//! All distances are in fractions of the font size (em), so that they hold at any scale.

use super::direction::Direction;
use super::meaning::Letters;
use crate::document::Origin;
use crate::layout::{ASCENT, DESCENT, Fragment, Placed, WORD_GAP};

/// A gap wider than this parts two cells or columns.
const COLUMN_GAP: f64 = 1.2;
/// Baselines closer than this are one line.
const SAME_LINE: f64 = 0.35;

/// Room that is made for the words of a fragment and the letters of a word, so that few of them have to move.
const USUAL_WORDS: usize = 8;
const USUAL_LETTERS: usize = 16;

/// A glyph on the page turned for its direction.
#[derive(Debug)]
pub(crate) struct PlacedGlyph {
    pub(crate) letters: Letters,
    pub(crate) start: f64,
    pub(crate) end: f64,
    pub(crate) baseline: f64,
    pub(crate) size: f64,
}

/// The glyphs of one drawing call that run in one direction, taken one by one.
pub(crate) struct Run {
    pub(crate) direction: Direction,
    open: Option<Open>,
    /// Whether the last glyph was a space.
    space: bool,
}

/// The fragment that is being put together, in the precision of the file.
struct Open {
    fragment: Fragment,
    end: f64,
    baseline: f64,
}

impl Run {
    pub(crate) fn new(direction: Direction) -> Self {
        Self { direction, open: None, space: false }
    }

    /// Takes the next glyph; gives the fragment that it does not continue.
    pub(crate) fn push(&mut self, glyph: &PlacedGlyph) -> Option<Fragment> {
        if glyph.letters.is_blank() {
            self.space = true;
            return None;
        }
        let space = std::mem::take(&mut self.space);
        match &mut self.open {
            Some(open) if open.is_continued_by(glyph) => {
                open.push(glyph, space);
                None
            }
            open => open.replace(Open::new(glyph)).map(|open| open.fragment),
        }
    }

    /// The last fragment.
    pub(crate) fn finish(self) -> Option<Fragment> {
        self.open.map(|open| open.fragment)
    }
}

impl Open {
    fn new(glyph: &PlacedGlyph) -> Self {
        let (end, baseline) = (glyph.end, glyph.baseline);
        let (baseline32, size) = (narrow(baseline), narrow(glyph.size));
        let mut words = Vec::with_capacity(USUAL_WORDS);
        words.push(placed(glyph));
        Self { fragment: Fragment { words, baseline: baseline32, size, origin: Origin::Native }, end, baseline }
    }

    fn is_continued_by(&self, glyph: &PlacedGlyph) -> bool {
        let gap = glyph.start - self.end;
        let step_back = -0.5 * glyph.size;
        (glyph.baseline - self.baseline).abs() < SAME_LINE * glyph.size
            && gap > step_back
            && gap < COLUMN_GAP * glyph.size
    }

    fn push(&mut self, glyph: &PlacedGlyph, space: bool) {
        let parted = space || glyph.start - self.end > f64::from(WORD_GAP) * glyph.size;
        self.end = self.end.max(glyph.end);
        match self.fragment.words.last_mut() {
            Some(word) if !parted => {
                glyph.letters.push_to(&mut word.text);
                word.right = word.right.max(narrow(glyph.end));
            }
            _ => self.fragment.words.push(placed(glyph)),
        }
    }
}

fn placed(glyph: &PlacedGlyph) -> Placed {
    let (baseline, size) = (narrow(glyph.baseline), narrow(glyph.size));
    let mut text = String::with_capacity(USUAL_LETTERS);
    glyph.letters.push_to(&mut text);
    Placed {
        text,
        left: narrow(glyph.start),
        top: baseline - ASCENT * size,
        right: narrow(glyph.end),
        bottom: baseline + DESCENT * size,
        score: 1.0,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "places on a page need no more digits than f32 has")]
fn narrow(value: f64) -> f32 {
    value as f32
}
