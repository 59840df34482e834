//! Values that say themselves what they are, and need no label.

use std::collections::BTreeSet;

use super::form::Form;
use super::{Seen, Shape};
use crate::lexicon::Concept;
use crate::value::{self, Locale, Typed};
use crate::view::View;

/// Lines that are looked at: letterheads and footers are on the first pages.
const MAX_LINES: usize = 2_000;
/// What a reading must be sure of.
const SURE: f32 = 0.7;

/// What of these a document has outside its lists and beside the fields that are known.
pub(super) fn fields(view: &View, taken: &BTreeSet<usize>, locale: &Locale, known: &[Seen]) -> Vec<Seen> {
    let mut concepts: BTreeSet<Concept> = BTreeSet::new();
    for (index, line) in view.lines.iter().enumerate().take(MAX_LINES) {
        for found in value::find(&line.text, locale).into_iter().filter(|found| found.confidence >= SURE) {
            let is_in_list = taken.contains(&index) && !matches!(found.value, Typed::Money { .. });
            concepts.extend(concept(&found.value).filter(|_| !is_in_list));
        }
    }
    let is_known = |concept: Concept| {
        let form = form(concept);
        known.iter().any(|field| {
            field.concept == Some(concept) || (form.is_typed() && matches!(field.shape, Shape::One(own) if own == form))
        })
    };
    // Sums have currencies everywhere; it is asked for of what is to be paid.
    let is_bill = known.iter().any(|field| field.concept == Some(Concept::InvoiceNumber));
    let is_meant = |concept: Concept| concept != Concept::Currency || is_bill;
    let new = concepts.into_iter().filter(|concept| is_meant(*concept) && !is_known(*concept));
    new.map(|concept| Seen {
        name: concept.name().to_owned(),
        labels: Vec::new(),
        concept: Some(concept),
        shape: Shape::One(form(concept)),
        is_usual: false,
    })
    .collect()
}

fn concept(value: &Typed) -> Option<Concept> {
    Some(match value {
        Typed::Email(_) => Concept::Email,
        Typed::Url(_) => Concept::Website,
        Typed::Phone(_) => Concept::Phone,
        Typed::Iban(_) => Concept::Iban,
        Typed::VatId(_) => Concept::VatId,
        Typed::Money { currency: Some(_), .. } => Concept::Currency,
        _ => return None,
    })
}

fn form(concept: Concept) -> Form {
    match concept {
        Concept::Email => Form::Email,
        Concept::Website => Form::Url,
        _ => Form::Text,
    }
}
