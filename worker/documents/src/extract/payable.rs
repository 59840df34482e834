//! What is said of paying without a label: by what day, "Please pay by 26 March", and on what terms, "Payable within 30
//! days".

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::reading::Typed;
use super::search::Search;
use crate::lexicon::{Concept, fold};
use crate::value::Kind;
use crate::view::Span;

/// What such a day and such terms are worth. Set by hand with the practice family in view.
const DAY: f32 = 0.84;
const TERMS: f32 = 0.93;
const FOR_LESS: f32 = 0.5;
/// Words right before a day that tell that it is the last one, at most so far before it.
const NEAR: usize = 3;
/// Words behind a day that speak of it.
const BEHIND: usize = 5;
/// Words of terms.
const MOST_WORDS: usize = 14;
/// Beginnings of words that speak of paying, folded.
const PAY: &[&str] = &[
    "zahl",
    "bezahl",
    "begleich",
    "uberweis",
    "entricht",
    "fallig",
    "pay",
    "due",
    "remit",
    "transfer",
    "settle",
    "regler",
    "regle",
    "payer",
    "payable",
    "paiement",
    "echeance",
    "verser",
    "virement",
    "exigible",
    "acquitt",
    "pagar",
    "pago",
    "pagader",
    "abonar",
    "vence",
    "betalen",
    "pagamento",
];
/// Of taking the money from an account.
const DEBIT: &[&str] = &[
    "abgebucht",
    "abbuch",
    "buchen",
    "eingezogen",
    "einzieh",
    "einzug",
    "belast",
    "debit",
    "charge",
    "preleve",
    "prelevement",
    "collect",
    "cargar",
    "cargo",
    "adeud",
    "domicili",
];
/// Words that tell the last day, and any day.
const UNTIL: &[&str] =
    &["bis", "spatestens", "by", "before", "until", "till", "than", "avant", "tard", "antes", "hasta", "due", "fallig"];
const ON: &[&str] = &["am", "zum", "on", "le", "el", "um", "den"];
/// Beginnings of words for spans of time and of what is due at once.
const SPANS: &[&str] = &["tag", "day", "jour", "dia", "woche", "week", "semaine", "monat", "month", "mois"];
const AT_ONCE: &[&str] = &["sofort", "immediat", "reception", "receipt", "comptant", "contado", "erhalt", "umgehend"];
/// What begins labels of terms.
const LABELS: &[&str] = &["zahlungs", "payments"];
/// Words for what is taken off for paying early.
const EARLY: &[&str] = &["skonto", "discount", "escompte", "descuento", "abzuglich"];

/// What the paper says of paying that the field asks for.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    match leaf.concept {
        Some(Concept::DueDate) => push_day(search, leaf, best),
        Some(Concept::PaymentTerms) => push_terms(search, leaf, best),
        _ => {}
    }
}

/// The last day that a sentence gives, or the one on which the money is taken.
fn push_day(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let reading = search.reading;
    for typed in reading.values.iter().filter(|typed| typed.value.kind() == Kind::Date) {
        if is_last_day(search, typed)
            && let Some(value) = normal::of_typed(leaf, &typed.value, Kind::Date)
        {
            best.push(Candidate { spans: vec![typed.span], value, score: DAY * (0.6 + 0.4 * typed.confidence) });
        }
    }
}

/// What is left of a day by which less is to be paid, whatever its label says.
pub(super) fn factor(search: &Search<'_>, leaf: &Leaf<'_>, typed: &Typed) -> f32 {
    if leaf.concept != Some(Concept::DueDate) {
        return 1.0;
    }
    let (_, after) = around(search, typed.span);
    let behind = after.get(..after.len().min(BEHIND)).unwrap_or_default();
    if begins_any(behind, EARLY) { FOR_LESS } else { 1.0 }
}

fn is_last_day(search: &Search<'_>, typed: &Typed) -> bool {
    let (before, after) = around(search, typed.span);
    let behind = after.get(..after.len().min(BEHIND)).unwrap_or_default();
    let near = before.get(before.len().saturating_sub(NEAR)..).unwrap_or_default();
    let is_near = |words: &[&str]| near.iter().any(|word| words.contains(&word.as_str()));
    let speaks = |stems: &[&str]| begins_any(&before, stems) || begins_any(behind, stems);
    let is_until = is_near(UNTIL) && speaks(PAY);
    let is_debited = (is_near(ON) || is_near(UNTIL)) && (speaks(DEBIT) || begins_any(&after, DEBIT));
    let is_aside = before.last().is_some_and(|word| begins(word, SPANS)) && begins_any(&before, PAY);
    (is_until || is_debited || is_aside) && !begins_any(behind, EARLY)
}

/// The words before and behind a value, in its sentence: that may begin on the line before.
fn around(search: &Search<'_>, span: Span) -> (Vec<String>, Vec<String>) {
    let view = &search.reading.view;
    let whole = view.whole(span.line);
    let block = |line: usize| view.lines.get(line).map(|line| (line.block, line.cell));
    let same = |line: &usize| block(*line) == block(span.line);
    let mut before = search.reading.text(Span { end: span.start, ..whole }).to_owned();
    if let Some(line) = span.line.checked_sub(1).filter(same) {
        before.insert(0, ' ');
        before.insert_str(0, search.reading.text(view.whole(line)));
    }
    let mut after = search.reading.text(Span { start: span.end, ..whole }).to_owned();
    if let Some(line) = Some(span.line + 1).filter(same) {
        after.push(' ');
        after.push_str(search.reading.text(view.whole(line)));
    }
    // What stands before the last sentence, or behind this one, is of others.
    let before = before.rsplit(['!', '?', ';']).next().map(|text| text.rsplit(". ").next().unwrap_or(text));
    let after = after.split(['!', '?', ';']).next().map(|text| text.split(". ").next().unwrap_or(text));
    (words(before.unwrap_or_default()), words(after.unwrap_or_default()))
}

/// A sentence of the terms: it begins with a word of paying, and says when.
fn push_terms(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let reading = search.reading;
    for line in 0..reading.lines() {
        let whole = reading.view.whole(line);
        let text = reading.text(whole);
        let sentence = text.split(". ").next().unwrap_or(text).trim_end_matches('.');
        let words = words(sentence);
        let starts = words.first().is_some_and(|first| begins(first, PAY) && !begins(first, LABELS));
        let is_span = sentence.bytes().any(|byte| byte.is_ascii_digit()) && begins_any(&words, SPANS);
        let has_date = reading.values_of(line).iter().any(|typed| typed.value.kind() == Kind::Date);
        let is_terms = starts
            && (3..=MOST_WORDS).contains(&words.len())
            && (is_span || begins_any(&words, AT_ONCE))
            && !has_date
            && !sentence.contains(':');
        if let Some(value) = normal::of_text(leaf, sentence).filter(|_| is_terms) {
            let span = Span { end: whole.start + sentence.len(), ..whole };
            best.push(Candidate { spans: vec![span], value, score: TERMS });
        }
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
}

fn begins(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

fn begins_any(words: &[String], stems: &[&str]) -> bool {
    words.iter().any(|word| begins(word, stems))
}
