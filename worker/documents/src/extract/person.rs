//! Whom a resume is about: the person at its head, or whose address of mail it gives, and what the person is.

use super::address;
use super::candidate::{Best, Candidate};
use super::company::has_legal_form;
use super::leaf::Leaf;
use super::normal;
use super::party;
use super::phrase::name_fit;
use super::reading::Reading;
use super::search::Search;
use super::title;
use crate::document::Rect;
use crate::lexicon::{self, Concept, fold};
use crate::value::Typed;
use crate::view::{Span, View};

/// Lines in which the name is looked for: those of a first page.
const MAX_LINES: usize = 120;
/// What the person is stands at most this far under the name, in heights of its line.
const NEAR: f32 = 3.0;
/// Edges closer than this are one, in shares of the page.
const EDGE: f32 = 0.006;
/// What a name is worth at the head of a paper, and one that an address of mail bears out; what stands under it as what
/// the person is. Set by hand with the tuning family in view.
const AT_HEAD: f32 = 0.94;
const BORNE_OUT: f32 = 0.9;
const UNDER_NAME: f32 = 0.86;

/// The name of the person that the paper is about.
pub(super) fn push_name(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    if let Some((span, score)) = person(search.reading) {
        push(search, leaf, span, score, best);
    }
}

/// What the person is, as it stands under the name.
pub(super) fn push_work(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let Some((name, _)) = person(search.reading) else { return };
    let reading = search.reading;
    if let Some(below) = below(&reading.view, name).filter(|&below| is_work(reading, below)) {
        push(search, leaf, reading.view.whole(below), UNDER_NAME, best);
    }
}

/// The line under a name that begins at its edge, or is in the middle under it.
fn below(view: &View, name: Span) -> Option<usize> {
    let own = view.lines.get(name.line)?;
    let Some(at) = view.rect(name).or(own.at) else { return Some(name.line + 1) };
    let is_under = |other: Rect| {
        let middle = |rect: Rect| f32::midpoint(rect.left, rect.right);
        let is_flush = (other.left - at.left).abs() <= EDGE || (middle(other) - middle(at)).abs() <= EDGE;
        is_flush && other.top > at.top && other.top - at.bottom <= NEAR * at.height()
    };
    let lines = view.lines.iter().enumerate().filter(|(_, other)| other.page == own.page);
    let under = lines.filter_map(|(line, other)| other.at.filter(|at| is_under(*at)).map(|at| (line, at.top)));
    under.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(line, _)| line)
}

/// The person's name.
fn person(reading: &Reading) -> Option<(Span, f32)> {
    let view = &reading.view;
    if reading.lines() > 1 && is_person(reading, view.whole(0)) && is_work(reading, 1) {
        return Some((view.whole(0), AT_HEAD));
    }
    let mails: Vec<(Span, String)> = reading
        .values
        .iter()
        .filter_map(|typed| match &typed.value {
            Typed::Email(mail) => mail.split_once('@').map(|(local, _)| (typed.span, letters(local))),
            _ => None,
        })
        .collect();
    // In large print a name may run into the line beside it.
    let behind = mails.iter().map(|(mail, _)| {
        let whole = view.whole(mail.line);
        let rest = view.text(Span { start: mail.end, ..whole });
        Span { start: whole.end - rest.trim_start().len(), ..whole }
    });
    let mut names = (0..reading.lines().min(MAX_LINES)).map(|line| view.whole(line)).chain(behind);
    names
        .find(|&name| is_person(reading, name) && mails.iter().any(|(_, mail)| is_of(mail, view.text(name))))
        .map(|name| (name, BORNE_OUT))
}

/// Whether an address of mail has a name in it: its last word, and the first one or its first letter.
fn is_of(mail: &str, name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(letters).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let initial: String = first.chars().take(1).collect();
    let rest = mail.replacen(last.as_str(), "", 1);
    last.len() > 2 && mail.contains(last.as_str()) && (rest == initial || rest.starts_with(first.as_str()))
}

/// The letters of a text, folded, with umlauts as one letter whichever way they are written.
fn letters(text: &str) -> String {
    let folded: String = fold(text).chars().filter(|sign| sign.is_alphabetic()).collect();
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

fn is_person(reading: &Reading, span: Span) -> bool {
    let text = reading.text(span);
    (2..=4).contains(&text.split_whitespace().count())
        && name_fit(reading, span) >= 0.8
        && !reading.legends.is_label(span.line)
        && !has_legal_form(text)
        && !title::is_title(text)
        && !party::is_known_label(text)
}

fn is_work(reading: &Reading, line: usize) -> bool {
    let span = reading.view.whole(line);
    let text = reading.text(span);
    name_fit(reading, span) >= 0.7
        && text.split_whitespace().count() <= 6
        && !reading.legends.is_label(line)
        && reading.legends.value_start(line).is_none()
        && !has_legal_form(text)
        && !address::is_line(text)
        && (!party::is_known_label(text) || names_work(text))
}

/// Whether a label is the name of some work: that of who sits at the till, of who is to be asked.
fn names_work(text: &str) -> bool {
    let meanings = lexicon::concepts_of_label(text);
    meanings.first().is_some_and(|(concept, _)| matches!(concept, Concept::Cashier | Concept::ContactName))
}

fn push(search: &Search<'_>, leaf: &Leaf<'_>, span: Span, score: f32, best: &mut Best) {
    if let Some(value) = normal::of_text(leaf, search.reading.text(span)) {
        best.push(Candidate { spans: vec![span], value, score });
    }
}
