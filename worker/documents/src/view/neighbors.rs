//! What stands beside, above and below a line.

use super::line::Line;
use crate::document::Rect;

/// How many lines of a page are looked at in each direction: about two rows of a page of five columns full of small
/// print, and all that is near on any other. A page made to be slow has all its lines at one height.
const LOOK: usize = 48;
/// Lines share a printed row if their middles are closer than this, in heights of the lower one.
const SAME_ROW: f32 = 0.55;
/// Left edges closer than this, in heights of the line, are one edge.
const SAME_EDGE: f32 = 1.0;
/// A label stands at most this far above its value, in heights of the line.
const FARTHEST: f32 = 4.0;

/// The lines of each page from top to bottom.
#[derive(Debug, Clone, Default)]
pub(super) struct Neighbors {
    /// Lines with a place, by page, then by the height they stand at.
    order: Vec<usize>,
    /// Where each line is in that order.
    position: Vec<Option<usize>>,
}

/// A line near another one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub(super) line: usize,
    /// The space between them, in heights of the line.
    pub(super) distance: f32,
}

impl Neighbors {
    pub(super) fn of(lines: &[Line]) -> Self {
        let mut placed: Vec<(u32, f32, usize)> =
            lines.iter().enumerate().filter_map(|(index, line)| Some((line.page, middle(line.at?), index))).collect();
        placed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let order: Vec<usize> = placed.into_iter().map(|(.., index)| index).collect();
        let mut position = vec![None; lines.len()];
        for (at, &line) in order.iter().enumerate() {
            if let Some(position) = position.get_mut(line) {
                *position = Some(at);
            }
        }
        Self { order, position }
    }

    /// The lines left of one on the same printed row, the nearest first.
    pub(super) fn left(&self, lines: &[Line], line: usize) -> Vec<Near> {
        self.beside(lines, line, |own, other| own.left - other.right)
    }

    /// The lines right of one on the same printed row, the nearest first.
    pub(super) fn right(&self, lines: &[Line], line: usize) -> Vec<Near> {
        self.beside(lines, line, |own, other| other.left - own.right)
    }

    /// The lines above one that overlap with it or begin at the same edge, the nearest first.
    pub(super) fn above(&self, lines: &[Line], line: usize) -> Vec<Near> {
        self.stacked(lines, line, |own, other| own.top - other.bottom)
    }

    /// The lines below one that overlap with it or begin at the same edge, the nearest first.
    pub(super) fn below(&self, lines: &[Line], line: usize) -> Vec<Near> {
        self.stacked(lines, line, |own, other| other.top - own.bottom)
    }

    fn beside(&self, lines: &[Line], line: usize, gap: impl Fn(Rect, Rect) -> f32) -> Vec<Near> {
        self.near(lines, line, |own, other| {
            let height = own.height().min(other.height());
            let is_beside = (middle(own) - middle(other)).abs() <= SAME_ROW * height;
            // What is beside a line does not reach into it by more than the blur of a box around ink.
            let gap = gap(own, other);
            (is_beside && gap > -0.5 * height).then_some(gap.max(0.0))
        })
    }

    fn stacked(&self, lines: &[Line], line: usize, gap: impl Fn(Rect, Rect) -> f32) -> Vec<Near> {
        self.near(lines, line, |own, other| {
            let height = own.height().min(other.height());
            let gap = gap(own, other);
            let overlaps = own.left < other.right && other.left < own.right;
            let is_over = overlaps || (own.left - other.left).abs() <= SAME_EDGE * height;
            (is_over && gap > -0.5 * height && gap <= FARTHEST * own.height()).then_some(gap.max(0.0))
        })
    }

    fn near(&self, lines: &[Line], line: usize, distance: impl Fn(Rect, Rect) -> Option<f32>) -> Vec<Near> {
        let Some(own) = lines.get(line) else { return Vec::new() };
        let (Some(at), Some(position)) = (own.at, self.position.get(line).copied().flatten()) else {
            return Vec::new();
        };
        let around = position.saturating_sub(LOOK)..self.order.len().min(position + LOOK + 1);
        let mut near: Vec<Near> = self
            .order
            .get(around)
            .unwrap_or_default()
            .iter()
            .filter(|&&other| other != line)
            .filter_map(|&other| {
                let candidate = lines.get(other).filter(|candidate| candidate.page == own.page)?;
                let height = at.height().max(f32::EPSILON);
                Some(Near { line: other, distance: distance(at, candidate.at?)? / height })
            })
            .collect();
        near.sort_by(|a, b| a.distance.total_cmp(&b.distance).then(a.line.cmp(&b.line)));
        near
    }
}

fn middle(rect: Rect) -> f32 {
    f32::midpoint(rect.top, rect.bottom)
}
