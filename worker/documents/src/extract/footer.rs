//! Who wrote a paper by its foot: the company with its numbers, where no letterhead says it.

use super::address;
use super::company::has_legal_form;
use super::party::{Party, is_bank};
use super::reading::Reading;
use super::role::Role;
use crate::value::Kind;
use crate::view::{Span, View};

/// How sure the foot is. Set by hand with the tuning family in view.
const FOOT: f32 = 0.8;
/// The foot is below this share of the page.
const LOW: f32 = 0.7;
/// Lines under the name that may tell its numbers.
const REACH: usize = 24;
/// Words of a name.
const WORDS: usize = 7;
/// What parts a name from what follows on its line.
const MARKS: &[&str] = &[" - ", " – ", " — ", " · ", " • ", " | ", ", "];

/// The company in the foot of the first page with its tax number or its bank, if nothing surer names who wrote it.
pub(super) fn push(reading: &Reading, parties: &mut Vec<Party>) {
    let issuer = parties.iter().find(|party| party.role == Role::Issuer);
    if issuer.is_some_and(|issuer| issuer.certainty >= FOOT || has_legal_form(reading.text(issuer.name))) {
        return;
    }
    let view = &reading.view;
    let is_known = |name: Span| parties.iter().any(|party| reading.text(party.name) == reading.text(name));
    let is_free = |line: usize| parties.iter().all(|party| !party.lines.contains(&line));
    let named = (0..view.lines.len())
        .filter(|&line| is_low(view, line) && is_free(line))
        .find_map(|line| name_of(reading, line).filter(|name| !is_known(*name) && has_numbers(reading, line)));
    let Some(name) = named else { return };
    parties.retain(|party| party.role != Role::Issuer);
    let lines = address::stack(view, name.line);
    parties.push(Party { role: Role::Issuer, name, lines, certainty: FOOT });
}

fn is_low(view: &View, line: usize) -> bool {
    let place = view.lines.get(line).and_then(|line| Some((line.page, line.at?)));
    place.is_some_and(|(page, at)| page == 1 && at.top >= LOW)
}

/// The name that a line begins with.
fn name_of(reading: &Reading, line: usize) -> Option<Span> {
    let whole = reading.view.whole(line);
    let text = reading.text(whole);
    let end = MARKS.iter().filter_map(|mark| text.find(mark)).min().unwrap_or(text.len());
    let name = text.get(..end)?;
    let is_name = has_legal_form(name)
        && name.split_whitespace().count() <= WORDS
        && name.starts_with(char::is_uppercase)
        && !name.contains([':', '@'])
        && !is_bank(name);
    is_name.then_some(Span { end: whole.start + end, ..whole })
}

/// Whether a line or those behind it tell a tax number or a bank account.
fn has_numbers(reading: &Reading, line: usize) -> bool {
    let lines = line..reading.lines().min(line + REACH);
    lines
        .into_iter()
        .flat_map(|line| reading.values_of(line))
        .any(|typed| matches!(typed.value.kind(), Kind::VatId | Kind::Iban) && typed.confidence >= 0.5)
}
