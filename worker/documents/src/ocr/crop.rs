//! Cuts a line of text out of a picture, straightened and at the height that the reader was trained on.

use image::RgbImage;

use super::area::{Bounds, Point};

/// The height of a line for the reader.
pub(super) const HEIGHT: usize = 48;
/// A line is at least this wide for the reader.
const MIN_WIDTH: usize = 16;
/// And at most this: the width of a line of A4 in the smallest print is about 3 200.
const MAX_WIDTH: usize = 3_200;

/// A line as the reader sees it: three planes (blue, green, red) from -1 to 1, rows of `width` pixels.
#[derive(Debug, Clone)]
pub(super) struct Strip {
    pub(super) width: usize,
    pub(super) planes: Vec<f32>,
}

/// Which way the letters of a line stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stance {
    Upright,
    /// From bottom to top: turned to the left.
    Rising,
    /// From top to bottom: turned to the right.
    Falling,
}

/// The part of the picture within these bounds, which are seen in axes turned by `slant`.
pub(super) fn cut(picture: &RgbImage, bounds: &Bounds, slant: f32, stance: Stance) -> Strip {
    let (length, breadth) = match stance {
        Stance::Upright => (bounds.width(), bounds.height()),
        Stance::Rising | Stance::Falling => (bounds.height(), bounds.width()),
    };
    let ratio = length / breadth.max(1.0);
    let width = ((HEIGHT as f32 * ratio).round() as usize).clamp(MIN_WIDTH, MAX_WIDTH);
    let place = |along: f32, across: f32| {
        let (u, v) = match stance {
            Stance::Upright => (along, across),
            Stance::Rising => (across, 1.0 - along),
            Stance::Falling => (1.0 - across, along),
        };
        let (x, y) = (bounds.left + u * bounds.width(), bounds.top + v * bounds.height());
        Point { x, y }.turned(slant)
    };
    // The place is a linear function of column and row, so that three corners give it everywhere.
    let (origin, end, below) = (place(0.0, 0.0), place(1.0, 0.0), place(0.0, 1.0));
    let step = |to: Point, count: usize| ((to.x - origin.x) / count as f32, (to.y - origin.y) / count as f32);
    let (along, across) = (step(end, width), step(below, HEIGHT));
    // Where the picture is finer than the strip, several samples are averaged: noise falls, and thin strokes stay.
    let samples = ((breadth / HEIGHT as f32).round() as usize).clamp(1, 4);
    let mut strip = Strip { width, planes: vec![0.0; 3 * HEIGHT * width] };
    for row in 0..HEIGHT {
        for column in 0..width {
            let colour = sample(picture, (origin, along, across), (column, row), samples);
            for (plane, value) in [colour[2], colour[1], colour[0]].into_iter().enumerate() {
                if let Some(cell) = strip.planes.get_mut((plane * HEIGHT + row) * width + column) {
                    *cell = value / 127.5 - 1.0;
                }
            }
        }
    }
    strip
}

type Axes = (Point, (f32, f32), (f32, f32));

fn sample(
    picture: &RgbImage,
    (origin, along, across): Axes,
    (column, row): (usize, usize),
    samples: usize,
) -> [f32; 3] {
    let mut sum = [0.0; 3];
    for i in 0..samples {
        for j in 0..samples {
            let u = column as f32 + (i as f32 + 0.5) / samples as f32;
            let v = row as f32 + (j as f32 + 0.5) / samples as f32;
            let x = origin.x + u * along.0 + v * across.0;
            let y = origin.y + u * along.1 + v * across.1;
            let colour = bilinear(picture, x - 0.5, y - 0.5);
            for (sum, part) in sum.iter_mut().zip(colour) {
                *sum += part;
            }
        }
    }
    sum.map(|sum| sum / (samples * samples) as f32)
}

/// The colour between four pixels; beyond the edge that of the edge.
fn bilinear(picture: &RgbImage, x: f32, y: f32) -> [f32; 3] {
    let (last_x, last_y) = (picture.width().saturating_sub(1), picture.height().saturating_sub(1));
    let (x, y) = (x.clamp(0.0, last_x as f32), y.clamp(0.0, last_y as f32));
    let (left, top) = (x as u32, y as u32);
    let (right, bottom) = ((left + 1).min(last_x), (top + 1).min(last_y));
    let (u, v) = (x - left as f32, y - top as f32);
    let pixel = |x, y| picture.get_pixel_checked(x, y).map_or([255; 3], |pixel| pixel.0);
    let corners = [pixel(left, top), pixel(right, top), pixel(left, bottom), pixel(right, bottom)];
    let weights = [(1.0 - u) * (1.0 - v), u * (1.0 - v), (1.0 - u) * v, u * v];
    let mut colour = [0.0; 3];
    for (corner, weight) in corners.into_iter().zip(weights) {
        for (sum, part) in colour.iter_mut().zip(corner) {
            *sum += f32::from(part) * weight;
        }
    }
    colour
}

impl Strip {
    /// The same strip seen upside down.
    pub(super) fn upside_down(&self) -> Self {
        let planes = self.planes.chunks(HEIGHT * self.width).flat_map(|plane| plane.iter().rev().copied()).collect();
        Self { width: self.width, planes }
    }

    /// How dark the darkest pixel of every column is, from 0 (as the lightest of the strip) to 1 (as the darkest).
    pub(super) fn ink(&self) -> Vec<f32> {
        // Green alone: the ink of every colour but green shows in it.
        let plane = self.planes.get(HEIGHT * self.width..2 * HEIGHT * self.width).unwrap_or_default();
        let (mut darkest, mut lightest) = (vec![1.0_f32; self.width], -1.0_f32);
        // Rows at the edges may hold the lines above and below.
        for row in plane.chunks(self.width).skip(HEIGHT / 8).take(HEIGHT * 3 / 4) {
            for (least, &value) in darkest.iter_mut().zip(row) {
                *least = least.min(value);
                lightest = lightest.max(value);
            }
        }
        let black = darkest.iter().copied().fold(1.0, f32::min);
        let range = (lightest - black).max(f32::MIN_POSITIVE);
        darkest.iter().map(|value| (lightest - value) / range).collect()
    }
}
