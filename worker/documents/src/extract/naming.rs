//! Names of parties by what stands around them: the company under a person, the whole name of one whose letterhead is cut
//! short, and what is no name because it heads a column.

use super::address;
use super::company::has_legal_form;
use super::phrase::name_fit;
use super::reading::Reading;
use crate::view::{Span, View};

/// Words that the whole name of a company has at most more than its letterhead.
const MORE_WORDS: usize = 5;
/// Marks behind which in a line what follows is no name.
const MARKS: &[&str] = &[" · ", " • ", " | ", ", ", " - ", " – "];

/// Whether a line heads a column of several rows that are no address: "Destination" over the calls of a bill.
pub(super) fn is_column_header(view: &View, line: usize) -> bool {
    let (Some(grid), Some(place)) = (view.grid_of(line), view.lines.get(line).and_then(|line| line.cell)) else {
        return false;
    };
    let cells: Vec<_> = (2..=grid.rows.min(4)).map(|row| grid.cell(row, place.column)).collect();
    let is_filled = cells.len() > 1 && cells.iter().all(|cell| cell.len() == 1);
    let is_place = |line: usize| address::is_line(view.text(view.whole(line)));
    let beside = grid.row(1).count();
    place.row == 1 && beside > 2 && is_filled && !cells.into_iter().flatten().any(is_place)
}

/// The company in the line under a person's name, over the address of both.
pub(super) fn under_person(reading: &Reading, name: Span, lines: &[usize]) -> Option<Span> {
    let next = reading.view.whole(*lines.get(1)?);
    let (person, company) = (reading.text(name), reading.text(next));
    let is_company = has_legal_form(company) && !has_legal_form(person) && name_fit(reading, next) >= 0.7;
    (is_company && !company.contains(':') && !address::is_line(company)).then_some(next)
}

/// The name with its form in law of a company whose letterhead says less: "Nordlicht", "Nordlicht Energie GmbH".
pub(super) fn in_full(reading: &Reading, name: Span) -> Option<Span> {
    let text = reading.text(name).trim();
    if has_legal_form(text) || text.is_empty() {
        return None;
    }
    let most = text.split_whitespace().count() + MORE_WORDS;
    (0..reading.lines()).find_map(|line| {
        let whole = reading.view.whole(line);
        let other = reading.text(whole);
        let end = MARKS.iter().filter_map(|mark| other.find(mark)).min().unwrap_or(other.len());
        let first = other.get(..end)?.trim_end();
        let begins = first.get(..text.len()).is_some_and(|begin| begin.to_lowercase() == text.to_lowercase());
        let is_apart = first.get(text.len()..).is_some_and(|rest| rest.starts_with(' '));
        let is_name = begins && is_apart && has_legal_form(first) && first.split_whitespace().count() <= most;
        (is_name && (end < other.len() || name_fit(reading, whole) > 0.0))
            .then_some(Span { end: whole.start + first.len(), ..whole })
            .filter(|span| !reading.text(*span).contains(':'))
    })
}

/// The company whose block stands in the head among others that look like a table with it: its name, form and address.
pub(super) fn beside_others(reading: &Reading) -> Option<usize> {
    let view = &reading.view;
    (0..reading.lines().min(HEAD)).find(|&line| {
        let is_cell = view.lines.get(line).is_some_and(|line| line.page == 1 && line.cell.is_some());
        let stack = || address::stack(view, line);
        let has_town = || stack().iter().skip(1).any(|&next| address::is_town(view.text(view.whole(next))));
        is_cell && has_legal_form(view.text(view.whole(line))) && has_town()
    })
}

/// Lines of the head of a page, with those of what stands beside it.
const HEAD: usize = 24;
