//! The interpreter's drawing calls as runs of text.

use hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::layout::{Direction, PlacedGlyph, Run};
use crate::error::Error;
use crate::limits::Limits;

/// Glyph coordinates come in thousandths of the font size.
const UNITS_PER_EM: f64 = 1000.0;
/// The advance assumed for a font that gives none: the width of a digit in most fonts.
const DEFAULT_ADVANCE: f64 = 500.0;

/// Keeps the text that is drawn within the page and ignores all else. Text drawn invisibly counts: it is what makes a
/// scan searchable.
pub(crate) struct TextDevice<'l> {
    bounds: Rect,
    limits: &'l Limits,
    runs: Vec<Run>,
    glyphs: usize,
    refused: Option<Error>,
}

impl<'l> TextDevice<'l> {
    pub(crate) fn new(bounds: Rect, limits: &'l Limits) -> Self {
        Self { bounds, limits, runs: Vec::new(), glyphs: 0, refused: None }
    }

    /// The runs in drawing order, or the error that stopped collection.
    pub(crate) fn finish(self) -> Result<Vec<Run>, Error> {
        self.refused.map_or(Ok(self.runs), Err)
    }

    fn collect(&mut self, run: &GlyphRun<'_, '_>, to_page: Affine, visible: bool) {
        // The interpreter cannot be stopped from here, but what it still draws costs no memory.
        self.glyphs = self.glyphs.saturating_add(run.glyphs().len());
        if self.refused.is_none() {
            self.refused = self.limits.check_page_glyphs(self.glyphs).err();
        }
        if self.refused.is_some() {
            return;
        }
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let mut current: Option<Run> = None;
        for glyph in run.glyphs() {
            let Some((direction, placed)) = self.place(glyph, to_page, vertical) else { continue };
            match &mut current {
                Some(run) if run.direction == direction => run.glyphs.push(placed),
                _ => {
                    self.runs.extend(current.replace(Run { direction, visible, glyphs: vec![placed] }));
                }
            }
        }
        self.runs.extend(current);
    }

    fn place(&self, glyph: &PositionedGlyph<'_>, to_page: Affine, vertical: bool) -> Option<(Direction, PlacedGlyph)> {
        let text = characters(glyph)?;
        let to_page = to_page * glyph.transform();
        let origin = to_page * Point::ORIGIN;
        let along_glyph = to_page * Point::new(UNITS_PER_EM, 0.0) - origin;
        let size = (to_page * Point::new(0.0, UNITS_PER_EM) - origin).hypot();
        if !self.bounds.contains(origin) || !size.is_finite() || size <= 0.0 || !along_glyph.is_finite() {
            return None;
        }
        let (step, direction) = if vertical {
            let down = to_page * Point::new(0.0, -UNITS_PER_EM) - origin;
            (down, direction(down))
        } else {
            let em = advance(glyph) / UNITS_PER_EM;
            (along_glyph * em, direction(along_glyph))
        };
        let (start, baseline) = direction.coordinates(origin.x, origin.y);
        let (end, _) = direction.coordinates(origin.x + step.x, origin.y + step.y);
        Some((direction, PlacedGlyph { text, start: start.min(end), end: start.max(end), baseline, size }))
    }
}

fn advance(glyph: &Glyph<'_>) -> f64 {
    let advance = match glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(drawn) => drawn.advance_width(),
    };
    advance.map_or(DEFAULT_ADVANCE, f64::from)
}

/// The characters that a glyph stands for, without control characters. A glyph without any is a shape like others.
fn characters(glyph: &Glyph<'_>) -> Option<String> {
    let text = match glyph.as_unicode()? {
        BfString::Char(character) => character.to_string(),
        BfString::String(text) => text,
    };
    let text = text.replace(|character: char| character.is_control() || character == char::REPLACEMENT_CHARACTER, "");
    (!text.is_empty()).then_some(text)
}

/// The nearest of the four directions in which a line of text can run.
fn direction(vector: Vec2) -> Direction {
    match (vector.x.abs() >= vector.y.abs(), vector.x >= 0.0, vector.y >= 0.0) {
        (true, true, _) => Direction::Right,
        (true, false, _) => Direction::Left,
        (false, _, true) => Direction::Down,
        (false, _, false) => Direction::Up,
    }
}

impl<'a> Device<'a> for TextDevice<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.collect(run, props.transform, !matches!(mode, DrawMode::Invisible));
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn pop_clip(&mut self) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}
}
