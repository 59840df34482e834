//! The interpreter's drawing calls as the content of a page.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::kurbo::{Affine, BezPath, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use super::content::{ImagePlace, PageContent};
use super::direction::Direction;
use super::meaning::{Meaning, Meanings};
use super::run::{PlacedGlyph, Run};
use super::stance::Stance;
use super::strokes;
use crate::document::Size;
use crate::error::Error;
use crate::layout::Fragment;
use crate::limits::Limits;

/// Keeps the text, the straight rules and the places of the pictures that are drawn within the page.
pub(crate) struct PageDevice<'l, 'm> {
    bounds: Rect,
    limits: &'l Limits,
    content: PageContent,
    turned: [Vec<Fragment>; 4],
    glyphs: usize,
    meanings: &'m mut Meanings,
    run: Run,
    refused: Option<Error>,
}

impl<'l, 'm> PageDevice<'l, 'm> {
    pub(crate) fn new(size: Size, meanings: &'m mut Meanings, limits: &'l Limits) -> Self {
        let content = PageContent {
            size,
            fragments: Vec::new(),
            turned: Vec::new(),
            hidden: Vec::new(),
            rules: Vec::new(),
            images: Vec::new(),
            readable_glyphs: 0,
            unreadable_glyphs: 0,
        };
        let bounds = Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
        Self {
            bounds,
            limits,
            content,
            turned: Default::default(),
            glyphs: 0,
            meanings,
            run: Run::default(),
            refused: None,
        }
    }

    /// What was drawn, or the error that stopped collection.
    pub(crate) fn finish(mut self) -> Result<PageContent, Error> {
        for direction in Direction::ALL {
            let fragments = std::mem::take(&mut self.turned[direction as usize]);
            if direction == Direction::Right {
                self.content.fragments = fragments;
            } else if !fragments.is_empty() {
                self.content.turned.push((direction, fragments));
            }
        }
        self.refused.map_or(Ok(self.content), Err)
    }

    fn collect(&mut self, drawn: &GlyphRun<'_, '_>, to_page: Affine, visible: bool) {
        // The interpreter cannot be stopped from here, but what it still draws costs no memory.
        self.glyphs = self.glyphs.saturating_add(drawn.glyphs().len());
        self.keep_if(self.limits.check_page_glyphs(self.glyphs));
        if self.refused.is_some() {
            return;
        }
        let Self { bounds, content, turned, meanings, run, .. } = self;
        let (bounds, size) = (*bounds, content.size);
        let mut keep = |direction, done| {
            let Some(fragment) = done else { return };
            let is_hidden = direction == Direction::Right && !visible;
            if is_hidden { &mut content.hidden } else { &mut turned[direction as usize] }.push(fragment);
        };
        let vertical = drawn.writing_mode() == WritingMode::Vertical;
        let Some(first) = drawn.glyphs().first() else { return };
        meanings.start_run(first);
        let mut stance = Stance::new(first.transform(), to_page, vertical);
        let (mut readable, mut unreadable) = (0_u32, 0_u32);
        let mut direction = Direction::Right;
        for glyph in drawn.glyphs() {
            let transform = glyph.transform();
            if !stance.is_of(transform) {
                stance = Stance::new(transform, to_page, vertical);
            }
            let origin = to_page * transform.translation().to_point();
            if !bounds.contains(origin) || !stance.is_visible {
                continue;
            }
            let Meaning { letters: Some(letters), advance } = meanings.of(glyph) else {
                unreadable += 1;
                continue;
            };
            readable += 1;
            if stance.direction != direction {
                keep(direction, run.finish());
                direction = stance.direction;
            }
            let (start, end, baseline) = stance.span(origin, *advance, size);
            keep(direction, run.push(&PlacedGlyph { letters, start, end, baseline, size: stance.size }));
        }
        keep(direction, run.finish());
        content.readable_glyphs = content.readable_glyphs.saturating_add(readable);
        content.unreadable_glyphs = content.unreadable_glyphs.saturating_add(unreadable);
    }

    fn keep_if(&mut self, allowed: Result<(), Error>) {
        if self.refused.is_none() {
            self.refused = allowed.err();
        }
    }

    fn rules(&mut self, path: &BezPath, to_page: Affine, mode: &DrawMode) {
        if self.refused.is_some() {
            return;
        }
        let room = usize::try_from(self.limits.max_page_rules).unwrap_or(usize::MAX).saturating_add(1);
        strokes::rules(path, to_page, mode, self.bounds, &mut self.content.rules, room);
        self.keep_if(self.limits.check_page_rules(self.content.rules.len()));
    }
}

impl<'a> Device<'a> for PageDevice<'_, '_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.collect(run, props.transform, !matches!(mode, DrawMode::Invisible));
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.rules(path, props.transform, mode);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if self.refused.is_some() {
            return;
        }
        // The transform is for a picture of one unit a pixel.
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let place = props.transform.transform_rect_bbox(pixels).intersect(self.bounds);
        if !place.is_finite() || place.width() <= 0.0 || place.height() <= 0.0 {
            return;
        }
        #[expect(clippy::cast_possible_truncation, reason = "places on a page need no more digits than f32 has")]
        let side = |value: f64| value as f32;
        let Rect { x0, y0, x1, y1 } = place;
        self.content.images.push(ImagePlace { left: side(x0), top: side(y0), right: side(x1), bottom: side(y1) });
        self.keep_if(self.limits.check_page_images(self.content.images.len()));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn pop_clip(&mut self) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}
}
