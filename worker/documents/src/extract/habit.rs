//! Habits: what stands where it usually stands, without a label that names it.

use super::attention;
use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::party;
use super::person;
use super::phrase::{has_legal_form, name_fit};
use super::search::Search;
use crate::lexicon::Concept;
use crate::view::{Span, View};

/// Lines after a closing phrase in which the name stands.
const AFTER_CLOSING: usize = 4;
/// What such a value is worth. Set by hand with the tuning family in view.
const SIGNED: f32 = 0.74;
const SIGNED_SENDER: f32 = 0.52;
const SIGNED_COMPANY: f32 = 0.8;
const OVER_SALUTATION: f32 = 0.7;

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
    if has(SIGNATORY) || leaf.concept == Some(Concept::SenderName) {
        for line in (0..reading.lines()).filter(|&line| is_closing(texts(line))) {
            push_signed(search, leaf, line, best);
        }
    }
    if search.is_own(leaf) {
        person::push_name(search, leaf, best);
    }
    if leaf.concept == Some(Concept::Occupation) {
        person::push_work(search, leaf, best);
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

/// Who signs under a closing phrase: the person, or the company for a field that asks for the sender, who is known by the
/// signature where there is no letterhead.
fn push_signed(search: &Search<'_>, leaf: &Leaf<'_>, closing: usize, best: &mut Best) {
    let (reading, view) = (search.reading, &search.reading.view);
    let is_signatory = leaf.words.iter().any(|word| SIGNATORY.contains(&word.text.as_str()));
    let names: Vec<(Span, bool)> = (closing + 1..reading.lines())
        .filter(|&next| is_under(view, closing, next))
        .take(AFTER_CLOSING)
        .filter_map(|next| {
            let whole = view.whole(next);
            let start = attention::signer(reading.text(whole)).unwrap_or_default();
            let name = Span { start: whole.start + start, ..whole };
            let is_name = name_fit(reading, name) >= 0.8 && (start > 0 || !party::is_known_label(reading.text(name)));
            is_name.then(|| (name, has_legal_form(reading.text(name))))
        })
        .collect();
    let wanted = names.iter().find(|(_, is_company)| *is_company != is_signatory);
    let Some((name, is_company)) = wanted.or(names.first()).copied() else { return };
    let score = match (is_signatory, is_company) {
        (true, false) => SIGNED,
        (true, true) => SIGNED_SENDER,
        (false, true) => SIGNED_COMPANY,
        (false, false) => SIGNED_SENDER,
    };
    if let Some(value) = normal::of_text(leaf, reading.text(name)) {
        best.push(Candidate { spans: vec![name], value, score });
    }
}

/// Whether a line stands below another: what a column beside the letter says follows it too.
fn is_under(view: &View, line: usize, next: usize) -> bool {
    let place = |line: usize| view.lines.get(line).and_then(|line| Some((line.page, line.at?)));
    let (Some((page, own)), Some((next_page, other))) = (place(line), place(next)) else { return true };
    next_page > page || other.top > own.top && other.left < own.right && other.right > own.left
}

fn push(search: &Search<'_>, leaf: &Leaf<'_>, line: usize, score: f32, best: &mut Best) {
    let span = search.reading.view.whole(line);
    if let Some(value) = normal::of_text(leaf, search.reading.text(span)) {
        best.push(Candidate { spans: vec![span], value, score });
    }
}

pub(super) fn is_closing(text: &str) -> bool {
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
