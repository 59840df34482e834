//! From points on a page to fractions of it.

use super::area::Area;
use super::piece::Piece;
use crate::document::{Line, Rect, Size};

/// Turns places in points into places in fractions of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    width: f32,
    height: f32,
}

impl Places {
    pub(super) fn new(size: Size) -> Self {
        Self { width: size.width, height: size.height }
    }

    pub(super) fn rect(self, area: Area) -> Rect {
        let Self { width, height } = self;
        Rect::new(area.left / width, area.top / height, area.right / width, area.bottom / height)
    }

    /// One line of these pieces, in their order.
    pub(super) fn line(self, pieces: &[Piece]) -> Line {
        let words = pieces.iter().flat_map(|piece| &piece.words);
        let origin = pieces.first().map(|piece| piece.origin).unwrap_or_default();
        Line::of_words(words.map(|word| (word.text.as_str(), self.rect(Area::of(word)), word.score)), origin)
    }
}
