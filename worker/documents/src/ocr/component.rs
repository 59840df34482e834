//! What hangs together in a mask. Contours would do, but those of rten lose what follows a shape with holes in its row, and
//! large letters have holes.

use std::collections::BTreeMap;

use rten_imageproc::{Point, PointF};

/// The first and the last pixel of every row of each component; pixels that touch at a corner hang together.
pub(super) fn components(mask: &[bool], columns: usize) -> impl Iterator<Item = Vec<PointF>> {
    let mut seen = vec![false; mask.len()];
    (0..mask.len()).filter_map(move |start| {
        let is_new = mask.get(start).copied().unwrap_or(false) && !seen.get(start).copied().unwrap_or(true);
        is_new.then(|| outline(start, mask, &mut seen, columns.max(1)))
    })
}

fn outline(start: usize, mask: &[bool], seen: &mut [bool], columns: usize) -> Vec<PointF> {
    let mut rows: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut open = vec![start];
    while let Some(index) = open.pop() {
        let Some(mark) = seen.get_mut(index).filter(|seen| !**seen) else { continue };
        *mark = true;
        let (row, column) = (index / columns, index % columns);
        let extent = rows.entry(row).or_insert((column, column));
        *extent = (extent.0.min(column), extent.1.max(column));
        for row in row.saturating_sub(1)..=row + 1 {
            for column in column.saturating_sub(1)..=(column + 1).min(columns - 1) {
                let neighbour = row * columns + column;
                if mask.get(neighbour).copied().unwrap_or(false) && !seen.get(neighbour).copied().unwrap_or(true) {
                    open.push(neighbour);
                }
            }
        }
    }
    let point = |row: usize, column: usize| Point::from_yx(row as f32, column as f32);
    rows.into_iter().flat_map(|(row, (first, last))| [point(row, first), point(row, last)]).collect()
}

/// How steeply what an outline encloses falls to the right, in radians, from -π/2 to π/2: the direction in which it is
/// longest. `back` tells how wide and high a pixel of the mask is. By all of its area: the rectangle around it goes by a
/// few pixels of its rim, and of a short line tells no angles between level and about a degree.
pub(super) fn angle(outline: &[PointF], back: (f32, f32)) -> f32 {
    let rows = || {
        outline.as_chunks::<2>().0.iter().map(|[first, last]| {
            let width = f64::from(last.x - first.x) + 1.0;
            (width, f64::from(first.x + last.x) / 2.0, f64::from(first.y))
        })
    };
    let area: f64 = rows().map(|(width, ..)| width).sum();
    let mean = |of: fn(f64, f64) -> f64| rows().map(|(width, x, y)| width * of(x, y)).sum::<f64>() / area.max(1.0);
    let (middle_x, middle_y) = (mean(|x, _| x), mean(|_, y| y));
    let (mut across, mut both, mut down) = (0.0, 0.0, 0.0);
    for (width, x, y) in rows() {
        let (x, y) = (x - middle_x, y - middle_y);
        // A row is a line of pixels, whose own variance is that of an even spread.
        across += width * (x * x + width * width / 12.0);
        both += width * x * y;
        down += width * (y * y + 1.0 / 12.0);
    }
    let (wide, high) = (f64::from(back.0), f64::from(back.1));
    let angle = (2.0 * both * wide * high).atan2(across * wide * wide - down * high * high) / 2.0;
    angle as f32
}
