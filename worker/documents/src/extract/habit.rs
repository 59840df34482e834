//! Habits: what stands where it usually stands, without a label that names it.

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::phrase::name_fit;
use super::search::Search;
use crate::view::Span;

/// Lines after a closing phrase in which the name stands.
const AFTER_CLOSING: usize = 4;
/// What such a value is worth. Set by hand with the tuning family in view.
const SIGNED: f32 = 0.74;
const OVER_SALUTATION: f32 = 0.7;
const DEFINED: f32 = 0.95;
/// Bytes of a paragraph in which parties are defined, and of a term in parentheses.
const MAX_PARAGRAPH: usize = 4_000;
const MAX_TERM: usize = 60;
/// Words of a name before its term.
const NAME_WORDS: usize = 8;

const SIGNATORY: &[&str] =
    &["signatory", "signer", "signed", "signature", "unterzeichner", "unterschrift", "signataire", "firmante", "firma"];
const SUBJECT: &[&str] = &["subject", "betreff", "objet", "asunto", "sujet", "topic"];
const CLOSINGS: &[&str] = &[
    "sincerely",
    "regards",
    "faithfully",
    "grüßen",
    "grüße",
    "gruß",
    "salutations",
    "cordialement",
    "saludo",
    "saludos",
    "atentamente",
];
const SALUTATIONS: &[&str] =
    &["dear ", "sehr geehrte", "liebe ", "chère", "cher ", "madame", "monsieur", "estimad", "querid"];

/// The name under the closing phrase of a letter, its subject over the salutation.
pub(super) fn push_letter(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let has = |list: &[&str]| leaf.words.iter().any(|word| list.contains(&word.text.as_str()));
    let reading = search.reading;
    let texts = |line: usize| reading.text(reading.view.whole(line));
    if has(SIGNATORY) {
        for line in (0..reading.lines()).filter(|&line| is_closing(texts(line))) {
            let name =
                (line + 1..=line + AFTER_CLOSING).find(|&next| name_fit(reading, reading.view.whole(next)) >= 0.8);
            if let Some(name) = name {
                push(search, leaf, name, SIGNED, best);
            }
        }
    }
    if has(SUBJECT) {
        let salutation = (1..reading.lines()).find(|&line| is_salutation(texts(line)));
        if let Some(subject) = salutation.and_then(|line| line.checked_sub(1))
            && reading.values_of(subject).is_empty()
            && !texts(subject).contains(':')
        {
            push(search, leaf, subject, OVER_SALUTATION, best);
        }
    }
}

fn push(search: &Search<'_>, leaf: &Leaf<'_>, line: usize, score: f32, best: &mut Best) {
    let span = search.reading.view.whole(line);
    if let Some(value) = normal::of_text(leaf, search.reading.text(span)) {
        best.push(Candidate { spans: vec![span], value, score });
    }
}

fn is_closing(text: &str) -> bool {
    let text = text.to_lowercase();
    text.split_whitespace().count() <= 8
        && text.split(|sign: char| !sign.is_alphabetic()).any(|word| CLOSINGS.contains(&word))
}

/// Whether a line greets its reader.
pub(super) fn is_salutation(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    text.split_whitespace().count() <= 7
        && SALUTATIONS.iter().any(|start| text.starts_with(start))
        && text.ends_with([',', ':', '!'])
}

/// Parties that a sentence defines: `Northwell Ltd (the “Client”)`.
pub(super) fn push_defined(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let view = &search.reading.view;
    let mut line = 0;
    while line < search.reading.lines() {
        let block = view.lines.get(line).map(|line| line.block);
        let start = line;
        let mut text = String::new();
        let mut starts = Vec::new();
        while line < search.reading.lines() && view.lines.get(line).map(|line| line.block) == block {
            if text.len() < MAX_PARAGRAPH {
                starts.push(text.len());
                text.push_str(reading_text(search, line));
                text.push(' ');
            }
            line += 1;
        }
        for (open, close) in parentheses(&text) {
            let term = text.get(open + 1..close).unwrap_or_default();
            let fit = leaf.named_by(term.trim_matches(|sign: char| !sign.is_alphanumeric()), search.embedder);
            let named = fit.max(leaf.named_by(quoted(term), search.embedder));
            if named < 0.4 {
                continue;
            }
            if let Some((from, to)) = name_before(text.get(..open).unwrap_or_default()) {
                let spans = spans(&starts, start, from, to, &text);
                if let Some(value) = normal::of_text(leaf, text.get(from..to).unwrap_or_default()) {
                    best.push(Candidate { spans, value, score: DEFINED * named });
                }
            }
        }
    }
}

fn reading_text<'s>(search: &'s Search<'_>, line: usize) -> &'s str {
    search.reading.text(search.reading.view.whole(line))
}

fn parentheses(text: &str) -> Vec<(usize, usize)> {
    text.match_indices('(')
        .filter_map(|(open, _)| {
            let close = open + text.get(open..)?.find(')')?;
            (close - open <= MAX_TERM).then_some((open, close))
        })
        .collect()
}

/// What stands in quotation marks, or all of it without its article.
fn quoted(term: &str) -> &str {
    let is_mark = |sign: char| matches!(sign, '“' | '”' | '"' | '«' | '»' | '„' | '‘' | '’' | '\'');
    let inner = term.split(is_mark).nth(1).unwrap_or(term).trim();
    inner.split_once(' ').filter(|(article, _)| ARTICLES.contains(article)).map_or(inner, |(_, rest)| rest.trim())
}

const ARTICLES: &[&str] = &["the", "le", "la", "der", "die", "das", "el"];

/// The capitalized words at the end of a text.
fn name_before(text: &str) -> Option<(usize, usize)> {
    let end = text.trim_end().len();
    let mut start = end;
    for word in text.get(..end)?.split_whitespace().rev().take(NAME_WORDS) {
        let is_of_name =
            word.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit() || first == '&')
                || super::phrase::has_legal_form(word)
                || matches!(word, "de" | "du" | "von" | "of" | "del" | "la");
        if !is_of_name || word.ends_with([',', ':', ';']) && start < end {
            break;
        }
        start = word.as_ptr() as usize - text.as_ptr() as usize;
    }
    (start < end).then_some((start, end))
}

/// The parts of lines that a range of their joined text covers.
fn spans(starts: &[usize], first: usize, from: usize, to: usize, text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(text.len()).saturating_sub(1);
        let (left, right) = (from.max(start), to.min(end));
        if left < right {
            spans.push(Span { line: first + index, start: left - start, end: right - start });
        }
    }
    spans
}
