//! The address of a company where its name comes again: behind it in a footer, or under it.

use super::address;
use super::located;
use super::party::{Parties, Party};
use super::reading::Reading;
use super::role::Role;
use crate::value::Kind;
use crate::view::Span;

/// Marks between the parts of a line that says who somebody is and where.
const MARKS: &[&str] = &[" - ", " – ", " — ", " · ", " • ", " | ", ", "];
/// Parts of such a line that are looked at.
const PARTS: usize = 14;
/// Lines of the head of a page, with those of what stands beside it.
const HEAD: usize = 24;

/// The address of the issuer, of whom the paper has the name alone.
pub(super) fn of_issuer(reading: &Reading, parties: &Parties, issuer: &Party) -> Option<Vec<Span>> {
    let name = reading.text(issuer.name).trim();
    let is_free = |line: &usize| parties.of_line(*line).is_none_or(|party| party.role == Role::Issuer);
    let named = (0..reading.lines()).filter(is_free).find_map(|line| {
        let whole = reading.view.whole(line);
        let rest = after_name(reading.text(whole), name)?;
        let start = whole.end - rest.len();
        if rest.trim().is_empty() { under(reading, line) } else { behind(reading, Span { start, ..whole }) }
    });
    named.or_else(|| alone(reading, parties))
}

/// What stands behind a name that a text begins with, in capitals or not.
fn after_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text.trim_start().chars();
    for sign in name.chars() {
        let other = rest.next()?;
        if !sign.to_lowercase().eq(other.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    (!name.is_empty() && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// The address in the lines under one.
fn under(reading: &Reading, line: usize) -> Option<Vec<Span>> {
    of_lines(reading, &address::stack(&reading.view, line), 1)
}

fn of_lines(reading: &Reading, lines: &[usize], names: usize) -> Option<Vec<Span>> {
    let spans: Vec<Span> = lines.iter().map(|&line| reading.view.whole(line)).collect();
    let found = spans.get(located::lines(reading, &spans, names)?)?;
    found.iter().any(|span| address::is_town(reading.text(*span))).then(|| found.to_vec())
}

/// The address among the parts of a line: from the street to the town, or to the country behind that.
fn behind(reading: &Reading, rest: Span) -> Option<Vec<Span>> {
    let parts = parts(reading, rest);
    let text = |at: usize| parts.get(at).map_or("", |part| reading.text(*part));
    let town = (0..parts.len()).find(|&at| address::is_town(text(at)))?;
    let is_street =
        |at: &usize| address::is_line(text(*at)) || located::is_numbered(text(*at)) || located::is_place(text(*at));
    // The town has its street before it, or on its own part.
    let street = town.checked_sub(1).filter(is_street).or_else(|| address::is_line(text(town)).then_some(town))?;
    let is_over = |at: &usize| *at + 1 < town && (address::is_line(text(*at)) || located::is_place(text(*at)));
    let street = street.checked_sub(1).filter(is_over).unwrap_or(street);
    let last = parts.get(town + 1).filter(|part| located::is_country(reading, **part)).map_or(town, |_| town + 1);
    Some(vec![Span { end: parts.get(last)?.end, ..*parts.get(street)? }])
}

/// The parts of a line, each without the label that it begins with.
fn parts(reading: &Reading, rest: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = rest.start;
    while start < rest.end && parts.len() < PARTS {
        let text = reading.text(Span { start, ..rest });
        let mark = MARKS.iter().filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
        let (end, next) = mark.map_or((rest.end, rest.end), |(at, length)| (start + at, start + at + length));
        let part = reading.text(Span { start, end, ..rest });
        let label = part.rfind(": ").map_or(0, |colon| colon + 2);
        let text = part.get(label..).unwrap_or_default();
        let blank = text.len() - text.trim_start().len();
        let from = start + label + blank;
        let span = Span { start: from, end: from + text.trim().len(), ..rest };
        if span.start < span.end {
            parts.push(span);
        }
        start = next;
    }
    parts
}

/// A block of the head that is an address and what it can be reached by, without a name over it.
fn alone(reading: &Reading, parties: &Parties) -> Option<Vec<Span>> {
    let view = &reading.view;
    let tells = |line: &usize| {
        let mut values = reading.values_of(*line).iter();
        values.any(|typed| matches!(typed.value.kind(), Kind::Email | Kind::Url | Kind::Phone | Kind::VatId))
    };
    let mut head =
        (0..reading.lines().min(HEAD)).filter(|&line| view.lines.get(line).is_some_and(|line| line.page == 1));
    head.find_map(|line| {
        let lines = address::stack(view, line);
        let is_block = address::is_line(reading.text(view.whole(line))) && view.next_left(line, 3.0).is_none();
        let is_free = lines.iter().all(|&line| parties.of_line(line).is_none());
        (is_block && is_free && lines.iter().any(tells)).then(|| of_lines(reading, &lines, 0)).flatten()
    })
}
