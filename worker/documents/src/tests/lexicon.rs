//! What labels mean, and what fields ask for.

use crate::lexicon::{Concept, concepts_of_field, concepts_of_label};

#[track_caller]
fn check_label(label: &str, concept: Concept) {
    let meanings = concepts_of_label(label);
    assert_eq!(meanings.first().map(|(concept, _)| *concept), Some(concept), "{label}: {meanings:?}");
}

#[test]
fn labels_of_four_languages_name_the_same_concept() {
    for label in ["Invoice No.:", "N° de facture", "Rechnungs-Nr.", "Rechnungsnummer", "Nº factura"] {
        check_label(label, Concept::InvoiceNumber);
    }
}

#[test]
fn a_field_that_is_named_in_words_of_its_own_is_known_by_them() {
    let meanings = concepts_of_field("sum_to_pay", None, None);
    assert_eq!(meanings.first().map(|(concept, _)| *concept), Some(Concept::Total), "{meanings:?}");
}
