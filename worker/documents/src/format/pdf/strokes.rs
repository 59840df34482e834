//! Paths as rules: straight lines along the sides of the page.

use hayro_interpret::DrawMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect};

use crate::layout::Rule;

/// A filled shape thinner than this, in points, is a line: the thickest borders of tables are about 2.
const MAX_THICKNESS: f64 = 3.0;
/// How far the ends of a line may be off its axis, in points, for it to be straight.
const MAX_SLANT: f64 = 0.5;
/// Shorter lines, in points, are parts of letters and of drawings.
const MIN_LENGTH: f64 = 3.0;

/// Adds the rules that a path draws, until there are `room` of them.
pub(super) fn rules(
    path: &BezPath,
    to_page: Affine,
    mode: &DrawMode,
    bounds: Rect,
    rules: &mut Vec<Rule>,
    room: usize,
) {
    match mode {
        DrawMode::Stroke(_) => stroked(path, to_page, bounds, rules, room),
        DrawMode::Fill(_) => filled(path, to_page, bounds, rules, room),
        DrawMode::FillAndStroke(..) => {
            filled(path, to_page, bounds, rules, room);
            stroked(path, to_page, bounds, rules, room);
        }
        DrawMode::Invisible => (),
    }
}

fn stroked(path: &BezPath, to_page: Affine, bounds: Rect, rules: &mut Vec<Rule>, room: usize) {
    let mut start = Point::ORIGIN;
    let mut here = Point::ORIGIN;
    for element in path.elements() {
        let to = match *element {
            PathEl::MoveTo(to) => {
                start = to_page * to;
                here = start;
                continue;
            }
            PathEl::LineTo(to) => to_page * to,
            PathEl::ClosePath => start,
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                here = to_page * to;
                continue;
            }
        };
        let line = Rect::from_points(here, to);
        if rules.len() < room && line.width().min(line.height()) <= MAX_SLANT {
            rules.extend(rule(line, bounds));
        }
        here = to;
    }
}

/// Thin shapes: many writers fill rectangles for lines, several in one path.
fn filled(path: &BezPath, to_page: Affine, bounds: Rect, rules: &mut Vec<Rule>, room: usize) {
    let mut shape: Option<Rect> = None;
    let mut flush = |shape: Option<Rect>| {
        if let Some(shape) = shape
            && rules.len() < room
            && shape.width().min(shape.height()) <= MAX_THICKNESS
        {
            rules.extend(rule(shape, bounds));
        }
    };
    for element in path.elements() {
        let at = |point: Point| to_page * point;
        match *element {
            PathEl::MoveTo(to) => flush(shape.replace(Rect::from_points(at(to), at(to)))),
            PathEl::LineTo(to) => shape = shape.map(|shape| shape.union_pt(at(to))),
            PathEl::QuadTo(by, to) => shape = shape.map(|shape| shape.union_pt(at(by)).union_pt(at(to))),
            PathEl::CurveTo(by, and, to) => {
                shape = shape.map(|shape| shape.union_pt(at(by)).union_pt(at(and)).union_pt(at(to)));
            }
            PathEl::ClosePath => (),
        }
    }
    flush(shape);
}

fn rule(line: Rect, bounds: Rect) -> Option<Rule> {
    if !line.is_finite() || line.width().max(line.height()) < MIN_LENGTH {
        return None;
    }
    let Rect { x0, y0, x1, y1 } = line;
    if x1 < bounds.x0 || y1 < bounds.y0 || x0 > bounds.x1 || y0 > bounds.y1 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "places on a page need no more digits than f32 has")]
    let side = |value: f64| value as f32;
    let (x0, x1) = (x0.max(bounds.x0), x1.min(bounds.x1));
    let (y0, y1) = (y0.max(bounds.y0), y1.min(bounds.y1));
    Some(Rule { left: side(x0), top: side(y0), right: side(x1), bottom: side(y1) })
}
