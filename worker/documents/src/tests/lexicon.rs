//! What labels mean, and what fields ask for.

use crate::language::Language;
use crate::lexicon::{Concept, concepts_of_field, concepts_of_label};
use crate::value::Kind;

#[track_caller]
fn check_label(label: &str, concept: Concept) {
    let meanings = concepts_of_label(label);
    // "Total" is the document's as well as the line's: of equals the page decides.
    let best = meanings.first().map_or(0.0, |(_, score)| *score);
    let is_best = meanings.iter().any(|(meaning, score)| *meaning == concept && *score >= best);
    assert!(is_best, "{label}: {meanings:?}");
}

#[track_caller]
fn check_field(name: &str, description: Option<&str>, concept: Concept) {
    let meanings = concepts_of_field(name, None, description);
    let best = meanings.first().map_or(0.0, |(_, score)| *score);
    let is_best = meanings.iter().any(|(meaning, score)| *meaning == concept && *score >= best);
    assert!(is_best, "{name} {description:?}: {meanings:?}");
}

#[test]
fn every_concept_is_named_in_four_languages() {
    assert!(Concept::ALL.len() >= 150, "{}", Concept::ALL.len());
    for concept in Concept::ALL {
        assert!(!concept.name().is_empty(), "{concept:?} has no row");
        for language in Language::ALL {
            assert!(concept.phrases(language).next().is_some(), "{concept:?} has no phrase in {language:?}");
        }
    }
}

#[test]
fn every_phrase_means_its_concept() {
    for concept in Concept::ALL {
        for phrase in Language::ALL.into_iter().flat_map(|language| concept.phrases(language)) {
            let meanings = concepts_of_label(phrase);
            let score = meanings.iter().find(|(meaning, _)| meaning == concept);
            // What five other concepts are called as well need not be told.
            let is_crowded = meanings.iter().filter(|(_, score)| *score >= 0.99).count() >= 5;
            assert!(
                is_crowded || score.is_some_and(|(_, score)| *score > 0.99),
                "{phrase:?} for {concept:?}: {score:?}"
            );
        }
    }
}

#[test]
fn labels_of_four_languages_name_the_same_concept() {
    for (concept, labels) in [
        (Concept::InvoiceNumber, ["Invoice No.:", "N° de facture", "Rechnungs-Nr.", "Nº factura"]),
        (Concept::InvoiceDate, ["Date of issue", "Date de facturation", "Datum der Rechnung", "Fecha de emisión:"]),
        (Concept::DueDate, ["Payment due date", "Échéance le", "Zahlbar bis:", "Vencimiento"]),
        (Concept::Total, ["Grand Total (USD)", "Total TTC", "Gesamtbetrag EUR", "TOTAL A PAGAR"]),
        (Concept::Subtotal, ["Sub-total", "Total HT", "Zwischensumme", "Base imponible"]),
        (Concept::Tax, ["VAT 20%", "TVA 20 %", "MwSt. 19 %", "IVA 21%"]),
        (Concept::Quantity, ["Qty", "Qté", "Menge", "Cantidad"]),
        (Concept::UnitPrice, ["Unit Price ($)", "Prix unitaire", "Einzelpreis", "Precio unitario"]),
        (Concept::LineAmount, ["Line total", "Montant HT", "Gesamtpreis", "Importe"]),
        (Concept::Description, ["Description", "Désignation", "Bezeichnung", "Concepto"]),
        (Concept::CustomerName, ["Bill to:", "Facturé à", "Rechnungsempfänger", "Facturar a"]),
        (
            Concept::DeliveryAddress,
            ["Delivery address", "Adresse de livraison", "Lieferanschrift", "Dirección de entrega"],
        ),
        (Concept::ClosingBalance, ["Closing balance", "Nouveau solde", "Neuer Kontostand", "Saldo final"]),
        (Concept::NetPay, ["Take-home pay", "Net à payer au salarié", "Auszahlungsbetrag", "Líquido a percibir"]),
        (Concept::BirthDate, ["Date of birth", "Né(e) le", "Geburtsdatum", "Fecha de nacimiento"]),
        (Concept::VatId, ["VAT Reg. No.", "TVA intracommunautaire", "USt-IdNr.", "NIF IVA"]),
        (Concept::CustomerNumber, ["Customer ID", "N° client", "Kundennummer", "Nº cliente"]),
        (Concept::NoticePeriod, ["Notice period", "Préavis", "Kündigungsfrist", "Preaviso"]),
    ] {
        for label in labels {
            check_label(label, concept);
        }
    }
}

#[test]
fn spelling_articles_and_a_letter_read_wrong_change_no_meaning() {
    for label in ["Rechnungsnummer", "RECHNUNGSNUMMER:", "Rechnungs Nr", "Rechnung-Nr.", "Reohnung Nr."] {
        check_label(label, Concept::InvoiceNumber);
    }
    for label in [
        "Invoice Number",
        "invoice_number",
        "InvoiceNumber",
        "The number of the invoice",
        "Invoioe Number",
        "Invoice #",
    ] {
        check_label(label, Concept::InvoiceNumber);
    }
    for label in ["Echeance", "Date d’échéance", "date d'echeance :"] {
        check_label(label, Concept::DueDate);
    }
}

#[test]
fn what_a_label_ends_in_tells_whom_it_names_from_what() {
    check_label("Rechnung an", Concept::CustomerName);
    check_label("Rechnung vom", Concept::InvoiceDate);
    check_label("Facturé à", Concept::CustomerName);
    check_label("Your reference", Concept::YourReference);
    check_label("Our reference", Concept::Reference);
    for (label, other) in [("Rechnung an", Concept::InvoiceNumber), ("Your reference", Concept::Reference)] {
        let score =
            concepts_of_label(label).into_iter().find(|(concept, _)| *concept == other).map_or(0.0, |(_, score)| score);
        assert!(score < 0.9, "{label}: {other:?} {score}");
    }
}

#[test]
fn part_of_a_known_phrase_is_not_meant() {
    for (label, other) in [
        ("Customer number", Concept::CustomerName),
        ("Steuer-ID", Concept::Tax),
        ("Invoice date", Concept::InvoiceNumber),
        ("Net total", Concept::Total),
    ] {
        let meanings = concepts_of_label(label);
        assert!(meanings.iter().all(|(concept, _)| *concept != other), "{label}: {meanings:?}");
    }
    let total = concepts_of_field("total", None, None);
    assert!(total.iter().all(|(concept, _)| *concept != Concept::LineAmount), "{total:?}");
    check_field("line_items.total", None, Concept::LineAmount);
}

#[test]
fn a_sentence_and_a_name_mean_nothing() {
    for label in
        ["Thank you for your business", "Nordwind Handels GmbH", "12345", "", "***", "Lorem ipsum dolor sit amet"]
    {
        let meanings = concepts_of_label(label);
        assert!(meanings.iter().all(|(_, score)| *score < 0.6), "{label}: {meanings:?}");
    }
}

#[test]
fn fields_are_known_by_the_words_of_people_who_write_schemas() {
    for (name, concept) in [
        ("invoice_number", Concept::InvoiceNumber),
        ("bill_reference", Concept::InvoiceNumber),
        ("sum_to_pay", Concept::Total),
        ("payUntil", Concept::DueDate),
        ("issuing_company", Concept::VendorName),
        ("vendor.name", Concept::VendorName),
        ("customer.address.city", Concept::City),
        ("seller.tax_id", Concept::TaxId),
        ("po_number", Concept::PurchaseOrderNumber),
        ("amount_before_tax", Concept::Subtotal),
        ("vat_percentage", Concept::TaxRate),
        ("line_items.qty", Concept::Quantity),
        ("take_home_pay", Concept::NetPay),
        ("initial_balance", Concept::OpeningBalance),
        ("dob", Concept::BirthDate),
        ("settle_before", Concept::DueDate),
        ("amount_before_levies", Concept::Subtotal),
        ("who_wrote_it", Concept::SenderName),
        ("selling_firm", Concept::VendorName),
        ("who_pays", Concept::CustomerName),
        ("where_to_deliver", Concept::DeliveryAddress),
        ("how_many_boxes", Concept::Packages),
        ("cost_apiece", Concept::UnitPrice),
        ("money_at_start", Concept::OpeningBalance),
        ("wages_after_cuts", Concept::NetPay),
    ] {
        check_field(name, None, concept);
    }
}

#[test]
fn a_description_says_what_a_vague_name_does_not() {
    check_field("number", Some("The invoice number as printed in the header"), Concept::InvoiceNumber);
    check_field("date", Some("Date on which payment is due, the due date"), Concept::DueDate);
    check_field("x1", Some("Name of the customer"), Concept::CustomerName);
    check_field("total", Some("Total amount to pay including tax"), Concept::Total);
}

#[test]
fn a_label_of_another_thing_of_the_kind_speaks_against_a_value() {
    for (label, field) in [
        (Concept::Subtotal, Concept::Total),
        (Concept::DueDate, Concept::InvoiceDate),
        (Concept::OrderNumber, Concept::InvoiceNumber),
        (Concept::Tax, Concept::Total),
        (Concept::CustomerName, Concept::VendorName),
        (Concept::Fax, Concept::Phone),
    ] {
        assert!(label.is_negative_for(field), "{label:?} {field:?}");
    }
    for (label, field) in [
        (Concept::Date, Concept::InvoiceDate),
        (Concept::InvoiceDate, Concept::Date),
        (Concept::AmountDue, Concept::Total),
        (Concept::Total, Concept::Total),
        (Concept::PurchaseOrderNumber, Concept::OrderNumber),
    ] {
        assert!(!label.is_negative_for(field), "{label:?} {field:?}");
    }
}

#[test]
fn concepts_know_the_kind_of_their_values_and_their_names() {
    for (concept, kind, name) in [
        (Concept::DueDate, Kind::Date, "due_date"),
        (Concept::Total, Kind::Money, "total"),
        (Concept::TaxRate, Kind::Percent, "tax_rate"),
        (Concept::Iban, Kind::Iban, "iban"),
        (Concept::VendorAddress, Kind::Address, "vendor_address"),
        (Concept::Receipt, Kind::Title, "receipt"),
    ] {
        assert_eq!((concept.kind(), concept.name()), (kind, name));
    }
}

#[test]
fn a_text_of_any_length_is_compared_by_its_beginning() {
    let long = "invoice number ".repeat(100_000);
    check_label(&long, Concept::InvoiceNumber);
    assert!(concepts_of_label(&"ähnlich".repeat(10_000)).is_empty());
}

#[test]
fn words_that_qualify_change_no_meaning() {
    for (label, concept) in [
        ("Postal code of your residence", Concept::PostalCode),
        ("Gross pay for the month", Concept::GrossPay),
        ("TVA incluse (EUR)", Concept::Tax),
        ("Montant total de la commande", Concept::Total),
        ("Enthaltene Umsatzsteuer", Concept::Tax),
        ("Ihre Kundennummer bitte", Concept::CustomerNumber),
        ("Descuento IRPF del mes", Concept::IncomeTax),
        ("USt.-Prozentsatz", Concept::TaxRate),
    ] {
        check_label(label, concept);
        assert!(concepts_of_label(label).first().is_some_and(|(_, score)| *score >= 0.85), "{label}");
    }
}

#[test]
fn compounds_inflected_and_short_words_are_read() {
    for (label, concept) in [
        ("Monatsbruttolohn", Concept::GrossPay),
        ("Sommerkundennummer", Concept::CustomerNumber),
        ("Restauszahlungsbetrag", Concept::NetPay),
        ("Gelieferte Mengen", Concept::DeliveredQuantity),
        ("Kto.-Inhaber", Concept::AccountHolder),
        ("Fec. vto.", Concept::DueDate),
    ] {
        check_label(label, concept);
    }
    // Neither names of streets nor words that only begin alike.
    for label in ["Goethestraße 109", "Colliers", "rue de la Gare"] {
        let meanings = concepts_of_label(label);
        assert!(meanings.iter().all(|(_, score)| *score < 0.85), "{label}: {meanings:?}");
    }
}

#[test]
fn fields_are_known_by_rarer_words_than_documents_print() {
    for (name, concept) in [
        ("seller_handle", Concept::SupplierNumber),
        ("earnings_before_levies", Concept::GrossPay),
        ("pact_token", Concept::ContractNumber),
        ("recruited_when", Concept::HireDate),
        ("bid_mark", Concept::QuoteNumber),
    ] {
        check_field(name, None, concept);
    }
}
