//! Where text already is on a page, so that none is read twice.

use crate::document::Size;
use crate::layout::{Fragment, Placed};

/// The page in so many cells a side: on A4, one is half as high as the smallest print.
const CELLS: usize = 320;
/// A word of which this part is covered is there already.
const COVERED: f32 = 0.4;

/// The parts of a page that text covers.
pub(super) struct Cover {
    size: Size,
    cells: Vec<bool>,
}

impl Cover {
    pub(super) fn new(size: Size) -> Self {
        Self { size, cells: vec![false; CELLS * CELLS] }
    }

    pub(super) fn add(&mut self, word: &Placed) {
        for index in cells(word, self.size) {
            if let Some(cell) = self.cells.get_mut(index) {
                *cell = true;
            }
        }
    }

    /// Leaves the words that stand where no text was added.
    pub(super) fn keep_uncovered(&self, fragments: &mut Vec<Fragment>) {
        for fragment in fragments.iter_mut() {
            fragment.words.retain(|word| !self.covers(word));
        }
        fragments.retain(|fragment| !fragment.words.is_empty());
    }

    fn covers(&self, word: &Placed) -> bool {
        let (mut covered, mut all) = (0.0, 0.0);
        for index in cells(word, self.size) {
            all += 1.0;
            if self.cells.get(index).is_some_and(|&cell| cell) {
                covered += 1.0;
            }
        }
        covered > COVERED * all
    }
}

/// The cells that a word touches.
fn cells(word: &Placed, size: Size) -> impl Iterator<Item = usize> {
    let cell = |place: f32, whole: f32| ((place / whole.max(1.0) * CELLS as f32).max(0.0) as usize).min(CELLS - 1);
    let (left, right) = (cell(word.left, size.width), cell(word.right, size.width));
    let (top, bottom) = (cell(word.top, size.height), cell(word.bottom, size.height));
    (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * CELLS + column))
}
