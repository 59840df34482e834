//! The kinds of documents that a file holds, as a split is asked for.

use super::boundary::{self, NUMBERS};
use super::ranges::{self, Label};
use super::{pairs, starts, vote};
use crate::classify::{self, Leaf, Target};
use crate::lexicon::Concept;
use crate::operation::Kind;
use crate::value::{self, Locale};
use crate::view::View;

/// What must speak for a type, by titles and signs, for pages to be of it.
const LEAST: f32 = 0.35;
/// Words of a title that make a name.
const MAX_NAME_WORDS: usize = 4;
/// Bytes of a title that is told.
const MAX_TITLE: usize = 80;
/// Kinds that are told: a file of more is grouped too finely to be of use.
const MAX_KINDS: usize = 24;

/// What each type of document is.
const TYPES: &[(Concept, &str)] = &[
    (Concept::Invoice, "A demand for payment for goods or services, with its number, date and total"),
    (Concept::Receipt, "A proof of a payment in a shop or restaurant, with what was bought"),
    (Concept::PurchaseOrder, "An order of goods or services that a customer sends to a supplier"),
    (Concept::Quote, "An offer of goods or services with prices, before anything is ordered"),
    (Concept::CreditNote, "A correction of an invoice in the customer's favor"),
    (Concept::DeliveryNote, "A list of goods that comes with their delivery"),
    (Concept::BankStatement, "The movements and balances of an account over a period"),
    (Concept::PaySlip, "An employee's pay of a period with what was deducted from it"),
    (Concept::Contract, "An agreement between parties, with its clauses and signatures"),
    (Concept::Letter, "Correspondence in prose from a sender to a recipient"),
    (Concept::Form, "A form that somebody fills in to apply for something or to register"),
    (Concept::Reminder, "A reminder of a payment that is overdue"),
    (Concept::IdentityCard, "A card or passport that says who a person is"),
    (Concept::InsurancePolicy, "What an insurance covers, and for which premium"),
    (Concept::UtilityBill, "A bill for electricity, gas, water or telephone, with what was used"),
    (Concept::TaxForm, "A declaration or an assessment of taxes"),
    (Concept::Report, "A report of findings, results or a meeting"),
    (Concept::Certificate, "A certificate of a fact about a person or thing"),
    (Concept::Resume, "A person's career, education and skills"),
    (Concept::MedicalReport, "A patient's findings, diagnosis or prescription"),
    (Concept::PriceList, "Goods or services with their prices"),
];

/// The kinds of documents in a file, each once, in the order of their first pages.
pub(crate) fn kinds(view: &View, leaves: &[Leaf], locale: &Locale) -> Vec<Kind> {
    let types: Vec<Kind> = TYPES
        .iter()
        .map(|(of, description)| Kind {
            name: of.name().to_owned(),
            description: (*description).to_owned(),
            partition_key: None,
        })
        .collect();
    let targets = Target::all(&types);
    let weights = classify::passes(view, 1).first().map(|pass| pass.weights);
    let Some(weights) = weights.map(|weights| classify::Weights { meaning: 0.0, words: 0.0, ..weights }) else {
        return Vec::new();
    };
    let scores: Vec<Vec<f32>> = leaves
        .iter()
        .map(|leaf| classify::scores(leaf, &targets, &[], None).iter().map(|score| score.sum(&weights)).collect())
        .collect();
    let marks = boundary::marks(view, leaves, &pairs::pairs(view, locale), locale);
    let labels = ranges::labels(&scores, &starts(&marks));
    let mut found: Vec<(Kind, Vec<usize>)> = Vec::new();
    for pages in documents(&labels) {
        let Some(first) = pages.first().copied() else { continue };
        let label = labels.get(first).map_or(0, |label| label.kind);
        let strength = pages.iter().filter_map(|page| scores.get(*page)?.get(label)).copied().fold(0.0, f32::max);
        let kind = types.get(label).filter(|_| strength >= LEAST).cloned();
        let kind = kind.or_else(|| leaves.get(first).and_then(titled)).unwrap_or_else(unnamed);
        let is_full = found.len() >= MAX_KINDS;
        match found.iter_mut().find(|(known, _)| known.name == kind.name) {
            Some((_, starts)) => starts.push(first),
            None if is_full => {}
            None => found.push((kind, vec![first])),
        }
    }
    for (kind, starts) in &mut found {
        if starts.len() > 1 {
            kind.partition_key = Some(key(starts, &marks));
        }
    }
    found.into_iter().map(|(kind, _)| kind).collect()
}

/// The pages of each document, from 0.
fn documents(labels: &[Label]) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    for (page, label) in labels.iter().enumerate() {
        match all.last_mut().filter(|_| !label.is_start) {
            Some(last) => last.push(page),
            None => all.push(vec![page]),
        }
    }
    all
}

/// A kind by the title of a page.
fn titled(leaf: &Leaf) -> Option<Kind> {
    let prominent = leaf.titles.iter().filter(|title| title.prominence >= 0.5);
    let title = prominent.rev().max_by(|a, b| a.prominence.total_cmp(&b.prominence))?;
    let text = value::head(title.text.trim(), MAX_TITLE);
    let words = text.split_whitespace().filter(|word| word.chars().all(|sign| !sign.is_ascii_digit()));
    let name = vote::normal(&crate::lexicon::fold(&words.take(MAX_NAME_WORDS).collect::<Vec<_>>().join(" ")));
    (!name.is_empty()).then(|| Kind { name, description: format!("Pages titled \"{text}\""), partition_key: None })
}

fn unnamed() -> Kind {
    let description = "Pages without a title that says what they are".to_owned();
    Kind { name: "document".to_owned(), description, partition_key: None }
}

/// What tells documents of a kind apart that begin on these pages: the number that they all have, or else their title.
fn key(starts: &[usize], marks: &[boundary::Mark]) -> String {
    let has = |concept: &&Concept| {
        starts.iter().all(|page| marks.get(*page).is_some_and(|mark| mark.identifiers.contains_key(*concept)))
    };
    NUMBERS.iter().find(has).map_or_else(|| "title".to_owned(), |concept| concept.name().replace('_', " "))
}
