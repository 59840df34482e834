//! Where a document within a file begins.

use std::collections::BTreeMap;

use crate::classify::Leaf;
use crate::lexicon::{self, Concept, fold};
use crate::value::{self, Kind, Locale};
use crate::view::{Pair, View};

/// A title that names a type of document.
const TITLE: f32 = 1.6;
/// Pages that count on, or begin again.
const NUMBERED: f32 = 2.4;
/// A number of a document that is another one than the page before has, or the same.
const IDENTIFIED: f32 = 2.0;
/// Other first lines than the page before, or the same.
const LETTERHEAD: f32 = 0.4;
/// A page before that is blank.
const AFTER_BLANK: f32 = 0.8;
/// A salutation.
const SALUTATION: f32 = 1.2;
/// Text that goes on in the middle of a sentence.
const MID_SENTENCE: f32 = 0.8;
/// Lines of a page that are its head, or its foot.
const EDGE_LINES: usize = 4;
/// What a label must mean to name the number of a document.
const LEAST_MEANING: f32 = 0.7;
/// Bytes of a label, or of a line that holds the number of its page.
const MAX_LABEL: usize = 80;
/// The numbers that a document of its own has.
pub(super) const NUMBERS: &[Concept] = &[
    Concept::InvoiceNumber,
    Concept::ReceiptNumber,
    Concept::PurchaseOrderNumber,
    Concept::QuoteNumber,
    Concept::DeliveryNoteNumber,
    Concept::ContractNumber,
    Concept::PolicyNumber,
    Concept::ClaimNumber,
    Concept::ApplicationNumber,
    Concept::ShipmentNumber,
];

/// What a page says about where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    /// Its number, and of how many: "Page 2 of 3".
    pub(super) number: Option<(u32, Option<u32>)>,
    /// Numbers of documents, by what they are called.
    pub(super) identifiers: BTreeMap<Concept, String>,
    head: Vec<String>,
    title: f32,
    is_blank: bool,
    salutes: bool,
    is_mid_sentence: bool,
}

/// The marks of all pages.
pub(super) fn marks(view: &View, leaves: &[Leaf], pairs: &[Pair], locale: &Locale) -> Vec<Mark> {
    let mut marks: Vec<Mark> = leaves.iter().map(|leaf| mark(view, leaf)).collect();
    for pair in pairs {
        let label = view.text(pair.label);
        let page = view.lines.get(pair.value.line).map_or(0, |line| line.page as usize);
        let Some(mark) = marks.get_mut(page.saturating_sub(1)).filter(|_| label.len() <= MAX_LABEL) else { continue };
        let Some(found) = value::read(view.text(pair.value), Kind::Identifier, locale) else { continue };
        for (concept, score) in lexicon::concepts_of_label(label) {
            if score >= LEAST_MEANING && NUMBERS.contains(&concept) {
                mark.identifiers.entry(concept).or_insert_with(|| found.value.normal());
            }
        }
    }
    marks
}

fn mark(view: &View, leaf: &Leaf) -> Mark {
    let lines = view.lines.get(leaf.lines.clone()).unwrap_or_default();
    let mut edges = lines.iter().take(EDGE_LINES).chain(lines.iter().rev().take(EDGE_LINES));
    let letters = |text: &str| fold(text).chars().filter(|sign| sign.is_alphabetic()).collect::<String>();
    let head = lines.iter().take(EDGE_LINES).map(|line| letters(value::head(&line.text, MAX_LABEL)));
    let titles = leaf.titles.iter().filter(|title| title.prominence >= 0.5);
    let named = titles.filter_map(|title| title.types.first().map(|(_, score)| score * title.prominence));
    let first = lines.iter().find(|line| line.heading.is_none() && !line.text.trim().is_empty());
    Mark {
        number: edges.find_map(|line| page_number(&line.text)),
        identifiers: BTreeMap::new(),
        head: head.filter(|line| !line.is_empty()).collect(),
        title: named.fold(0.0, f32::max),
        is_blank: leaf.is_blank(),
        salutes: leaf.salutes(),
        is_mid_sentence: first.is_some_and(|line| line.text.starts_with(char::is_lowercase)),
    }
}

/// The number of a page and of how many: "Page 2 of 3", "Seite 2/4", "- 2 -".
pub(super) fn page_number(text: &str) -> Option<(u32, Option<u32>)> {
    if text.len() > MAX_LABEL {
        return None;
    }
    let folded = fold(text);
    let mut words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        if !matches!(word, "page" | "seite" | "pagina" | "pag" | "blatt" | "sheet" | "folio" | "feuille" | "hoja") {
            continue;
        }
        let Some(number) = words.peek().and_then(|word| word.parse().ok()) else { continue };
        let count = match words.nth(1) {
            Some("of" | "von" | "de" | "sur" | "di") => words.next().and_then(|word| word.parse().ok()),
            Some(word) => word.parse().ok(),
            None => None,
        };
        return (number > 0).then_some((number, count.filter(|count| *count >= number)));
    }
    let bare = text.trim().trim_matches(['-', '–', '—', ' ']);
    if let Some((number, count)) = bare.split_once('/') {
        let (number, count): (u32, u32) = (number.trim().parse().ok()?, count.trim().parse().ok()?);
        return (number > 0 && number <= count && count < 100).then_some((number, Some(count)));
    }
    let is_dashed = bare.len() < text.trim().len();
    bare.parse().ok().filter(|number| is_dashed && *number > 0).map(|number| (number, None))
}

/// How much speaks for a document that begins on a page, or against it if less than 0.
pub(super) fn start(before: &Mark, mark: &Mark) -> f32 {
    if mark.is_blank {
        return -NUMBERED;
    }
    let mut sum = TITLE * mark.title + numbering(before, mark);
    let shared = || mark.identifiers.iter().filter_map(|(concept, own)| Some(before.identifiers.get(concept)? == own));
    if shared().any(|is_same| is_same) {
        sum -= IDENTIFIED;
    } else if shared().next().is_some() {
        sum += IDENTIFIED;
    }
    if !before.head.is_empty() {
        let is_shared = mark.head.iter().any(|line| before.head.contains(line));
        sum += if is_shared { -LETTERHEAD } else { LETTERHEAD };
    }
    if before.is_blank {
        sum += AFTER_BLANK;
    }
    if mark.salutes {
        sum += SALUTATION;
    }
    if mark.is_mid_sentence {
        sum -= MID_SENTENCE;
    }
    sum
}

fn numbering(before: &Mark, mark: &Mark) -> f32 {
    match (before.number, mark.number) {
        (_, Some((1, _))) => NUMBERED,
        (Some((last, all)), Some((number, count))) if last + 1 != number || all.is_some() && all != count => {
            NUMBERED / 2.0
        }
        // A page of "2 of 2" does not go on with one that does not count.
        (None, Some((_, Some(_)))) => NUMBERED / 2.0,
        (_, Some(_)) => -NUMBERED,
        (Some((last, Some(count))), None) if last == count => NUMBERED / 2.0,
        _ => 0.0,
    }
}
