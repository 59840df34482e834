//! What a document is.

use super::ocr;
use crate::{Classified, ClassifyOptions, Engine, Error, Kind, Limits, Operation, Output, Source, Step};

const INVOICE: &str = "Invoice\n\nInvoice number: INV-7\nInvoice date: 3 May 2024\nDue date: 2 June 2024\n\n\
    Rope      2      19.00\nSubtotal: 19.00\nVAT 20 %: 3.80\nTotal: 22.80\n";
const LETTER: &str = "Ann Lee\n5 Main Street\n\nDear Mr Ames,\n\nThank you for telling us about the roof. The repair \
    begins next week and takes three days.\n\nYours sincerely\nAnn Lee\n";
const KONTOAUSZUG: &str = "Kontoauszug\n\nKontoinhaber: Eva Braun\nAlter Saldo: 1.200,00\n\
    Buchungstag   Verwendungszweck   Betrag\n03.05.2024    Miete             -700,00\nNeuer Saldo: 500,00\n";

pub(super) fn kinds(named: &[(&str, &str)]) -> Vec<Kind> {
    let kind = |(name, description): &(&str, &str)| Kind {
        name: (*name).to_owned(),
        description: (*description).to_owned(),
        partition_key: None,
    };
    named.iter().map(kind).collect()
}

fn papers() -> Vec<Kind> {
    kinds(&[
        ("letter", "Correspondence in prose"),
        ("Invoice", ""),
        ("bank_statement", "Movements of an account"),
        ("delivery note", "What comes with goods"),
    ])
}

fn classify(mut engine: Engine, filename: &str, text: &str, options: ClassifyOptions) -> Result<Classified, Error> {
    let source = Source { bytes: text.as_bytes(), filename, media_type: None };
    let step = engine.start(&Operation::Classify(options), &[source], &Limits::default(), &mut |_| ())?;
    let Step::Done(Output::Classify(classified)) = step else { return Err(Error::OutOfMemory) };
    Ok(classified)
}

#[track_caller]
fn check(text: &str, categories: Vec<Kind>, category: &str, quoted: &[&str]) {
    for engine in [Engine::without_models(), ocr::engine()] {
        let options = ClassifyOptions { categories: categories.clone(), n_consensus: 1, ..ClassifyOptions::default() };
        let classified = classify(engine, "a.txt", text, options).unwrap();
        assert_eq!(classified.answer.category, category, "{classified:?}");
        assert_eq!(classified.votes, []);
        assert!(classified.likelihood > 0.4 && classified.likelihood <= 1.0, "{classified:?}");
        for quoted in quoted {
            assert!(classified.answer.reasoning.contains(quoted), "{quoted} is not in {classified:?}");
        }
    }
}

#[test]
fn a_document_is_what_its_title_and_its_labels_say_with_and_without_the_network() {
    check(INVOICE, papers(), "Invoice", &["\"Invoice\" on page 1", "\"Invoice date: 3 May 2024\""]);
    check(KONTOAUSZUG, papers(), "bank_statement", &["\"Kontoauszug\" on page 1", "\"Neuer Saldo: 500,00\""]);
}

#[test]
fn a_document_without_a_title_is_what_its_turns_of_phrase_say() {
    check(LETTER, papers(), "letter", &["\"Dear Mr Ames,\"", "\"Yours sincerely\""]);
}

#[test]
fn a_category_that_no_lexicon_has_is_known_by_the_words_that_describe_it() {
    let categories =
        kinds(&[("maintenance", "Repairs of roofs and heating"), ("catering", "Food and drink of guests, menus")]);
    check(
        "Kitchen plan\n\nThe guests get soup, drink and menus of the week.",
        categories.clone(),
        "catering",
        &["menu"],
    );
    check("Report of Monday\n\nThe roof leaks; repairs of the heating begin.", categories, "maintenance", &["roof"]);
}

#[test]
fn a_category_for_the_rest_takes_what_none_of_the_others_is() {
    let mut categories = papers();
    categories.extend(kinds(&[("other", "Anything else")]));
    let recipe = "Pancakes\n\nBeat two eggs with flour and milk. Bake them thin in butter.\n";
    check(recipe, categories.clone(), "other", &[]);
    check(INVOICE, categories, "Invoice", &[]);
}

#[test]
fn several_passes_vote_and_give_the_same_every_time() {
    let options = ClassifyOptions { categories: papers(), n_consensus: 5, ..ClassifyOptions::default() };
    let classified = classify(ocr::engine(), "a.txt", INVOICE, options.clone()).unwrap();
    assert_eq!(classified.votes.len(), 5);
    assert_eq!(classified.answer.category, "Invoice");
    let agreeing = u8::try_from(classified.votes.iter().filter(|vote| vote.category == "Invoice").count()).unwrap();
    assert!((classified.likelihood - f32::from(agreeing) / 5.0).abs() < 1e-6, "{classified:?}");
    assert_eq!(classify(ocr::engine(), "a.txt", INVOICE, options).unwrap(), classified);
}

#[test]
fn the_first_pages_alone_are_looked_at_if_asked() {
    let mail =
        "From: a@example.com\nSubject: Kontoauszug\nContent-Type: text/plain\n\nKontoauszug\n\nAlter Saldo: 1,00\n";
    let options = |first_n_pages| ClassifyOptions {
        categories: papers(),
        first_n_pages,
        n_consensus: 1,
        ..ClassifyOptions::default()
    };
    let classified = classify(Engine::without_models(), "a.eml", mail, options(Some(1))).unwrap();
    assert_eq!(classified.answer.category, "bank_statement");
    assert_eq!(classify(Engine::without_models(), "a.eml", mail, options(None)).unwrap(), classified);
}

#[test]
fn the_only_category_is_the_answer_and_names_stay_as_they_were_given() {
    check(LETTER, kinds(&[("  Größe/№ 1 ", "")]), "  Größe/№ 1 ", &[]);
}

#[test]
fn a_document_in_other_letters_or_without_text_is_refused() {
    let options = ClassifyOptions { categories: papers(), n_consensus: 1, ..ClassifyOptions::default() };
    let russian = "Уважаемая госпожа Иванова, высылаем вам договор и просим его подписать.";
    let error = classify(Engine::without_models(), "a.txt", russian, options.clone()).unwrap_err();
    assert_eq!(error.code(), "language_not_supported");
    let error = classify(Engine::without_models(), "a.txt", " \n", options).unwrap_err();
    assert_eq!(error.code(), "document_has_no_text");
}
