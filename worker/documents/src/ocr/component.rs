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
