//! The number of a paper that stands under its title without saying of what it is: "Rechnung", "Nr.: 4711".

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use super::title;
use crate::lexicon::{Concept, fold};
use crate::matching::words;
use crate::value::Kind;
use crate::view::{Relation, Span};

/// What such a number is worth.
const NUMBER: f32 = 0.82;
/// Lines in which titles stand, and how many lines under one its number does.
const LINES: usize = 60;
const UNDER: usize = 3;
/// Words that are no more than that a number follows.
const NUMBERS: &[&str] = &[
    "ref",
    "reference",
    "no",
    "nr",
    "number",
    "num",
    "numero",
    "n",
    "#",
    "nummer",
    "referencia",
    "referenz",
    "id",
    "belegnr",
    "belegnummer",
    "beleg",
];
/// Titles of papers that ask for money or give it back, and of orders: words or the ends of German ones.
const BILLS: &[&str] = &["invoice", "bill", "facture", "avoir", "rechnung", "gutschrift", "factura", "credit", "abono"];
const ORDERS: &[&str] = &["order", "commande", "bestellung", "auftrag", "pedido"];

/// The number that stands under a title without more than the word for one.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let titles: &[&str] = match leaf.concept {
        Some(Concept::InvoiceNumber) => BILLS,
        Some(Concept::OrderNumber) => ORDERS,
        _ => return,
    };
    let reading = search.reading;
    let view = &reading.view;
    for phrase in search.phrases.iter().filter(|phrase| phrase.span.line < LINES) {
        let text = reading.text(phrase.span).trim();
        let is_code = text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(char::is_whitespace);
        let told = phrase.labels.first().filter(|label| matches!(label.relation, Relation::Colon | Relation::Left));
        let Some(label) = told.filter(|_| is_code && !is_day(search, phrase.span)) else { continue };
        let is_bare = words::of_text(reading.text(label.span)).iter().all(|word| NUMBERS.contains(&word.text.as_str()));
        let first = label.span.line.saturating_sub(UNDER);
        let is_under = (first..=label.span.line).any(|line| {
            let title = reading.text(view.whole(line));
            let is_own = |word: &str| titles.iter().any(|title| fold(word).ends_with(&fold(title)));
            title::is_title(title) && title.split_whitespace().any(is_own) && !title.contains(':')
        });
        if is_bare
            && is_under
            && let Some(value) = normal::of_text(leaf, text)
        {
            best.push(Candidate { spans: vec![phrase.span], value, score: NUMBER });
        }
    }
}

fn is_day(search: &Search<'_>, span: Span) -> bool {
    let mut values = search.reading.values_of(span.line).iter();
    values.any(|typed| matches!(typed.value.kind(), Kind::Date | Kind::DateTime) && typed.span.start >= span.start)
}
