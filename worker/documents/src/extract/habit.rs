//! Habits: what stands where it usually stands, without a label that names it.

use super::address;
use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::party;
use super::phrase::{has_legal_form, name_fit};
use super::search::Search;
use super::title;
use crate::lexicon::Concept;

/// Lines after a closing phrase in which the name stands.
const AFTER_CLOSING: usize = 4;
/// What such a value is worth. Set by hand with the tuning family in view.
const SIGNED: f32 = 0.74;
const SIGNED_SENDER: f32 = 0.52;
const UNDER_NAME: f32 = 0.7;
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
    // Who has no letterhead is known by the signature.
    let signed = if has(SIGNATORY) { SIGNED } else { SIGNED_SENDER };
    if has(SIGNATORY) || leaf.concept == Some(Concept::SenderName) {
        for line in (0..reading.lines()).filter(|&line| is_closing(texts(line))) {
            let name =
                (line + 1..=line + AFTER_CLOSING).find(|&next| name_fit(reading, reading.view.whole(next)) >= 0.8);
            if let Some(name) = name {
                push(search, leaf, name, signed, best);
            }
        }
    }
    if leaf.concept == Some(Concept::Occupation) {
        push_under_name(search, leaf, best);
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

/// What a resume says under the name that it begins with.
fn push_under_name(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let reading = search.reading;
    let text = |line: usize| reading.text(reading.view.whole(line));
    let is_person = |line: usize| {
        let words = text(line).split_whitespace().count();
        (2..=4).contains(&words)
            && name_fit(reading, reading.view.whole(line)) >= 0.8
            && !has_legal_form(text(line))
            && !title::is_title(text(line))
            && !party::is_known_label(text(line))
    };
    let is_job = |line: usize| {
        let fits = name_fit(reading, reading.view.whole(line)) >= 0.7 && text(line).split_whitespace().count() <= 6;
        fits && !has_legal_form(text(line)) && !address::is_line(text(line)) && !party::is_known_label(text(line))
    };
    if reading.lines() > 1 && is_person(0) && is_job(1) {
        push(search, leaf, 1, UNDER_NAME, best);
    }
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
