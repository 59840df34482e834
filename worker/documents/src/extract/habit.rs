//! Habits: what stands where it usually stands, without a label that names it.

use super::attention;
use super::candidate::{Best, Candidate};
use super::company::has_legal_form;
use super::leaf::Leaf;
use super::normal;
use super::party;
use super::person;
use super::phrase::name_fit;
use super::search::Search;
use crate::lexicon::Concept;
use crate::view::{Span, View};

/// Lines after a closing phrase in which the name stands.
const AFTER_CLOSING: usize = 4;
/// What such a value is worth. Set by hand with the tuning family in view.
const SIGNED: f32 = 0.74;
const SIGNED_SENDER: f32 = 0.52;
const SIGNED_COMPANY: f32 = 0.88;
const OVER_SALUTATION: f32 = 0.7;

/// Words before the colon behind which a name signs: "Signing for the company: Megan Hill".
const SIGNED_WORDS: usize = 5;
/// What the company stands behind that is signed for.
const ON_BEHALF: &[&str] = &[
    "on behalf of ",
    "for and on behalf of ",
    "for ",
    "im namen von ",
    "im namen der ",
    "für ",
    "für die ",
    "au nom de ",
    "pour ",
    "pour le compte de ",
    "en nombre de ",
    "por ",
    "de parte de ",
    "de la part de ",
];

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
    "wishes",
    "truly",
    "respectfully",
    "cordially",
    "hochachtungsvoll",
    "herzlichst",
    "gruessen",
    "gruss",
    "distingués",
    "distinguées",
    "dévoués",
    "respectueusement",
    "cordiales",
    "respetuosamente",
    "afectuosamente",
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
        {
            push_subject(search, leaf, subject, best);
        }
    }
}

/// What stands over the salutation, behind what says that it is the subject.
fn push_subject(search: &Search<'_>, leaf: &Leaf<'_>, line: usize, best: &mut Best) {
    let text = search.reading.text(search.reading.view.whole(line));
    let start = match text.split_once(": ") {
        Some((label, about)) if label.split_whitespace().count() <= SIGNED_WORDS => text.len() - about.len(),
        Some(_) => return,
        None if text.contains(':') => return,
        None => 0,
    };
    let span = Span { line, start, end: text.len() };
    if let Some(value) = normal::of_text(leaf, search.reading.text(span)) {
        best.push(Candidate { spans: vec![span], value, score: OVER_SALUTATION });
    }
}

/// Whether who signs as a person stands in a line: "For the company: Uwe Petersen".
pub(super) fn is_signed(text: &str) -> bool {
    signer(text) > 0 && !has_legal_form(text)
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
            let start = signer(reading.text(whole));
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

/// Where the name of who signs begins in a line: behind what says that it is signed, and for whom.
fn signer(text: &str) -> usize {
    let after_colon = || {
        let (before, name) = text.split_once(": ")?;
        let is_name = name.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
        let is_short = name.split_whitespace().count() >= 2 && before.split_whitespace().count() <= SIGNED_WORDS;
        (is_name && is_short).then_some(text.len() - name.len())
    };
    let lower = text.to_lowercase();
    let on_behalf = || {
        let start = ON_BEHALF.iter().filter(|start| lower.starts_with(**start)).map(|start| start.len()).max()?;
        text.get(start..).filter(|name| has_legal_form(name)).map(|_| start)
    };
    attention::signer(text).or_else(after_colon).or_else(on_behalf).unwrap_or_default()
}

/// Whether a line stands below another: what a column beside the letter says follows it too.
fn is_under(view: &View, line: usize, next: usize) -> bool {
    let place = |line: usize| view.lines.get(line).and_then(|line| Some((line.page, line.at?)));
    let (Some((page, own)), Some((next_page, other))) = (place(line), place(next)) else { return true };
    next_page > page || other.top > own.top && other.left < own.right && other.right > own.left
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
