//! Tables whose cells are parted by rules.
//!
//! Rules that cross or touch make a lattice. Its lines are the borders of rows and columns; where a border is not drawn
//! between two places of the grid, they are one cell.

use super::area::Area;
use super::grid::{Grid, GridCell};
use super::piece::Piece;
use super::{Placed, Rule, tall};

/// How far, in points, rules that meet may end from one another. Borders are up to 2 points thick, and writers end them
/// at each other's near or far side.
const TOUCH: f32 = 3.0;
/// Rules this close, in points, are one border: double lines, and borders that each of two cells draws.
const SAME: f32 = 2.5;
/// The most rules along each side of a page that are looked at: each is compared with each across it. A page of tables
/// has some hundred after joining; one with more is a drawing.
const MAX_RULES: usize = 2_000;
/// The most cells of a grid: as many as there is room for on a page.
const MAX_CELLS: usize = 40_000;
/// The most tables on a page: the place of each piece of text is compared with theirs.
const MAX_LATTICES: usize = 200;

/// A rule, seen along its length.
#[derive(Debug, Clone, Copy)]
struct Side {
    at: f32,
    from: f32,
    to: f32,
}

/// A lattice: the borders of its rows and columns in order, and what is drawn of them.
#[derive(Debug)]
struct Lattice {
    rows: Vec<f32>,
    columns: Vec<f32>,
    across: Vec<Side>,
    down: Vec<Side>,
}

/// The tables that the rules make, and the text that is in none.
pub(super) fn tables(pieces: Vec<Piece>, rules: &[Rule]) -> (Vec<Piece>, Vec<Grid>) {
    let lattices = lattices(rules);
    if lattices.is_empty() {
        return (pieces, Vec::new());
    }
    let mut inside: Vec<Vec<Piece>> = lattices.iter().map(|_| Vec::new()).collect();
    let mut outside = Vec::new();
    for piece in pieces {
        let place = piece.area.center();
        match lattices.iter().position(|lattice| lattice.area().contains(place)) {
            Some(index) => {
                if let Some(inside) = inside.get_mut(index) {
                    inside.push(piece);
                }
            }
            None => outside.push(piece),
        }
    }
    let mut tables = Vec::new();
    for (lattice, pieces) in lattices.iter().zip(inside) {
        match lattice.fill(&pieces) {
            Some(table) => tables.push(table),
            None => outside.extend(pieces),
        }
    }
    (outside, tables)
}

fn lattices(rules: &[Rule]) -> Vec<Lattice> {
    let is_across = |rule: &&Rule| rule.right - rule.left >= rule.bottom - rule.top;
    let across = sides(rules.iter().filter(is_across).map(|rule| Side {
        at: f32::midpoint(rule.top, rule.bottom),
        from: rule.left,
        to: rule.right,
    }));
    let down = sides(rules.iter().filter(|rule| !is_across(rule)).map(|rule| Side {
        at: f32::midpoint(rule.left, rule.right),
        from: rule.top,
        to: rule.bottom,
    }));
    if across.len() > MAX_RULES || down.len() > MAX_RULES {
        return Vec::new();
    }
    let mut sets = Sets::new(across.len() + down.len());
    for (index, side) in across.iter().enumerate() {
        for (other, cross) in down.iter().enumerate() {
            let meet = cross.from - TOUCH <= side.at
                && side.at <= cross.to + TOUCH
                && side.from - TOUCH <= cross.at
                && cross.at <= side.to + TOUCH;
            if meet {
                sets.join(index, across.len() + other);
            }
        }
    }
    let mut lattices: Vec<(usize, Lattice)> = Vec::new();
    let roots: Vec<usize> = (0..across.len() + down.len()).map(|index| sets.root(index)).collect();
    let mut by_root: Vec<usize> = (0..roots.len()).collect();
    by_root.sort_by_key(|&index| roots.get(index).copied());
    for index in by_root {
        let Some(&root) = roots.get(index) else { continue };
        if lattices.last().is_none_or(|(last, _)| *last != root) {
            lattices
                .push((root, Lattice { rows: Vec::new(), columns: Vec::new(), across: Vec::new(), down: Vec::new() }));
        }
        if let Some((_, lattice)) = lattices.last_mut() {
            lattice.across.extend(across.get(index));
            lattice.down.extend(index.checked_sub(across.len()).and_then(|index| down.get(index)));
        }
    }
    let mut lattices: Vec<Lattice> = lattices.into_iter().map(|(_, lattice)| lattice.ordered()).collect();
    lattices.retain(|lattice| lattice.is_table());
    // A table within a cell of another one's frame is found first.
    lattices.sort_by(|a, b| a.area().extent().total_cmp(&b.area().extent()));
    lattices.truncate(MAX_LATTICES);
    lattices
}

/// Joins the pieces of one border, which many writers draw cell by cell.
fn sides(sides: impl Iterator<Item = Side>) -> Vec<Side> {
    let mut sides: Vec<Side> = sides.collect();
    sides.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut joined = Vec::new();
    let mut near: Vec<Side> = Vec::new();
    for side in sides {
        if near.first().is_some_and(|first| side.at - first.at > SAME) {
            join(&mut near, &mut joined);
        }
        near.push(side);
    }
    join(&mut near, &mut joined);
    joined
}

fn join(near: &mut Vec<Side>, joined: &mut Vec<Side>) {
    near.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut open: Option<Side> = None;
    for side in near.drain(..) {
        match &mut open {
            Some(open) if side.from <= open.to + TOUCH => open.to = open.to.max(side.to),
            _ => joined.extend(open.replace(side)),
        }
    }
    joined.extend(open);
}

impl Lattice {
    fn ordered(mut self) -> Self {
        self.rows = borders(self.across.iter().map(|side| side.at));
        self.columns = borders(self.down.iter().map(|side| side.at));
        self
    }

    /// The frame of a page and a box of one row are no tables.
    fn is_table(&self) -> bool {
        let (rows, columns) = (self.rows.len().saturating_sub(1), self.columns.len().saturating_sub(1));
        rows >= 2 && columns >= 2 && rows.saturating_mul(columns) <= MAX_CELLS
    }

    fn area(&self) -> Area {
        let ends = |borders: &[f32]| (borders.first().copied(), borders.last().copied());
        let ((top, bottom), (left, right)) = (ends(&self.rows), ends(&self.columns));
        Area {
            left: left.unwrap_or_default(),
            top: top.unwrap_or_default(),
            right: right.unwrap_or_default(),
            bottom: bottom.unwrap_or_default(),
        }
    }

    /// Puts the text into the cells. Nothing comes of a lattice in which fewer than two rows and columns hold text: it is
    /// a frame around other things.
    fn fill(&self, pieces: &[Piece]) -> Option<Grid> {
        let mut cells = self.cells();
        let columns = self.columns.len() - 1;
        let mut owner = vec![0; (self.rows.len() - 1) * columns];
        for (index, cell) in cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.row_span {
                for column in cell.column..cell.column + cell.column_span {
                    if let Some(owner) = owner.get_mut(row * columns + column) {
                        *owner = index;
                    }
                }
            }
        }
        for piece in pieces {
            let cell_of = |word: &Placed| {
                let (x, y) = Area::of(word).center();
                let (row, column) = (place(&self.rows, y), place(&self.columns, x));
                owner.get(row * columns + column).copied().unwrap_or_default()
            };
            let mut words = piece.words.iter().peekable();
            while let Some(first) = words.next() {
                let index = cell_of(first);
                let mut part = vec![first.clone()];
                while let Some(word) = words.next_if(|word| cell_of(word) == index) {
                    part.push(word.clone());
                }
                let part = Piece::of_words(part, piece.baseline, piece.size, piece.origin);
                if let Some(cell) = cells.get_mut(index) {
                    cell.pieces.extend(part);
                }
            }
        }
        let filled = || cells.iter().filter(|cell| !cell.pieces.is_empty());
        let (first_row, first_column) = filled().next().map(|cell| (cell.row, cell.column))?;
        let rows_differ = filled().any(|cell| cell.row != first_row);
        let columns_differ = filled().any(|cell| cell.column != first_column);
        (rows_differ && columns_differ).then(|| tall::split(Grid { area: self.area(), cells }))
    }

    /// The cells of the grid: places without a border between them are one.
    fn cells(&self) -> Vec<GridCell> {
        let (rows, columns) = (self.rows.len() - 1, self.columns.len() - 1);
        let right = self.drawn(&self.down, &self.columns, &self.rows);
        let below = self.drawn(&self.across, &self.rows, &self.columns);
        // `right` has an entry for each border of columns and row, `below` for each border of rows and column.
        let has_right = |row: usize, column: usize| right.get((column + 1) * rows + row).copied().unwrap_or(true);
        let has_below = |row: usize, column: usize| below.get((row + 1) * columns + column).copied().unwrap_or(true);
        let mut taken = vec![false; rows * columns];
        let mut cells = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                if taken.get(row * columns + column).copied().unwrap_or(true) {
                    continue;
                }
                let is_free = |row: usize, column: usize| taken.get(row * columns + column) == Some(&false);
                let mut column_span = 1;
                while column + column_span < columns
                    && !has_right(row, column + column_span - 1)
                    && is_free(row, column + column_span)
                {
                    column_span += 1;
                }
                let mut row_span = 1;
                while row + row_span < rows
                    && (column..column + column_span)
                        .all(|column| !has_below(row + row_span - 1, column) && is_free(row + row_span, column))
                {
                    row_span += 1;
                }
                for taken_row in row..row + row_span {
                    let start = taken_row * columns + column;
                    taken.iter_mut().skip(start).take(column_span).for_each(|taken| *taken = true);
                }
                let side = |borders: &[f32], index: usize| borders.get(index).copied().unwrap_or_default();
                let area = Area {
                    left: side(&self.columns, column),
                    top: side(&self.rows, row),
                    right: side(&self.columns, column + column_span),
                    bottom: side(&self.rows, row + row_span),
                };
                cells.push(GridCell { row, column, row_span, column_span, area, pieces: Vec::new() });
            }
        }
        cells
    }

    /// For each border and each stretch between two borders across it, whether it is drawn there.
    fn drawn(&self, sides: &[Side], borders: &[f32], stretches: &[f32]) -> Vec<bool> {
        let count = stretches.len() - 1;
        let mut drawn = vec![false; borders.len() * count];
        for side in sides {
            let border = nearest(borders, side.at);
            for (index, stretch) in stretches.windows(2).enumerate() {
                let &[from, to] = stretch else { continue };
                let middle = f32::midpoint(from, to);
                if side.from <= middle
                    && middle <= side.to
                    && let Some(drawn) = drawn.get_mut(border * count + index)
                {
                    *drawn = true;
                }
            }
        }
        drawn
    }
}

fn borders(places: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut places: Vec<f32> = places.collect();
    places.sort_by(f32::total_cmp);
    let mut borders: Vec<f32> = Vec::new();
    for place in places {
        if borders.last().is_none_or(|last| place - last > SAME) {
            borders.push(place);
        }
    }
    borders
}

fn nearest(borders: &[f32], at: f32) -> usize {
    let after = borders.partition_point(|&border| border < at);
    let distance = |index: usize| borders.get(index).map_or(f32::INFINITY, |border| (border - at).abs());
    let before = after.saturating_sub(1);
    if distance(before) <= distance(after) { before } else { after }
}

/// Between which two borders a place is.
fn place(borders: &[f32], at: f32) -> usize {
    borders.partition_point(|&border| border <= at).saturating_sub(1).min(borders.len().saturating_sub(2))
}

/// Disjoint sets.
struct Sets(Vec<usize>);

impl Sets {
    fn new(len: usize) -> Self {
        Self((0..len).collect())
    }

    fn root(&mut self, mut index: usize) -> usize {
        while let Some(&parent) = self.0.get(index)
            && parent != index
        {
            let above = self.0.get(parent).copied().unwrap_or(parent);
            if let Some(parent) = self.0.get_mut(index) {
                *parent = above;
            }
            index = above;
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(parent) = self.0.get_mut(one) {
            *parent = other;
        }
    }
}
