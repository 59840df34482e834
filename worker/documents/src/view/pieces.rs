//! Printed lines cut at their wide gaps.

use std::ops::Range;

use crate::document::{Line, Origin, Size};

/// A gap wider than this, in heights of the line, parts two pieces: cells or columns. Spaces of justified text stay
/// under it nearly always.
const GAP: f32 = 1.0;
/// The same of recognised text, whose boxes are drawn around ink: they are lower and further apart.
const GAP_RECOGNISED: f32 = 1.6;
/// This many spaces in a row part two pieces of text that keeps its spaces.
const SPACES: usize = 2;

/// The words of each piece, as ranges of the line's words.
pub(super) fn of_words(line: &Line, size: Option<Size>) -> Vec<Range<usize>> {
    let (width, height) = size.map_or((1.0, 1.0), |size| (size.width, size.height));
    let tall = line.rect.map_or(0.0, |rect| rect.height() * height);
    let gap = if line.origin == Origin::Ocr { GAP_RECOGNISED } else { GAP };
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut right = f32::INFINITY;
    for (index, word) in line.words.iter().enumerate() {
        let is_apart = (word.rect.left - right) * width > gap * tall;
        right = word.rect.right;
        match pieces.last_mut() {
            Some(piece) if !is_apart => piece.end = index + 1,
            _ => pieces.push(index..index + 1),
        }
    }
    pieces
}

/// The pieces of a line that keeps its spaces: each with the column of characters it starts at, and its text.
pub(super) fn of_spaced(line: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    let mut spaces = 0;
    let mut column = 0;
    let mut start_column = 0;
    for (at, character) in line.char_indices() {
        if character.is_whitespace() {
            spaces += if character == '\t' { SPACES } else { 1 };
        } else {
            if spaces >= SPACES
                && let Some(from) = start.take()
            {
                pieces.push((start_column, line.get(from..end).unwrap_or_default()));
            }
            if start.is_none() {
                (start, start_column) = (Some(at), column);
            }
            spaces = 0;
            end = at + character.len_utf8();
        }
        column += if character == '\t' { 8 - column % 8 } else { 1 };
    }
    if let Some(from) = start {
        pieces.push((start_column, line.get(from..end).unwrap_or_default()));
    }
    pieces
}
