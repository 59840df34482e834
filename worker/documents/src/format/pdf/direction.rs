//! The four ways in which a line of text can run on a page.

use hayro_interpret::kurbo::Vec2;

use crate::document::{Block, Content, Rect, Size};
use crate::layout::{Placed, Rule};

/// Which way a line of text runs on the upright page. Text is laid out on the page turned so that it runs to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Right,
    Down,
    Up,
    Left,
}

impl Direction {
    /// In the order in which they are read on one page.
    pub(crate) const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Up, Self::Left];

    /// The nearest of the four.
    pub(crate) fn of(vector: Vec2) -> Self {
        match (vector.x.abs() >= vector.y.abs(), vector.x >= 0.0, vector.y >= 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// The size of the turned page.
    pub(crate) fn turned_size(self, size: Size) -> Size {
        match self {
            Self::Right | Self::Left => size,
            Self::Down | Self::Up => Size { width: size.height, height: size.width },
        }
    }

    /// A point of the page on the turned page.
    pub(crate) fn turned(self, (x, y): (f64, f64), size: Size) -> (f64, f64) {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        match self {
            Self::Right => (x, y),
            Self::Down => (y, width - x),
            Self::Up => (height - y, x),
            Self::Left => (width - x, height - y),
        }
    }

    /// A rule of the page on the turned page.
    pub(crate) fn turned_rule(self, rule: Rule, size: Size) -> Rule {
        let corner = |x: f32, y: f32| self.turned((f64::from(x), f64::from(y)), size);
        let (one, other) = (corner(rule.left, rule.top), corner(rule.right, rule.bottom));
        #[expect(clippy::cast_possible_truncation, reason = "places on a page need no more digits than f32 has")]
        let side = |value: f64| value as f32;
        Rule {
            left: side(one.0.min(other.0)),
            top: side(one.1.min(other.1)),
            right: side(one.0.max(other.0)),
            bottom: side(one.1.max(other.1)),
        }
    }

    /// A word of the turned page where it is on the page itself.
    pub(crate) fn back_word(self, word: &Placed, size: Size) -> Placed {
        let Placed { left, top, right, bottom, .. } = *word;
        let (left, top, right, bottom) = match self {
            Self::Right => (left, top, right, bottom),
            Self::Down => (size.width - bottom, left, size.width - top, right),
            Self::Up => (top, size.height - right, bottom, size.height - left),
            Self::Left => (size.width - right, size.height - bottom, size.width - left, size.height - top),
        };
        Placed { left, top, right, bottom, ..word.clone() }
    }

    /// Puts blocks of the turned page where they are on the page itself.
    pub(crate) fn turn_back(self, blocks: &mut [Block]) {
        if self == Self::Right {
            return;
        }
        let turn = |rect: &mut Option<Rect>| *rect = rect.map(|rect| self.back(rect));
        for block in blocks {
            turn(&mut block.rect);
            if let Content::Table(table) = &mut block.content {
                table.cells_mut().iter_mut().for_each(|cell| turn(&mut cell.rect));
            }
            for line in block.lines_mut() {
                turn(&mut line.rect);
                line.words.iter_mut().for_each(|word| word.rect = self.back(word.rect));
            }
        }
    }

    fn back(self, rect: Rect) -> Rect {
        let Rect { left, top, right, bottom } = rect;
        match self {
            Self::Right => rect,
            Self::Down => Rect::new(1.0 - bottom, left, 1.0 - top, right),
            Self::Up => Rect::new(top, 1.0 - right, bottom, 1.0 - left),
            Self::Left => Rect::new(1.0 - right, 1.0 - bottom, 1.0 - left, 1.0 - top),
        }
    }
}
