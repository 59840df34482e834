//! Where text stands on a picture, in its pixels.

/// A point, y down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f32,
    pub(super) y: f32,
}

impl Point {
    /// The point turned about the origin; a positive angle turns x towards y.
    pub(super) fn turned(self, angle: f32) -> Self {
        let (sin, cos) = angle.sin_cos();
        Self { x: self.x * cos - self.y * sin, y: self.x * sin + self.y * cos }
    }
}

/// A rectangle whose sides stand upright in axes turned by the slant of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Bounds {
    /// The least rectangle around points, seen in axes turned by `slant`.
    pub(super) fn around(points: &[Point], slant: f32) -> Self {
        let start =
            Self { left: f32::INFINITY, top: f32::INFINITY, right: f32::NEG_INFINITY, bottom: f32::NEG_INFINITY };
        points.iter().map(|point| point.turned(-slant)).fold(start, |all, point| Self {
            left: all.left.min(point.x),
            top: all.top.min(point.y),
            right: all.right.max(point.x),
            bottom: all.bottom.max(point.y),
        })
    }

    pub(super) fn width(&self) -> f32 {
        (self.right - self.left).max(0.0)
    }

    pub(super) fn height(&self) -> f32 {
        (self.bottom - self.top).max(0.0)
    }

    pub(super) fn grown(&self, by: f32) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// How far both reach over one another from left to right; negative if there is a gap.
    pub(super) fn overlap_x(&self, other: &Self) -> f32 {
        self.right.min(other.right) - self.left.max(other.left)
    }

    /// The same from top to bottom.
    pub(super) fn overlap_y(&self, other: &Self) -> f32 {
        self.bottom.min(other.bottom) - self.top.max(other.top)
    }
}
