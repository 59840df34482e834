//! How glyphs lie on the page.

use hayro_interpret::kurbo::{Affine, Point, Vec2};

use super::direction::Direction;
use crate::document::Size;

/// Glyph coordinates and advances come in thousandths of the font size.
pub(super) const UNITS_PER_EM: f64 = 1000.0;

/// All that a glyph's transform says but its place. The glyphs of a run seldom differ in it, so it is made once for many.
#[derive(Debug)]
pub(super) struct Stance {
    linear: [f64; 4],
    /// A step on the page as long as the font is large, the way the text runs.
    em: Vec2,
    /// Every glyph of a vertical line is an em apart from the next.
    vertical: bool,
    /// The size of the font on the page.
    pub(super) size: f64,
    /// Whether glyphs that stand so can be seen.
    pub(super) is_visible: bool,
    pub(super) direction: Direction,
}

impl Stance {
    /// The stance of a glyph with this transform, in text that is shown by the other one.
    pub(super) fn new(glyph: Affine, to_page: Affine, vertical: bool) -> Self {
        let [a, b, c, d, ..] = (to_page * glyph).as_coeffs();
        let (along, up) = (Vec2::new(a, b) * UNITS_PER_EM, Vec2::new(c, d) * UNITS_PER_EM);
        let em = if vertical { -up } else { along };
        // A glyph without an extent cannot be seen, whichever way it runs.
        let size = up.hypot();
        let is_visible = along.is_finite() && size.is_finite() && size > 0.0;
        Self { linear: linear(glyph), em, vertical, size, is_visible, direction: Direction::of(em) }
    }

    #[inline]
    pub(super) fn is_of(&self, glyph: Affine) -> bool {
        self.linear == linear(glyph)
    }

    /// Where a glyph at this place with an advance in em starts and ends on the page turned for its direction, and where
    /// its baseline is.
    #[inline]
    pub(super) fn span(&self, origin: Point, advance: f64, page: Size) -> (f64, f64, f64) {
        if self.direction == Direction::Right && !self.vertical {
            // Nearly all text: the page is not turned for it.
            let end = origin.x + self.em.x * advance;
            return if end < origin.x { (end, origin.x, origin.y) } else { (origin.x, end, origin.y) };
        }
        let step = self.em * if self.vertical { 1.0 } else { advance };
        let (start, baseline) = self.direction.turned((origin.x, origin.y), page);
        let (end, _) = self.direction.turned((origin.x + step.x, origin.y + step.y), page);
        (start.min(end), start.max(end), baseline)
    }
}

fn linear(transform: Affine) -> [f64; 4] {
    let [a, b, c, d, ..] = transform.as_coeffs();
    [a, b, c, d]
}
