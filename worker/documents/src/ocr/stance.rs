//! How a page lies: by which quarter turn it is upright, and how much it is slanted then.

use std::f32::consts::FRAC_PI_4;

use super::detector::Found;

/// A line this many times as long as high has a direction; a word of two letters has none.
const LONG: f32 = 4.0;
/// Paper that went askew through a scanner is slanted by less than this, in radians (8.6°).
const MAX_SLANT: f32 = 0.15;
/// So much of what is long has to stand upright for the page to lie on its side.
const SIDEWAYS: f32 = 0.6;

/// Whether the page lies on its side, to the left or to the right.
pub(super) fn is_sideways<'f>(lines: impl Iterator<Item = &'f Found> + Clone) -> bool {
    let long = |line: &&'f Found| line.length > 2.0 * line.breadth;
    let all: f32 = lines.clone().filter(long).map(|line| line.length).sum();
    let upright: f32 = lines.filter(long).filter(|line| line.angle.abs() > FRAC_PI_4).map(|line| line.length).sum();
    all > 0.0 && upright > SIDEWAYS * all
}

/// The slant of the lines, in radians: how steeply they fall to the right. The median by length, for a page has lines of
/// other directions too.
pub(super) fn slant<'f>(lines: impl Iterator<Item = &'f Found>) -> f32 {
    let mut angles: Vec<(f32, f32)> = lines
        .filter(|line| line.length > LONG * line.breadth && line.angle.abs() < FRAC_PI_4)
        .map(|line| (line.angle, line.length))
        .collect();
    angles.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = angles.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut so_far = 0.0;
    let median = angles.iter().find(|(_, length)| {
        so_far += length;
        so_far >= half
    });
    median.map_or(0.0, |&(angle, _)| angle).clamp(-MAX_SLANT, MAX_SLANT)
}
