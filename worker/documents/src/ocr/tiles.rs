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

    pub(super) fn on_picture(&self, point: Point) -> Point {
        Point { x: point.x + self.x as f32, y: point.y + self.y as f32 }
    }
}

/// Lines that more than one tile saw, or saw a part of, become one. Each comes with the number of its tile.
pub(super) fn merged(mut lines: Vec<(usize, Bounds)>) -> Vec<Bounds> {
    lines.sort_by(|a, b| a.1.top.total_cmp(&b.1.top));
    let mut whole: Vec<(Vec<usize>, Bounds)> = Vec::with_capacity(lines.len());
    for (tile, line) in lines {
        let mut tiles = vec![tile];
        let mut line = line;
        // A line may join two parts that did not touch before: what it swallows is taken out, then it is put in.
        let mut near = whole.split_off(whole.len().saturating_sub(MAX_COMPARED));
        near.retain(|(others, other)| {
            let same = others.iter().all(|other| !tiles.contains(other)) && is_same_line(&line, other);
            if same {
                line = line.union(other);
                tiles.extend(others);
            }
            !same
        });
        whole.append(&mut near);
        whole.push((tiles, line));
    }
    whole.into_iter().map(|(_, line)| line).collect()
}

fn is_same_line(a: &Bounds, b: &Bounds) -> bool {
    a.overlap_x(b) > 0.0 && a.overlap_y(b) > 0.5 * a.height().min(b.height())
}
