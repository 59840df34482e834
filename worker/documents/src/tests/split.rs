//! Which pages belong to which document.

use super::classify::kinds;
use crate::{
    Engine, GenerateSplitOptions, GeneratedSplit, Kind, Limits, Operation, Output, Source, Split, SplitOptions, Step,
};

fn run(pages: &[&str], operation: &Operation) -> Output {
    let text = pages.join("\u{c}");
    let source = Source { bytes: text.as_bytes(), filename: "a.txt", media_type: None };
    let step = Engine::without_models().start(operation, &[source], &Limits::default(), &mut |_| ()).unwrap();
    let Step::Done(output) = step else { panic!("no model is asked: {step:?}") };
    output
}

fn split(pages: &[&str], kinds: Vec<Kind>, n_consensus: u32) -> Split {
    let operation = Operation::Split(SplitOptions { kinds, n_consensus, ..SplitOptions::default() });
    let Output::Split(split) = run(pages, &operation) else { panic!("splitting gives a split") };
    split
}

fn generate(pages: &[&str]) -> GeneratedSplit {
    let Output::GenerateSplit(generated) = run(pages, &Operation::GenerateSplit(GenerateSplitOptions::default()))
    else {
        panic!("generating gives kinds")
    };
    generated
}

fn outline(split: &Split) -> Vec<(&str, &[u32])> {
    split.sections.iter().map(|section| (section.name.as_str(), section.pages.as_slice())).collect()
}

const INVOICE_7: &str =
    "Invoice\n\nInvoice number: INV-7\nInvoice date: 3 May 2024\nDue date: 2 June 2024\nTotal: 22.80\nPage 1 of 2\n";
const INVOICE_7_NEXT: &str = "Rope 2 19.00\nSubtotal: 19.00\nVAT 20 %: 3.80\nPage 2 of 2\n";
const INVOICE_8: &str =
    "Invoice\n\nInvoice number: INV-8\nInvoice date: 4 May 2024\nDue date: 3 June 2024\nTotal: 9.00\n";
const LETTER: &str =
    "Ann Lee\n5 Main Street\n\nDear Mr Ames,\n\nThank you for telling us about the roof.\n\nYours sincerely\nAnn Lee\n";

fn papers() -> Vec<Kind> {
    let mut kinds =
        kinds(&[("letter", "Correspondence"), ("payslip", "Pay of a month"), ("invoice", "A demand for payment")]);
    kinds
        .iter_mut()
        .filter(|kind| kind.name == "invoice")
        .for_each(|kind| kind.partition_key = Some("invoice number".to_owned()));
    kinds
}

#[test]
fn every_page_is_in_one_section_and_kinds_without_pages_come_last() {
    let split = split(&[INVOICE_7, INVOICE_7_NEXT, LETTER], papers(), 1);
    assert_eq!(split.page_count, 3);
    assert_eq!(outline(&split), [("invoice", [1, 2].as_slice()), ("letter", &[3]), ("payslip", &[])]);
    assert!(split.votes.is_empty() && split.likelihoods.is_empty());
}

#[test]
fn documents_within_a_section_are_told_apart_by_their_key() {
    let split = split(&[INVOICE_7, INVOICE_7_NEXT, INVOICE_8], papers(), 1);
    let found: Vec<_> = split.sections.iter().flat_map(|section| &section.partitions).collect();
    let found: Vec<_> = found.iter().map(|partition| (partition.key.as_str(), partition.pages.as_slice())).collect();
    assert_eq!(found, [("INV-7", [1, 2].as_slice()), ("INV-8", &[3])]);
}

#[test]
fn a_key_needs_no_colon_before_it() {
    let [seven, eight] = [INVOICE_7, INVOICE_8].map(|page| page.replace("Invoice number:", "Invoice number"));
    assert!(!seven.contains("number:") && !eight.contains("number:"));
    let split = split(&[&seven, &eight], papers(), 1);
    let found: Vec<_> = split.sections.iter().flat_map(|section| &section.partitions).collect();
    let found: Vec<_> = found.iter().map(|partition| (partition.key.as_str(), partition.pages.as_slice())).collect();
    assert_eq!(found, [("INV-7", [1].as_slice()), ("INV-8", &[2])]);
}

#[test]
fn a_document_that_goes_on_behind_another_is_one_section_and_another_one_is_another() {
    let goes_on = split(&[INVOICE_7, LETTER, INVOICE_7_NEXT], papers(), 1);
    assert_eq!(outline(&goes_on), [("invoice", [1, 3].as_slice()), ("letter", &[2]), ("payslip", &[])]);
    let other = split(&[INVOICE_7, LETTER, INVOICE_8], papers(), 1);
    assert_eq!(outline(&other), [("invoice", [1].as_slice()), ("letter", &[2]), ("invoice", &[3]), ("payslip", &[])]);
}

#[test]
fn several_passes_vote_on_each_page() {
    let split = split(&[INVOICE_7, INVOICE_7_NEXT, LETTER], papers(), 3);
    assert_eq!(outline(&split), [("invoice", [1, 2].as_slice()), ("letter", &[3]), ("payslip", &[])]);
    assert_eq!(split.votes.len(), 3);
    assert!(split.sections.iter().all(|section| section.votes.len() == 3));
    assert_eq!(split.likelihoods.keys().collect::<Vec<_>>(), ["splits.invoice", "splits.letter", "splits.payslip"]);
    assert!(split.likelihoods.values().all(|likelihood| *likelihood > 0.5 && *likelihood <= 1.0), "{split:?}");
}

#[test]
fn the_kinds_of_a_file_are_found_by_its_titles() {
    let generated = generate(&[INVOICE_7, INVOICE_7_NEXT, INVOICE_8, LETTER]);
    let found: Vec<_> =
        generated.kinds.iter().map(|kind| (kind.name.as_str(), kind.partition_key.as_deref())).collect();
    assert_eq!(found, [("invoice", Some("invoice number")), ("letter", None)]);
    assert!(generated.kinds.iter().all(|kind| !kind.description.is_empty()));
}

#[test]
fn a_file_of_no_known_kind_still_has_one() {
    let generated = generate(&["Pancakes\n\nBeat two eggs with flour and milk.\n"]);
    assert_eq!(generated.kinds.len(), 1);
    assert!(!generated.kinds[0].name.is_empty() && !generated.kinds[0].description.is_empty(), "{generated:?}");
}
