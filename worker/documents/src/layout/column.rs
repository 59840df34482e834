//! Columns: a page as flows, each of which is read from its top to its bottom.
//!
//! A gutter is a strip that no text crosses for several lines on end, with text of its own on both sides. What crosses
//! it (a title, a table as wide as the page, a footer) parts the page into bands, and each band is read left side first.
//! The sides are cut again, so three columns are two cuts.

use super::ASCENT;
use super::area::Area;
use super::grid::Grid;
use super::piece::Piece;

/// The narrowest gutter, in em of the text beside it.
const MIN_GUTTER: f32 = 0.9;
/// How many lines each side of a gutter has at least.
const MIN_LINES: usize = 3;
/// Text of columns fills its lines with at least this many words on average; labels and amounts have fewer.
const MIN_WORDS: f32 = 3.0;
/// Left edges this close, in points, are one edge.
const SAME_EDGE: f32 = 3.0;
/// How many left edges are tried as the right side of a gutter, the most frequent ones.
const MAX_EDGES: usize = 16;
/// How often columns are cut within columns.
const MAX_DEPTH: usize = 4;
/// A blank stretch across both sides, in em, that ends the columns above it.
const BAND_GAP: f32 = 2.5;

/// What is put in order.
#[derive(Debug, Clone)]
pub(super) enum Atom {
    Piece(Piece),
    Table(Grid),
}

impl Atom {
    fn area(&self) -> Area {
        match self {
            Self::Piece(piece) => piece.area,
            Self::Table(table) => table.area,
        }
    }

    /// How high its first line stands: where letters of its size begin, for those of recognised text may be low.
    fn level(&self) -> f32 {
        match self {
            Self::Piece(piece) => piece.baseline - ASCENT * piece.size,
            Self::Table(table) => table.area.top,
        }
    }

    fn size(&self) -> Option<f32> {
        match self {
            Self::Piece(piece) => Some(piece.size),
            Self::Table(_) => None,
        }
    }
}

/// The flows of a page, in reading order.
pub(super) fn flows(mut atoms: Vec<Atom>) -> Vec<Vec<Atom>> {
    atoms.sort_by(|a, b| a.area().top.total_cmp(&b.area().top));
    let mut flows = Vec::new();
    cut(atoms, 0, &mut flows);
    flows
}

/// `atoms` are ordered from top to bottom.
fn cut(atoms: Vec<Atom>, depth: usize, flows: &mut Vec<Vec<Atom>>) {
    let gutter = (depth < MAX_DEPTH).then(|| best_gutter(&atoms)).flatten();
    let Some(gutter) = gutter else {
        flows.push(atoms);
        return;
    };
    let mut through = Vec::new();
    for band in bands(atoms, gutter) {
        if is_columns(&band, gutter) {
            if !through.is_empty() {
                flows.push(std::mem::take(&mut through));
            }
            let (left, right) = band.into_iter().partition(|atom| atom.area().right <= gutter.right);
            cut(left, depth + 1, flows);
            cut(right, depth + 1, flows);
        } else {
            through.extend(band);
        }
    }
    if !through.is_empty() {
        flows.push(through);
    }
}

/// A strip between two columns.
#[derive(Debug, Clone, Copy)]
struct Gutter {
    left: f32,
    right: f32,
}

impl Gutter {
    fn is_crossed_by(self, area: Area) -> bool {
        area.left < self.right && area.right > self.left
    }
}

/// The gutter beside which most atoms stand in columns.
fn best_gutter(atoms: &[Atom]) -> Option<Gutter> {
    let mut best: Option<(usize, Gutter)> = None;
    for gutter in gutters(atoms) {
        let mut count = 0;
        let mut band: Vec<&Atom> = Vec::new();
        let mut bottom = f32::NEG_INFINITY;
        for atom in atoms {
            if ends_band(atom, gutter, bottom) {
                count += in_columns(&band, gutter);
                band.clear();
            }
            bottom = bottom.max(atom.area().bottom);
            band.push(atom);
        }
        count += in_columns(&band, gutter);
        if count > best.map_or(0, |(most, _)| most) {
            best = Some((count, gutter));
        }
    }
    best.map(|(_, gutter)| gutter)
}

fn gutters(atoms: &[Atom]) -> Vec<Gutter> {
    let mut edges: Vec<(f32, f32)> = atoms.iter().filter_map(|atom| Some((atom.area().left, atom.size()?))).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut groups: Vec<(usize, f32, f32)> = Vec::new();
    for (left, size) in edges {
        match groups.last_mut() {
            Some((count, first, _)) if left - *first <= SAME_EDGE => *count += 1,
            _ => groups.push((1, left, size)),
        }
    }
    groups.retain(|(count, ..)| *count >= MIN_LINES);
    groups.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    groups.truncate(MAX_EDGES);
    groups
        .into_iter()
        // A hair less than the edge, so that what begins at the edge does not cross.
        .map(|(_, left, size)| Gutter { left: left - MIN_GUTTER * size, right: left - 0.01 * size })
        .collect()
}

/// Whether an atom begins a band: it crosses the gutter, or stands below all others after a blank stretch.
fn ends_band(atom: &Atom, gutter: Gutter, bottom: f32) -> bool {
    let area = atom.area();
    gutter.is_crossed_by(area) || atom.size().is_some_and(|size| area.top - bottom > BAND_GAP * size)
}

/// Splits atoms into bands. One that crosses the gutter is a band with those that follow it only if they cross too.
fn bands(atoms: Vec<Atom>, gutter: Gutter) -> Vec<Vec<Atom>> {
    let mut bands: Vec<Vec<Atom>> = Vec::new();
    let mut bottom = f32::NEG_INFINITY;
    let mut after_crossing = false;
    for atom in atoms {
        let crosses = gutter.is_crossed_by(atom.area());
        let starts = ends_band(&atom, gutter, bottom) || after_crossing;
        bottom = bottom.max(atom.area().bottom);
        after_crossing = crosses;
        match bands.last_mut() {
            Some(band) if !starts => band.push(atom),
            _ => bands.push(vec![atom]),
        }
    }
    bands
}

fn is_columns(band: &[Atom], gutter: Gutter) -> bool {
    let band: Vec<&Atom> = band.iter().collect();
    in_columns(&band, gutter) > 0
}

/// How many atoms of a band stand in columns beside the gutter: all or none.
fn in_columns(band: &[&Atom], gutter: Gutter) -> usize {
    let band: Vec<&&Atom> = band.iter().filter(|atom| !gutter.is_crossed_by(atom.area())).collect();
    let (left, right): (Vec<&Atom>, Vec<&Atom>) =
        band.into_iter().copied().partition(|atom| atom.area().right <= gutter.right);
    if lines(&left) < MIN_LINES || lines(&right) < MIN_LINES {
        return 0;
    }
    let is_text = words_per_line(&left) >= MIN_WORDS && words_per_line(&right) >= MIN_WORDS;
    if is_text || !is_aligned(&left, &right) { left.len() + right.len() } else { 0 }
}

fn lines(side: &[&Atom]) -> usize {
    side.iter().map(|atom| if matches!(atom, Atom::Table(_)) { MIN_LINES } else { 1 }).sum()
}

#[expect(clippy::cast_precision_loss, reason = "an average needs no more digits")]
fn words_per_line(side: &[&Atom]) -> f32 {
    let words = side.iter().filter_map(|atom| match atom {
        Atom::Piece(piece) => Some(piece.words.len()),
        Atom::Table(_) => None,
    });
    let (count, sum) = words.fold((0, 0), |(count, sum), words| (count + 1, sum + words));
    if count == 0 { f32::INFINITY } else { sum as f32 / count as f32 }
}

/// Whether most lines of one side stand level with lines of the other: rows, not columns.
fn is_aligned(left: &[&Atom], right: &[&Atom]) -> bool {
    let (few, many) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let mut levels: Vec<f32> = many.iter().map(|atom| atom.level()).collect();
    levels.sort_by(f32::total_cmp);
    let level = few.iter().filter(|atom| {
        let near = 0.2 * atom.size().unwrap_or_default();
        let from = levels.partition_point(|&other| other < atom.level() - near);
        levels.get(from).is_some_and(|&other| other <= atom.level() + near)
    });
    2 * level.count() >= few.len()
}
