//! From pieces of text with places to blocks in reading order.
//!
//! It knows neither PDF nor character recognition: both make [`Fragment`]s and [`Rule`]s of what they find on a page.
//! Distances are in points on the upright page, y down.

use crate::document::{Block, Content, Line, Origin, Rect, Size};
use crate::error::Error;
use crate::limits::Limits;

/// Text that was drawn or recognised in one go, on one line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fragment {
    /// Its words, from left to right.
    pub(crate) words: Vec<Placed>,
    /// Where its letters stand.
    pub(crate) baseline: f32,
    /// The size of its font: the height of its line without leading.
    pub(crate) size: f32,
    /// Where it was read from.
    pub(crate) origin: Origin,
}

/// A word and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    pub(crate) text: String,
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
    /// How sure it is, from 0 to 1.
    pub(crate) score: f32,
}

/// A line that is drawn on the page, along one of its sides: the border of a cell, a rule under a heading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    pub(crate) left: f32,
    pub(crate) top: f32,
    pub(crate) right: f32,
    pub(crate) bottom: f32,
}

/// The blocks of a page, in reading order.
pub(crate) fn blocks(
    fragments: Vec<Fragment>,
    _rules: &[Rule],
    size: Size,
    _limits: &Limits,
) -> Result<Vec<Block>, Error> {
    let mut fragments = fragments;
    fragments.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let lines: Vec<Line> = fragments.iter().map(|fragment| line(fragment, size)).collect();
    Ok(vec![Block::of_lines(lines, |lines| Content::Paragraph { lines })])
}

fn line(fragment: &Fragment, size: Size) -> Line {
    let place = |word: &Placed| {
        let (width, height) = (size.width, size.height);
        Rect::new(word.left / width, word.top / height, word.right / width, word.bottom / height)
    };
    Line::of_words(fragment.words.iter().map(|word| (word.text.as_str(), place(word), word.score)), fragment.origin)
}
