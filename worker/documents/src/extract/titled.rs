//! What a title says of its own paper beside its name: "Facture n° 2024-117 du 3 mars 2024", "Rechnung", "Nr.: 4711".

use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use super::title;
use crate::lexicon::{Concept, fold};
use crate::matching::words;
use crate::value::Kind;
use crate::view::{Relation, Span};

/// What the day and the number of a title are worth.
const DAY: f32 = 0.93;
const NUMBER: f32 = 0.82;
/// Lines in which titles stand, and how many lines under one its number does.
const LINES: usize = 60;
const UNDER: usize = 3;
/// Words of a title before its day.
const WORDS: usize = 7;

/// Words that stand before the day of a title.
const OF: &[&str] =
    &["of", "dated", "from", "on", "du", "le", "en", "vom", "am", "de", "del", "fecha", "date", "issued"];
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

/// The day that a title says, and the number that stands under it without more than the word for one.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    let titles: &[&str] = match leaf.concept {
        Some(Concept::InvoiceDate | Concept::InvoiceNumber) => BILLS,
        Some(Concept::OrderDate | Concept::OrderNumber) => ORDERS,
        _ => return,
    };
    match leaf.concept {
        Some(Concept::InvoiceDate | Concept::OrderDate) => push_day(search, leaf, titles, best),
        _ => push_number(search, leaf, titles, best),
    }
}

fn push_day(search: &Search<'_>, leaf: &Leaf<'_>, titles: &[&str], best: &mut Best) {
    let reading = search.reading;
    for line in 0..reading.lines().min(LINES) {
        let whole = reading.view.whole(line);
        let is_day = |kind: Kind| matches!(kind, Kind::Date | Kind::DateTime);
        let mut days = reading.values_of(line).iter().filter(|typed| is_day(typed.value.kind()));
        let (Some(day), None) = (days.next(), days.next()) else { continue };
        let before = reading.text(Span { end: day.span.start, ..whole });
        let after = reading.text(Span { start: day.span.end, ..whole });
        let is_end = after.split_whitespace().count() <= 1;
        if is_end
            && is_dated(before, titles)
            && let Some(value) = normal::of_typed(leaf, &day.value, Kind::Date)
        {
            best.push(Candidate { spans: vec![day.span], value, score: DAY * (0.6 + 0.4 * day.confidence) });
            return;
        }
    }
}

/// Whether a text is a title, and then the word for the day that follows.
fn is_dated(text: &str, titles: &[&str]) -> bool {
    let parts: Vec<String> = text.split_whitespace().map(fold).collect();
    let clean = |word: &String| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    let (Some(first), Some(last)) = (parts.first().map(clean), parts.last().map(clean)) else { return false };
    let is_titled = titles.iter().any(|title| first == fold(title) || first.ends_with(&fold(title)));
    is_titled && parts.len() <= WORDS && parts.len() > 1 && OF.contains(&last.as_str())
}

fn push_number(search: &Search<'_>, leaf: &Leaf<'_>, titles: &[&str], best: &mut Best) {
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
