//! Parts of a picture that are shown to the detector one by one, and the lines that several of them saw.

use image::RgbImage;

use super::area::{Bounds, Point};
use super::detector;

/// A picture whose sides differ more than this is shown in tiles: as a whole, its shorter side would be shown so small
/// that print vanishes. Paper of any standard is under 2.
const TALL: f32 = 2.2;
/// A tile of such a picture is this many times as long as it is wide. A receipt has some 40 characters a line, and so its
/// print is shown half as large again as that of a page of A4.
const TILE: f32 = 2.5;
/// Neighbours share this part of a tile: several lines of print.
const SHARED: f32 = 0.12;
/// At most so many tiles: a roll of paper 30 times as long as wide.
const MAX_TILES: u32 = 32;

/// How many of the lines above it a line is compared with: a page of the smallest print in four tiles has about 600 in
/// all, a picture made to be slow 64 000.
const MAX_COMPARED: usize = 512;
/// With how many of the parts of each.
const MAX_PARTS: usize = 16;
/// What is put together from parts is at most this many times as high as the highest of them.
const LEVEL: f32 = 1.5;

/// A part of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tile {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The tiles of a picture by its shape alone: one, but for rolls and banners.
pub(super) fn by_shape(width: u32, height: u32) -> Vec<Tile> {
    let (w, h) = (width.max(1) as f32, height.max(1) as f32);
    if w.max(h) <= detector::MAX_SIDE {
        return grid(width, height, 1, 1); // as large as it is
    }
    if h / w > TALL {
        grid(width, height, 1, pieces(h, w * TILE))
    } else if w / h > TALL {
        grid(width, height, pieces(w, h * TILE), 1)
    } else {
        grid(width, height, 1, 1)
    }
}

/// How much a tile of so many is enlarged for the detector.
pub(super) fn scale(tile: &Tile, count: usize) -> f32 {
    let whole = detector::scale(tile.width, tile.height);
    let (short, long) = (tile.width.min(tile.height), tile.width.max(tile.height));
    if count > 1 { whole.min(detector::MAX_SIDE / (short as f32 * TILE).max(long as f32)) } else { whole }
}

/// Tiles as wide as the picture, each of about the size that the detector sees a page at when it sees it at once.
pub(super) fn strips(width: u32, height: u32, scale: f32) -> Vec<Tile> {
    let area = width as f32 * height as f32 * scale * scale;
    grid(width, height, 1, ((area / detector::MAX_SIDE.powi(2)).ceil() as u32).clamp(1, MAX_TILES))
}

/// How many tiles of this length, overlapping, cover the whole.
fn pieces(whole: f32, tile: f32) -> u32 {
    (((whole - tile * SHARED) / (tile * (1.0 - SHARED))).ceil() as u32).clamp(1, MAX_TILES)
}

/// Tiles of equal size in so many columns and rows, overlapping.
pub(super) fn grid(width: u32, height: u32, columns: u32, rows: u32) -> Vec<Tile> {
    let spans = |length: u32, count: u32| -> Vec<(u32, u32)> {
        let count = count.max(1);
        // count tiles of `tile` with count - 1 overlaps make up the length.
        let tile = length as f32 / (count as f32 - (count - 1) as f32 * SHARED);
        let step = tile * (1.0 - SHARED);
        (0..count)
            .map(|index| {
                let start = ((index as f32 * step) as u32).min(length);
                let end = if index + 1 == count { length } else { ((start as f32 + tile).ceil() as u32).min(length) };
                (start, end - start)
            })
            .collect()
    };
    let columns = spans(width, columns);
    let rows = spans(height, rows);
    rows.iter()
        .flat_map(|&(y, height)| columns.iter().map(move |&(x, width)| Tile { x, y, width, height }))
        .filter(|tile| tile.width > 0 && tile.height > 0)
        .collect()
}

impl Tile {
    /// Its part of the picture.
    pub(super) fn of(&self, picture: &RgbImage) -> RgbImage {
        image::imageops::crop_imm(picture, self.x, self.y, self.width, self.height).to_image()
    }

    /// Whether what has its middle here, on a picture of this height, may be cut off by the upper or lower edge of the
    /// tile. It is well within the neighbour, which saw the whole of it.
    pub(super) fn may_cut(&self, middle: f32, height: u32) -> bool {
        let rim = self.height as f32 * SHARED / 4.0;
        let (top, bottom) = (self.y, self.y + self.height);
        (top > 0 && middle < top as f32 + rim) || (bottom < height && middle > bottom as f32 - rim)
    }

    pub(super) fn on_picture(&self, point: Point) -> Point {
        Point { x: point.x + self.x as f32, y: point.y + self.y as f32 }
    }
}

/// Lines that more than one tile saw, or saw a part of, become one. Each comes with the number of its tile.
pub(super) fn merged(mut lines: Vec<(usize, Bounds)>) -> Vec<Bounds> {
    lines.sort_by(|a, b| a.1.top.total_cmp(&b.1.top));
    let mut whole: Vec<Merged> = Vec::with_capacity(lines.len());
    for (tile, line) in lines {
        let mut merged = Merged { parts: vec![(tile, line)], bounds: line };
        // A line may join two parts that did not touch before: what it swallows is taken out, then it is put in.
        let mut near = whole.split_off(whole.len().saturating_sub(MAX_COMPARED));
        near.retain(|other| {
            let is_seen_again = other.has((tile, line)) && merged.is_level_with(other);
            if is_seen_again {
                merged.bounds = merged.bounds.union(&other.bounds);
                merged.parts.extend(&other.parts);
            }
            !is_seen_again
        });
        whole.append(&mut near);
        whole.push(merged);
    }
    whole.into_iter().map(|merged| merged.bounds).collect()
}

/// A line by what the tiles saw of it, each with the number of its tile. One may have seen two parts where another saw the
/// whole: a label and, far from it, a price.
struct Merged {
    parts: Vec<(usize, Bounds)>,
    bounds: Bounds,
}

impl Merged {
    /// Whether another tile saw this too.
    fn has(&self, (tile, line): (usize, Bounds)) -> bool {
        let mut last = self.parts.iter().rev().take(MAX_PARTS);
        last.any(|(other, part)| *other != tile && is_same_line(&line, part))
    }

    /// Whether both are one line, not two that a tile took for one.
    fn is_level_with(&self, other: &Self) -> bool {
        self.bounds.union(&other.bounds).height() <= LEVEL * self.bounds.height().max(other.bounds.height())
    }
}

fn is_same_line(a: &Bounds, b: &Bounds) -> bool {
    a.overlap_x(b) > 0.0 && a.overlap_y(b) > 0.5 * a.height().min(b.height())
}
