//! Finds where text stands: a network marks the pixels of text, and what hangs together is one line.

use std::sync::Arc;

use image::RgbImage;
use image::imageops::{self, FilterType};
use rten::ThreadPool;
use rten_imageproc::{PointF, min_area_rect};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::Failure;
use super::area::{Bounds, Point};
use super::component::{angle, components};
use super::network::Network;
use super::tiles::Tile;

/// The longer side of what the network sees: the print of a page of A4 is some ten pixels high then.
pub(super) const MAX_SIDE: f32 = 960.0;
/// The shorter side is brought to this if that leaves the longer one under [`MAX_SIDE`].
const MIN_SIDE: f32 = 736.0;
/// And no picture is enlarged more: print would become larger than the network knows.
const MAX_SCALE: f32 = 1.5;
/// The network halves its input five times.
const STRIDE: u32 = 32;
/// A pixel is text from this probability on: the default of PP-OCR.
const TEXT: f32 = 0.3;
/// A line is kept if its pixels of text have at least this mean probability.
const LINE: f32 = 0.5;
/// Lines that are less high, in the network's pixels, are dirt.
const MIN_HEIGHT: f32 = 3.0;
/// The network marks the core of a line; the whole of it reaches further by this times area / circumference.
const UNCLIP: f32 = 1.6;
/// Lines of one tile: a page of the smallest print has about 150.
const MAX_LINES: usize = 2_000;

/// A line of text that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The outline of its core, in pixels of the picture.
    pub(super) outline: Vec<Point>,
    /// How steeply it falls to the right, in radians, from -π/2 to π/2.
    pub(super) angle: f32,
    /// Its core's extent along the longer side.
    pub(super) length: f32,
    /// Its core's extent across.
    pub(super) breadth: f32,
}

impl Found {
    /// The same on the picture that the tile is a part of.
    pub(super) fn on_picture(mut self, tile: &Tile) -> Self {
        for point in &mut self.outline {
            *point = tile.on_picture(*point);
        }
        self
    }

    /// Between its highest and its lowest point.
    pub(super) fn middle(&self) -> f32 {
        let bounds = Bounds::around(&self.outline, 0.0);
        (bounds.top + bounds.bottom) / 2.0
    }
}

pub(super) struct Detector {
    network: Network,
}

/// How much a picture is enlarged for the network.
pub(super) fn scale(width: u32, height: u32) -> f32 {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let enlarged = (MIN_SIDE / width.min(height)).clamp(1.0, MAX_SCALE);
    enlarged.min(MAX_SIDE / width.max(height))
}

/// How much further than its core a line of this size reaches on every side.
pub(super) fn margin(length: f32, breadth: f32) -> f32 {
    length * breadth * UNCLIP / (2.0 * (length + breadth)).max(1.0)
}

impl Detector {
    pub(super) fn load(bytes: Vec<u8>, threads: &Arc<ThreadPool>) -> Result<Self, Failure> {
        Ok(Self { network: Network::load(bytes, threads)? })
    }

    /// The lines of a picture that is shown to the network at this scale.
    pub(super) fn detect(&self, picture: &RgbImage, scale: f32) -> Result<Vec<Found>, Failure> {
        let side = |length: u32| (((length as f32 * scale) / STRIDE as f32).round().max(1.0) as u32) * STRIDE;
        let (width, height) = (side(picture.width()), side(picture.height()));
        let small = imageops::resize(picture, width, height, FilterType::Triangle);
        let probabilities = self.network.run(input(&small))?;
        let Some(probabilities) = probabilities.data() else { return Ok(Vec::new()) };
        let (columns, rows) = (width as usize, height as usize);
        if probabilities.len() != columns * rows {
            return Err(Failure("the map of text has another size than the picture".to_owned()));
        }
        let mask = dilated(probabilities, columns);
        let back = (picture.width() as f32 / width as f32, picture.height() as f32 / height as f32);
        Ok(components(&mask, columns)
            .filter_map(|outline| found(&outline, probabilities, columns, back))
            .take(MAX_LINES)
            .collect())
    }
}

/// Channels in the order blue, green, red, from -1 to 1.
fn input(picture: &RgbImage) -> NdTensor<f32, 4> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut planes = Vec::with_capacity(3 * width * height);
    for channel in [2, 1, 0] {
        planes.extend(picture.pixels().map(|pixel| f32::from(pixel.0[channel]) / 127.5 - 1.0));
    }
    NdTensor::from_data([1, 3, height, width], planes)
}

/// The pixels of text, each with its neighbours to the right and below: letters of one word that nearly touch do so.
fn dilated(probabilities: &[f32], columns: usize) -> Vec<bool> {
    let text: Vec<bool> = probabilities.iter().map(|&probability| probability > TEXT).collect();
    let at = |index: Option<usize>| index.and_then(|index| text.get(index)).copied().unwrap_or(false);
    (0..text.len())
        .map(|index| {
            let first_column = index % columns == 0;
            let (left, above) = (index.checked_sub(1), index.checked_sub(columns));
            at(Some(index))
                || (!first_column && at(left))
                || at(above)
                || (!first_column && at(index.checked_sub(columns + 1)))
        })
        .collect()
}

fn found(outline: &[PointF], probabilities: &[f32], columns: usize, back: (f32, f32)) -> Option<Found> {
    let rect = min_area_rect(outline).filter(|rect| rect.width().min(rect.height()) >= MIN_HEIGHT)?;
    if mean_probability(outline, probabilities, columns) < LINE {
        return None;
    }
    let corners = rect.corners().map(|corner| (corner.x * back.0, corner.y * back.1));
    let side = |a: (f32, f32), b: (f32, f32)| (b.0 - a.0).hypot(b.1 - a.1);
    let (one, other) = (side(corners[0], corners[1]), side(corners[1], corners[2]));
    let angle = angle(outline, back);
    let outline = outline.iter().map(|point| Point { x: point.x * back.0, y: point.y * back.1 }).collect();
    Some(Found { outline, angle, length: one.max(other), breadth: one.min(other) })
}

/// Of the pixels of text in the rectangle around the outline.
fn mean_probability(outline: &[PointF], probabilities: &[f32], columns: usize) -> f32 {
    let extent = |of: fn(&PointF) -> f32| {
        let (least, most) = outline
            .iter()
            .map(of)
            .fold((f32::INFINITY, 0.0_f32), |(least, most), value| (least.min(value), most.max(value)));
        (least.max(0.0) as usize, most as usize)
    };
    let ((left, right), (top, bottom)) = (extent(|point| point.x), extent(|point| point.y));
    let (mut sum, mut count) = (0.0, 0.0);
    for row in top..=bottom {
        let start = row * columns;
        let pixels = probabilities.get(start + left..(start + right + 1).min(start + columns)).unwrap_or_default();
        for probability in pixels.iter().filter(|&&probability| probability > TEXT) {
            sum += probability;
            count += 1.0;
        }
    }
    if count == 0.0 { 0.0 } else { sum / count }
}
