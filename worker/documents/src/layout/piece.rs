//! Pieces: words on one line without a wide gap between them.

use super::area::Area;
use super::{Fragment, Placed, WORD_GAP, marker};
use crate::document::Origin;

/// A gap wider than this, in em, between two fragments parts two pieces: cells or columns. Words of justified lines
/// seldom come further apart, and gutters are seldom narrower.
const PIECE_GAP: f32 = 0.75;
/// The same after a bullet, which stands up to half an inch before its text.
const BULLET_GAP: f32 = 4.0;
/// Baselines closer than this, in em of the smaller font, are one line: too little for two lines set tight.
const SAME_LINE: f32 = 0.35;
/// The same text drawn again this close, in em, is the same text: bold by overprinting, outline over fill, drop shadows.
const OVERPRINT: f32 = 0.15;
/// How many neighbours on its line a fragment is compared with. Overprints are drawn two to four times; a page made to
/// be slow draws all its text at one point.
const MAX_COMPARED: usize = 64;

/// Words on one line. It has at least one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) words: Vec<Placed>,
    pub(super) area: Area,
    pub(super) baseline: f32,
    pub(super) size: f32,
    pub(super) origin: Origin,
    /// Length of its text in bytes, without spaces.
    pub(super) letters: usize,
}

impl Piece {
    fn of(fragment: Fragment) -> Option<Self> {
        let Fragment { words, baseline, size, origin } = fragment;
        Self::of_words(words, baseline, size, origin)
    }

    pub(super) fn of_words(words: Vec<Placed>, baseline: f32, size: f32, origin: Origin) -> Option<Self> {
        let area = Area::around(words.iter().map(Area::of))?;
        let letters = words.iter().map(|word| word.text.len()).sum();
        Some(Self { words, area, baseline, size, origin, letters })
    }

    /// Adds what stands right of it; glued to its last word if no space parts them.
    fn append(&mut self, next: Self) {
        let gap = next.area.left - self.area.right;
        // Recognised words have no kerning: two boxes are two words.
        let is_glued = self.origin == Origin::Native && (-0.5..=WORD_GAP).contains(&(gap / next.size.min(self.size)));
        if next.letters > self.letters {
            (self.size, self.baseline) = (next.size, next.baseline);
        }
        self.letters += next.letters;
        self.area = self.area.union(next.area);
        let mut words = next.words.into_iter();
        if is_glued && let (Some(last), Some(first)) = (self.words.last_mut(), words.next()) {
            last.text.push_str(&first.text);
            let area = Area::of(last).union(Area::of(&first));
            (last.left, last.top, last.right, last.bottom) = (area.left, area.top, area.right, area.bottom);
            last.score = last.score.min(first.score);
        }
        self.words.extend(words);
    }

    fn is_text_of(&self, other: &Self) -> bool {
        self.words.len() == other.words.len() && self.words.iter().zip(&other.words).all(|(a, b)| a.text == b.text)
    }
}

/// The fragments as pieces, without those that are drawn again at the same place.
pub(super) fn distinct(fragments: Vec<Fragment>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = fragments.into_iter().filter_map(Piece::of).collect();
    let lines = sort_into_lines(&mut pieces);
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter();
    for len in lines {
        let start = kept.len();
        for piece in pieces.by_ref().take(len) {
            let near = |other: &&Piece| piece.area.left - other.area.left < OVERPRINT * piece.size;
            let before = kept.get(start..).unwrap_or_default();
            let repeated =
                before.iter().rev().take(MAX_COMPARED).take_while(near).any(|other| other.is_text_of(&piece));
            if !repeated {
                kept.push(piece);
            }
        }
    }
    kept
}

/// Pieces that stand on one line, from the top of the page to its bottom, each from left to right, joined where no wide
/// gap parts them.
pub(super) fn rows(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let lines = sort_into_lines(&mut pieces);
    let mut pieces = pieces.into_iter();
    lines.into_iter().map(|len| joined(pieces.by_ref().take(len))).collect()
}

/// The same of pieces in groups, such as the columns of a table, that are not joined with one another.
pub(super) fn rows_apart(groups: impl Iterator<Item = Vec<Piece>>) -> Vec<Vec<Piece>> {
    let mut pieces: Vec<Piece> = groups.flat_map(|group| rows(group).into_iter().flatten()).collect();
    let lines = sort_into_lines(&mut pieces);
    let mut pieces = pieces.into_iter();
    lines.into_iter().map(|len| pieces.by_ref().take(len).collect()).collect()
}

/// Orders pieces by line, those of a line from left to right. Gives how many there are on each line.
fn sort_into_lines(pieces: &mut [Piece]) -> Vec<usize> {
    pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines = Vec::new();
    let mut rest = pieces;
    while let Some(first) = rest.first() {
        let len = 1 + rest.iter().skip(1).take_while(|piece| is_same_line(first, piece)).count();
        let (line, below) = rest.split_at_mut(len);
        line.sort_by(|a, b| a.area.left.total_cmp(&b.area.left));
        lines.push(len);
        rest = below;
    }
    lines
}

fn is_same_line(one: &Piece, other: &Piece) -> bool {
    (other.baseline - one.baseline).abs() < SAME_LINE * other.size.min(one.size)
}

fn joined(line: impl Iterator<Item = Piece>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(1);
    for piece in line {
        match pieces.last_mut() {
            Some(last) if piece.area.left - last.area.right <= widest_gap(last) * piece.size.min(last.size) => {
                last.append(piece);
            }
            _ => pieces.push(piece),
        }
    }
    pieces
}

/// A bullet belongs to what follows it, however far that is set off.
fn widest_gap(piece: &Piece) -> f32 {
    match piece.words.as_slice() {
        [only] if marker::is_bullet(&only.text) => BULLET_GAP,
        _ => PIECE_GAP,
    }
}
