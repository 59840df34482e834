use crate::matching::{Matcher, Wording};

fn field(name: &str) -> Wording<'_> {
    Wording { name, ..Wording::default() }
}

fn score(wording: Wording<'_>, label: &str) -> f32 {
    Matcher::of_wording(&wording).score(label, None)
}

#[track_caller]
fn check_order(wording: Wording<'_>, labels: &[&str]) {
    let matcher = Matcher::of_wording(&wording);
    let scores: Vec<f32> = labels.iter().map(|label| matcher.score(label, None)).collect();
    assert!(scores.windows(2).all(|pair| pair[0] > pair[1]), "{scores:?} of {labels:?}");
}

#[test]
fn a_name_is_matched_however_it_is_written() {
    for name in ["invoice_number", "invoiceNumber", "invoice-number", "InvoiceNumber", "inv_no"] {
        assert!(score(field(name), "Invoice No.:") > 0.99, "{name}");
        assert!(score(field(name), "INVOICE #") > 0.99, "{name}");
    }
    assert!(score(field("VATId"), "VAT ID") > 0.99);
}

#[test]
fn more_of_the_name_said_is_a_better_match() {
    check_order(field("invoice_number"), &["Invoice number", "Number", "Page"]);
    check_order(field("due_date"), &["Due date", "Date"]);
}

#[test]
fn plurals_short_forms_and_compounds_are_their_words() {
    assert!(score(field("quantities"), "Qty") > 0.99);
    assert!(score(field("rechnung_nummer"), "Rechnungsnr.") > 0.99);
    assert!(score(field("Rechnungsnummer"), "Rechnungs-Nr.") > 0.99);
    assert!(score(field("numero_de_facture"), "N° de facture") > 0.99);
}

#[test]
fn a_misread_letter_leaves_a_word_what_it_is() {
    assert!(score(field("description"), "Descriptlon") > 0.8);
    assert!(score(field("port"), "Part") < 0.5);
}

#[test]
fn a_hollow_name_means_the_object_it_lies_in() {
    let vendor = Wording { name: "name", ancestors: &["vendor"], ..Wording::default() };
    check_order(vendor, &["Vendor name", "Name", "Customer name"]);
}

#[test]
fn titles_quotations_and_short_descriptions_are_names_too() {
    let field = Wording {
        name: "ref",
        title: Some("Dossier"),
        description: Some("The sign of the file, printed beside \"Unser Zeichen\" at the top right of each page"),
        prompt: Some("Case sign"),
        ..Wording::default()
    };
    for label in ["Dossier", "Unser Zeichen", "Case sign"] {
        assert!(score(field, label) > 0.85, "{label}");
    }
    assert!(score(field, "Top right") > 0.3);
    assert!(score(field, "Top right") < 0.6);
}

#[test]
fn labels_of_other_languages_name_what_the_lexicon_knows() {
    for label in ["Rechnungsnr.", "N° de facture", "Número de factura", "Invoice no."] {
        assert!(score(field("invoice_number"), label) > 0.8, "{label}");
    }
    assert!(score(field("quantity"), "Menge") > 0.8);
}

#[test]
fn what_is_known_to_mean_something_else_is_no_match() {
    check_order(field("total"), &["Grand total", "Subtotal"]);
    let other_date = score(field("due_date"), "Delivery date");
    assert!(other_date < 0.5, "{other_date}");
    assert!(score(field("invoice_number"), "Telephone number") < 0.3);
}
