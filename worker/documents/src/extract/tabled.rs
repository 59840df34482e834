//! Tables of items: which rows are of items, and which ones at their foot are sums.
//!
//! ```text
//! Article        Quantity   Price   Amount
//! Door closer           2   40.00    80.00      items: what stands left of a figure is what was sold
//!                           Net      80.00      foot: what stands left of a figure names it
//!                           VAT      16.00
//! ```

use std::ops::Range;

use super::party::is_known_label;
use super::reading::Reading;
use crate::value::Kind;
use crate::view::{Grid, Span};

/// A table of more rows than this is one of items, whatever stands in it.
const MOST_LABELLED: u32 = 8;
/// Columns of a table of items, at least: of fewer a row of the foot looks like any other.
const COLUMNS: u32 = 3;
/// Rows of a foot, at most.
const FOOT: u32 = 12;

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In no table of items.
    Free,
    /// In a row of an item.
    Item,
    /// Among the sums under the items: what stands beside it names it, and the head of its column does not.
    Foot,
}

/// A table as it is searched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tabled {
    is_of_items: bool,
    /// The row that its foot begins with.
    foot: u32,
}

impl Tabled {
    pub(crate) fn of(reading: &Reading, grid: &Grid) -> Self {
        Self { is_of_items: is_of_items(reading, grid), foot: foot(reading, grid) }
    }

    pub(crate) fn place(self, row: u32) -> Place {
        match self.is_of_items {
            false => Place::Free,
            true if row >= self.foot => Place::Foot,
            true => Place::Item,
        }
    }
}

/// Where a value stands, by the tables of its document.
pub(crate) fn place(reading: &Reading, tables: &[Tabled], span: Span) -> Place {
    let cell = reading.view.lines.get(span.line).and_then(|line| line.cell);
    let place = cell.and_then(|cell| Some(tables.get(cell.grid)?.place(cell.row)));
    place.unwrap_or(Place::Free)
}

/// The row from which on there is but one figure in each row, with what names it before it and less beside than an item
/// has.
fn foot(reading: &Reading, grid: &Grid) -> u32 {
    let first = grid.header_rows + 1;
    let rows = (first.max(grid.rows.saturating_sub(FOOT))..=grid.rows).rev();
    let is_filled = |row: &u32| grid.row(*row).next().is_some();
    let sums = rows.filter(is_filled).take_while(|&row| is_sum(reading, grid, row));
    sums.last().filter(|_| grid.columns >= COLUMNS).unwrap_or(grid.rows + 1)
}

fn is_sum(reading: &Reading, grid: &Grid, row: u32) -> bool {
    let cells: Vec<_> = grid.row(row).collect();
    let [before @ .., (_, last)] = cells.as_slice() else { return false };
    let is_amount = |line: usize| reading.values_of(line).iter().any(|typed| is_figure(typed.value.kind()));
    let is_label = |line: usize| reading.view.as_label(line).is_some() && !is_amount_only(reading, line);
    let is_less = cells.len() < 3 || cells.len() as u32 + 1 < grid.columns;
    is_less
        && last.clone().any(is_amount)
        && before.last().is_some_and(|(_, lines)| lines.clone().any(is_label))
        && before.iter().all(|(_, lines)| !lines.clone().any(|line| is_amount_only(reading, line)))
}

fn is_figure(kind: Kind) -> bool {
    matches!(kind, Kind::Money | Kind::Number | Kind::Percent)
}

/// Whether a line is a figure and nothing that would name one.
fn is_amount_only(reading: &Reading, line: usize) -> bool {
    let text = reading.text(reading.view.whole(line));
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    text.bytes().any(|byte| byte.is_ascii_digit()) && letters <= CURRENCY && !text.contains(['/', '-'])
}

/// Letters of a currency.
const CURRENCY: usize = 3;

/// Whether a table without a header is labels with their values beside them, the block of an address perhaps before them:
/// most labels are known, in one column, and no row has more figures than its last one.
fn is_of_pairs(reading: &Reading, grid: &Grid) -> bool {
    let view = &reading.view;
    let (mut pairs, mut known) = (0, 0);
    for row in 1..=grid.rows {
        let cells: Vec<_> = grid.row(row).collect();
        let [before @ .., (column, label), (_, value)] = cells.as_slice() else {
            if cells.is_empty() {
                continue;
            }
            return false;
        };
        let is_figure = |(_, lines): &(u32, Range<usize>)| lines.clone().any(|line| is_amount_only(reading, line));
        if *column + 1 != grid.columns || value.is_empty() || before.iter().any(is_figure) {
            return false;
        }
        let called = label.clone().next().and_then(|line| view.as_label(line)).map(|label| view.text(label));
        pairs += 1;
        known += u32::from(called.is_some_and(is_known_label));
    }
    pairs > 1 && 2 * known >= pairs
}

/// Whether a table has a header with several rows of items: labels with values under them are none, even of several rows.
fn is_of_items(reading: &Reading, grid: &Grid) -> bool {
    let view = &reading.view;
    if grid.header_rows == 0 && is_of_pairs(reading, grid) {
        return false;
    }
    if grid.rows.saturating_sub(grid.header_rows.max(1)) > MOST_LABELLED {
        return true;
    }
    let is_label = |line: usize| {
        let is_known = view.as_label(line).is_some_and(|label| is_known_label(view.text(label)));
        is_known || reading.legends.is_label_of_row(line)
    };
    let labels = |row: u32| grid.row(row).filter(|(_, lines)| lines.clone().all(is_label)).count();
    let header = grid.header_rows.max(1);
    let least = grid.row(header).count().div_ceil(2).max(2);
    let rows: Vec<u32> = (header + 1..=grid.rows).filter(|&row| grid.row(row).count() >= least).collect();
    let is_relabelled = rows.iter().take(4).any(|&row| labels(row) == grid.row(row).count());
    rows.len() > 1 && !is_relabelled
}
