//! Legends: which lines are labels by where they stand, and what they stand beside, over and before.
//!
//! ```text
//! Surname      Barlow        Surname    Given names        Surname Barlow
//! Post town    Hartlebury    Barlow     Bridget            Post town Hartlebury
//! ```
//!
//! In a column of labels beside a column of values, in a row of labels over a row of values and in lines under each
//! other that are a label and its value, the labels that are known say what the others are.

mod split;

use self::split::Split;
pub(super) use self::split::{ends_in_of, ends_open, split_at_label};
use super::reading::Typed;
use crate::lexicon;
use crate::view::View;

/// Lines that are looked at: some ten pages.
const MAX_LINES: usize = 800;
/// Edges closer than this are one, in shares of the page.
const EDGE: f32 = 0.006;
/// Lines of one column stand at most this far apart, and a label at most this far over its value, in heights of a line.
const STEP: f32 = 3.0;
const OVER: f32 = 1.6;
/// A value stands at most this far right of its label, in heights of a line.
const FAR: f32 = 60.0;
/// How well a label must be known: by itself, and among others that are known.
const KNOWN: f32 = 0.85;
const LIKELY: f32 = 0.7;
/// A label before its value on one line has at most this many words, and the value too.
const WORDS: usize = 6;
/// The end of a row of points between a label and its value.
const LEADER: &str = "...";
/// Groups that a pair may go on with.
const OPEN: usize = 8;
/// Which lines are labels.
#[derive(Debug, Default)]
pub(crate) struct Legends {
    /// By line.
    places: Vec<Place>,
}

/// What a line is by where it stands.
#[derive(Debug, Clone, Default)]
struct Place {
    is_label: bool,
    /// Whether it stands in a row of labels over their values.
    is_over: bool,
    /// Whether it names a row of a table with a header, and so an item.
    is_of_row: bool,
    /// The labels that it is the value of.
    labels: Vec<usize>,
    /// Where its value begins, if it is a label and a value.
    value: Option<usize>,
}

/// A line that may be a label, and one that may be its value.
#[derive(Debug, Clone, Copy)]
struct Pair {
    label: usize,
    value: usize,
}

/// Where a line stands on its page, or a cell in its table.
#[derive(Debug, Clone, Copy)]
struct Spot {
    sheet: (u32, usize),
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Spot {
    fn is_flush(&self, other: &Self) -> bool {
        (self.left - other.left).abs() <= EDGE || (self.right - other.right).abs() <= EDGE
    }

    fn is_on_row(&self, other: &Self) -> bool {
        let middle = |spot: &Self| f32::midpoint(spot.top, spot.bottom);
        self.sheet == other.sheet && (middle(self) - middle(other)).abs() <= 0.5 * (self.bottom - self.top)
    }

    /// Whether it is the next one below in a column.
    fn follows(&self, other: &Self) -> bool {
        let step = self.top - other.bottom;
        self.sheet == other.sheet
            && (self.left - other.left).abs() <= EDGE
            && self.top > other.top
            && step <= STEP * (other.bottom - other.top)
    }
}

/// What is known of the lines before they are compared.
struct Lines<'d> {
    view: &'d View,
    values: &'d [Typed],
    spots: Vec<Option<Spot>>,
    /// How well each is known as a label.
    known: Vec<f32>,
}

impl Legends {
    pub(crate) fn of(view: &View, values: &[Typed]) -> Self {
        let count = view.lines.len().min(MAX_LINES);
        let known = |line: usize| view.as_label(line).map_or(0.0, |label| known(view.text(label)));
        let lines = Lines {
            view,
            values,
            spots: (0..count).map(|line| spot(view, line)).collect(),
            known: (0..count).map(known).collect(),
        };
        let mut legends = Self { places: vec![Place::default(); count] };
        legends.push_led(&lines);
        legends.push(&lines, &lines.rows(), true);
        legends.push(&lines, &lines.columns(), false);
        legends.push_inline(&lines);
        legends
    }

    /// Whether a line is a label and nothing else.
    pub(crate) fn is_label(&self, line: usize) -> bool {
        self.places.get(line).is_some_and(|place| place.is_label)
    }

    /// Whether a line is a label of one thing, not of a row of a table with a header, unless it is likely known.
    pub(crate) fn is_label_of_one(&self, view: &View, line: usize) -> bool {
        let is_of_row = self.places.get(line).is_some_and(|place| place.is_of_row);
        self.is_label(line) && (!is_of_row || known(view.text(view.whole(line))) >= LIKELY)
    }

    /// Whether a line is a label in a row of labels over their values.
    pub(crate) fn is_label_of_row(&self, line: usize) -> bool {
        self.places.get(line).is_some_and(|place| place.is_label && place.is_over)
    }

    /// The labels that a line is the value of; none if nothing tells.
    pub(crate) fn labels(&self, line: usize) -> &[usize] {
        self.places.get(line).map_or(&[], |place| &place.labels)
    }

    /// Where the value begins on a line that is a label and its value.
    pub(crate) fn value_start(&self, line: usize) -> Option<usize> {
        self.places.get(line)?.value
    }

    /// Whether a line cannot be the label of another one: it has a value, or is one.
    pub(crate) fn is_value(&self, line: usize) -> bool {
        self.places.get(line).is_some_and(|place| place.value.is_some() || !place.is_label && !place.labels.is_empty())
    }

    fn push(&mut self, lines: &Lines<'_>, groups: &[Vec<Pair>], is_row: bool) {
        for group in groups.iter().filter(|group| lines.is_of_labels(group, is_row)) {
            group.iter().for_each(|pair| self.push_pair(*pair));
            let is_of_row = !is_row && lines.is_headed(group);
            for pair in group {
                if let Some(place) = self.places.get_mut(pair.label) {
                    place.is_of_row |= is_of_row;
                    place.is_over |= is_row;
                }
            }
        }
    }

    /// Labels with a row of points that lead to their values.
    fn push_led(&mut self, lines: &Lines<'_>) {
        for label in lines.candidates().into_iter().filter(|&line| lines.text(line).ends_with(LEADER)) {
            if let Some(value) = lines.right(label) {
                self.push_pair(Pair { label, value });
            }
        }
    }

    fn push_pair(&mut self, pair: Pair) {
        let is_told = self.places.get(pair.label).is_some_and(|place| !place.labels.is_empty());
        if is_told || self.is_label(pair.value) {
            return;
        }
        if let Some(place) = self.places.get_mut(pair.label) {
            place.is_label = true;
        }
        if let Some(place) = self.places.get_mut(pair.value)
            && !place.labels.contains(&pair.label)
        {
            place.labels.push(pair.label);
        }
    }

    fn push_inline(&mut self, lines: &Lines<'_>) {
        let splits: Vec<Option<Split>> = (0..self.places.len())
            .map(|line| lines.split(line).filter(|_| !self.is_label(line) && self.labels(line).is_empty()))
            .collect();
        let is_split = |line: usize| splits.get(line).is_some_and(Option::is_some);
        let is_sure = |line: usize| splits.get(line).copied().flatten().is_some_and(|split| split.is_sure);
        let mut told: Vec<(usize, usize)> = Vec::new();
        for line in (0..self.places.len()).filter(|&line| is_split(line)) {
            let Some(below) = lines.below_in_column(line).filter(|&below| is_split(below)) else { continue };
            if is_sure(line) || is_sure(below) {
                told.push((line, below));
            }
        }
        for line in told.into_iter().flat_map(|(line, below)| [line, below]) {
            if let (Some(place), Some(split)) = (self.places.get_mut(line), splits.get(line).copied().flatten()) {
                place.value = Some(split.start);
            }
        }
    }
}

impl Lines<'_> {
    fn spot(&self, line: usize) -> Option<Spot> {
        self.spots.get(line).copied().flatten()
    }

    fn known(&self, line: usize) -> f32 {
        self.known.get(line).copied().unwrap_or_default()
    }

    fn text(&self, line: usize) -> &str {
        self.view.text(self.view.whole(line)).trim()
    }

    fn has_digits(&self, line: usize) -> bool {
        self.text(line).bytes().any(|byte| byte.is_ascii_digit() || byte == b'@')
    }

    /// Lines that may be labels, from top to bottom.
    fn candidates(&self) -> Vec<usize> {
        let mut lines: Vec<(Spot, usize)> = (0..self.spots.len())
            .filter(|&line| self.view.as_label(line).is_some())
            .filter_map(|line| Some((self.spot(line)?, line)))
            .collect();
        lines.sort_by(|a, b| a.0.sheet.cmp(&b.0.sheet).then(a.0.top.total_cmp(&b.0.top)).then(a.1.cmp(&b.1)));
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// The line right of one.
    fn right(&self, line: usize) -> Option<usize> {
        let own = self.view.lines.get(line)?;
        match (own.at, own.cell) {
            (None, Some(place)) => self.view.grid_of(line)?.cell(place.row, place.column + 1).next(),
            _ => self.view.next_right(line, FAR),
        }
    }

    /// The line under one that shares an edge with it.
    fn below(&self, line: usize) -> Option<usize> {
        let own = self.view.lines.get(line)?;
        match (own.at, own.cell) {
            (None, Some(place)) => self.view.grid_of(line)?.cell(place.row + 1, place.column).next(),
            _ => self.view.next_below(line, OVER),
        }
        .filter(|&below| self.spot(line).zip(self.spot(below)).is_some_and(|(own, other)| own.is_flush(&other)))
    }

    fn below_in_column(&self, line: usize) -> Option<usize> {
        let own = self.view.lines.get(line)?;
        if own.at.is_none() {
            let next = self.view.lines.get(line + 1)?;
            return (next.block.abs_diff(own.block) <= 1 && next.page == own.page).then_some(line + 1);
        }
        self.view
            .next_below(line, STEP)
            .filter(|&below| self.spot(line).zip(self.spot(below)).is_some_and(|(own, other)| other.follows(&own)))
    }

    /// Pairs under each other whose labels share an edge, as their values do.
    fn columns(&self) -> Vec<Vec<Pair>> {
        let mut groups: Vec<Vec<Pair>> = Vec::new();
        for label in self.candidates() {
            let Some(value) = self.right(label) else { continue };
            let (Some(own), Some(other)) = (self.spot(label), self.spot(value)) else { continue };
            let pair = Pair { label, value };
            let open = groups.iter_mut().rev().take(OPEN).find(|group| {
                let last = group.last().and_then(|last| self.spot(last.label).zip(self.spot(last.value)));
                last.is_some_and(|(label, value)| own.follows(&label) && other.is_flush(&value))
            });
            match open {
                Some(group) => group.push(pair),
                None => groups.push(vec![pair]),
            }
        }
        groups
    }

    /// Pairs beside each other, each label over its value.
    fn rows(&self) -> Vec<Vec<Pair>> {
        let mut groups: Vec<Vec<Pair>> = Vec::new();
        for label in self.candidates() {
            let Some(value) = self.below(label) else { continue };
            let Some(own) = self.spot(label) else { continue };
            let pair = Pair { label, value };
            match groups.last_mut() {
                Some(group)
                    if group.first().and_then(|pair| self.spot(pair.label)).is_some_and(|at| own.is_on_row(&at)) =>
                {
                    group.push(pair);
                }
                _ => groups.push(vec![pair]),
            }
        }
        groups
    }

    /// Whether the first pair of a column is the header of a table.
    fn is_headed(&self, group: &[Pair]) -> bool {
        group.first().is_some_and(|pair| {
            let cell = self.view.lines.get(pair.label).and_then(|line| line.cell);
            cell.is_some_and(|cell| cell.is_header || cell.row == 1) && !self.has_digits(pair.value)
        })
    }

    /// Whether the labels of the pairs are some, and their values none.
    fn is_of_labels(&self, group: &[Pair], is_row: bool) -> bool {
        let count = |is: &dyn Fn(&Pair) -> bool| group.iter().filter(|pair| is(pair)).count();
        let known = count(&|pair| self.known(pair.label) >= LIKELY);
        let known_values = count(&|pair| self.known(pair.value) >= KNOWN && !self.has_digits(pair.value));
        let typed = count(&|pair| self.has_digits(pair.value) && !self.has_digits(pair.label));
        let numbered = count(&|pair| self.has_digits(pair.label));
        let is_most = 2 * known > group.len();
        let is_borne_out = !is_row && 2 * typed >= group.len() && 3 * known >= group.len();
        known >= 2 && 4 * known_values <= known && 4 * numbered <= group.len() && (is_most || is_borne_out)
    }
}

/// Whether a text is a number, with no more letters than those of a currency.
fn is_figure(text: &str) -> bool {
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    letters <= 3 && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// How well a text is known as a label.
fn known(text: &str) -> f32 {
    lexicon::concepts_of_label(text).first().map_or(0.0, |(_, score)| *score)
}

fn spot(view: &View, line: usize) -> Option<Spot> {
    let own = view.lines.get(line)?;
    if let Some(at) = own.at {
        return Some(Spot { sheet: (own.page, 0), left: at.left, right: at.right, top: at.top, bottom: at.bottom });
    }
    let place = own.cell?;
    #[expect(clippy::cast_precision_loss, reason = "rows and columns of labels are few")]
    let (left, top) = (place.column as f32, place.row as f32);
    Some(Spot { sheet: (own.page, place.grid + 1), left, right: left + 0.5, top, bottom: top + 0.9 })
}
