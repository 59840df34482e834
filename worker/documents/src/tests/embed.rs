//! How near texts are in meaning.

use super::ocr::engine;
use crate::Engine;
use crate::embed::Embedder;

fn cosine(embedder: &Embedder, one: &str, other: &str) -> f32 {
    embedder.embed(one).cosine(&embedder.embed(other))
}

#[test]
fn a_label_in_other_words_is_nearer_than_another_label() {
    let engine = engine();
    let embedder = engine.embedder().unwrap();
    for (field, label, other) in [
        ("invoice number", "Invoice No.", "Ship to"),
        ("supplier name", "vendor", "payment terms"),
        ("amount to be paid", "total due", "delivery address"),
        ("day of birth", "birthday", "signature"),
    ] {
        let (near, far) = (cosine(embedder, field, label), cosine(embedder, field, other));
        assert!(near > far + 0.1, "{field}: {label} {near}, {other} {far}");
    }
}

#[test]
fn a_text_is_as_near_to_itself_as_can_be_whatever_its_case_and_accents() {
    let engine = engine();
    let embedder = engine.embedder().unwrap();
    for (one, other) in [("Total", "TOTAL"), ("numéro de facture", "Numero de  facture"), ("", " ")] {
        let cosine = cosine(embedder, one, other);
        assert!((cosine - 1.0).abs() < 1e-4, "{one} {other}: {cosine}");
    }
    assert!(cosine(embedder, "total", "date") < 0.9);
}

#[test]
fn a_text_of_any_length_is_cut_to_what_the_network_takes() {
    let engine = engine();
    let embedder = engine.embedder().unwrap();
    let long = "contract ".repeat(100_000);
    assert!(cosine(embedder, &long, &"contract ".repeat(300)) > 0.999);
    assert!(cosine(embedder, &"x".repeat(100_000), "漢字 \u{0}\u{fffd}").is_finite());
}

#[test]
fn without_its_file_there_is_no_network_and_no_error() {
    assert!(Engine::without_models().embedder().is_none());
}
