//! Places on a page.

use serde::{Deserialize, Serialize};

/// A rectangle with upright sides, in fractions of the page: 0 is its left and top edge, 1 its right and bottom edge.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Distance of the left side from the page's left edge.
    pub left: f32,
    /// Distance of the top side from the page's top edge.
    pub top: f32,
    /// Distance of the right side from the page's left edge.
    pub right: f32,
    /// Distance of the bottom side from the page's top edge.
    pub bottom: f32,
}

impl Rect {
    /// The rectangle between these sides, cut to the page. Sides that are no numbers count as 0.
    #[must_use]
    pub fn new(left: f32, top: f32, right: f32, bottom: f32) -> Self {
        // What is no number is not larger than 0.
        let on_page = |side: f32| if side > 0.0 { if side < 1.0 { side } else { 1.0 } } else { 0.0 };
        Self { left: on_page(left), top: on_page(top), right: on_page(right), bottom: on_page(bottom) }
    }

    /// From left to right.
    #[must_use]
    pub fn width(&self) -> f32 {
        (self.right - self.left).max(0.0)
    }

    /// From top to bottom.
    #[must_use]
    pub fn height(&self) -> f32 {
        (self.bottom - self.top).max(0.0)
    }

    /// In fractions of the page's area.
    #[must_use]
    pub fn area(&self) -> f32 {
        self.width() * self.height()
    }

    /// The least rectangle around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        // Sides are numbers, which `f32::min` would make sure of first: once for every word of a document.
        let less = |one: f32, two: f32| if two < one { two } else { one };
        let more = |one: f32, two: f32| if two > one { two } else { one };
        Self {
            left: less(self.left, other.left),
            top: less(self.top, other.top),
            right: more(self.right, other.right),
            bottom: more(self.bottom, other.bottom),
        }
    }

    /// What both cover; of no area if they do not meet.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        let (right, bottom) = (self.right.min(other.right), self.bottom.min(other.bottom));
        Self { left, top, right: right.max(left), bottom: bottom.max(top) }
    }

    /// The least rectangle around all, if there is any.
    pub fn around(rects: impl IntoIterator<Item = Self>) -> Option<Self> {
        rects.into_iter().reduce(|all, next| all.union(&next))
    }
}
