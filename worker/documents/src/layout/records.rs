//! Which lines of a table without borders make one row: cells may have several lines.

use super::Rule;
use super::area::Area;
use super::grid;
use super::piece::Piece;

/// A step smaller than this, in em, is no new line: cells centred beside one of two lines stand between them.
const SAME_ROW: f32 = 0.9;
/// Steps within a cell are at most this many times the smallest one.
const WITHIN_CELL: f32 = 1.2;
/// A rule under a row is at least this wide, as a share of the table.
const MIN_RULE: f32 = 0.6;

/// The row of each line, from 0.
pub(super) fn records(lines: &[Vec<Piece>], rules: &[Rule], area: Area) -> Vec<usize> {
    by_rules(lines, rules, area).or_else(|| by_steps(lines)).unwrap_or_else(|| by_content(lines))
}

fn numbered(starts: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut row = 0;
    starts
        .enumerate()
        .map(|(index, starts)| {
            row += usize::from(starts && index > 0);
            row
        })
        .collect()
}

/// By the rules between rows, if there are as many as that makes sense.
fn by_rules(lines: &[Vec<Piece>], rules: &[Rule], area: Area) -> Option<Vec<usize>> {
    let width = area.right - area.left;
    let mut across: Vec<f32> = rules
        .iter()
        .filter(|rule| {
            let shared = rule.right.min(area.right) - rule.left.max(area.left);
            rule.bottom - rule.top < rule.right - rule.left && shared >= MIN_RULE * width
        })
        .map(|rule| f32::midpoint(rule.top, rule.bottom))
        .collect();
    across.sort_by(f32::total_cmp);
    let band = |line: &Vec<Piece>| {
        let baseline = line.first().map_or(0.0, |piece| piece.baseline - 0.3 * piece.size);
        across.partition_point(|&at| at < baseline)
    };
    let bands: Vec<usize> = lines.iter().map(band).collect();
    let rows = numbered(bands.iter().enumerate().map(|(index, band)| bands.get(index.wrapping_sub(1)) != Some(band)));
    is_plausible(lines, &rows).then_some(rows)
}

/// By the space between rows, if it is wider than that between lines.
fn by_steps(lines: &[Vec<Piece>]) -> Option<Vec<usize>> {
    let steps = steps(lines);
    let smallest = steps
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(step, line)| **step >= SAME_ROW * size(line))
        .map(|(step, _)| *step)
        .fold(f32::INFINITY, f32::min);
    let starts = steps
        .iter()
        .zip(lines.iter().skip(1))
        .map(|(step, line)| *step >= SAME_ROW * size(line) && *step > WITHIN_CELL * smallest);
    let rows = numbered(std::iter::once(true).chain(starts));
    is_plausible(lines, &rows).then_some(rows)
}

/// A line is a row unless it stands too close, or is one piece of words that continues the one above it.
fn by_content(lines: &[Vec<Piece>]) -> Vec<usize> {
    let left = lines.iter().flatten().map(|piece| piece.area.left).fold(f32::INFINITY, f32::min);
    let steps = steps(lines);
    let starts = lines.windows(2).zip(steps).map(|(pair, step)| match pair {
        [above, line] => {
            let first = line.first();
            let is_first = first.is_none_or(|piece| piece.area.left < left + piece.size);
            let continues = line.len() == 1 && !is_first && step < 1.35 * size(line) && !has_amounts(line) && {
                let over = |piece: &&Piece| {
                    first.is_some_and(|first| (first.area.left - piece.area.left).abs() < 0.5 * first.size)
                };
                above.iter().any(|piece| over(&piece))
            };
            step >= SAME_ROW * size(line) && !continues
        }
        _ => true,
    });
    numbered(std::iter::once(true).chain(starts))
}

fn steps(lines: &[Vec<Piece>]) -> Vec<f32> {
    let baseline = |line: &[Piece]| line.first().map_or(0.0, |piece| piece.baseline);
    lines
        .windows(2)
        .map(|pair| match pair {
            [above, below] => baseline(below) - baseline(above),
            _ => 0.0,
        })
        .collect()
}

fn size(line: &[Piece]) -> f32 {
    line.iter().map(|piece| piece.size).fold(0.0, f32::max)
}

pub(super) fn has_amounts(line: &[Piece]) -> bool {
    line.iter().any(|piece| grid::is_amount(piece.words.iter().map(|word| word.text.as_str())))
}

/// Whether these rows can be: there are at least three, and none has two lines of amounts or most lines of the table.
fn is_plausible(lines: &[Vec<Piece>], rows: &[usize]) -> bool {
    let count = rows.last().map_or(0, |last| last + 1);
    let mut amounts = vec![0_usize; count];
    let mut wide = vec![0_usize; count];
    for (line, &row) in lines.iter().zip(rows) {
        if let Some(amounts) = amounts.get_mut(row) {
            *amounts += usize::from(line.len() > 1 && has_amounts(line));
        }
        if let Some(wide) = wide.get_mut(row) {
            *wide += usize::from(line.len() > 2);
        }
    }
    count >= 3 && amounts.iter().all(|&count| count <= 1) && wide.iter().all(|&count| count <= 3)
}
