//! Which language and which script text is in.

use crate::Error;
use crate::language::{self, Language, Script};

#[test]
fn a_few_words_of_sentences_or_labels_tell_the_language() {
    for (text, language) in [
        ("Wir danken für Ihren Auftrag und bitten um Zahlung innerhalb von 14 Tagen.", Language::De),
        ("Rechnungsnummer: 4711\nRechnungsdatum: 3.4.2026\nMenge Bezeichnung Einzelpreis", Language::De),
        ("We thank you for your order and ask you to pay within 14 days.", Language::En),
        ("Invoice number: 4711\nDue date: 3/4/2026\nQty Description Unit price Amount", Language::En),
        ("Nous vous remercions de votre commande. Le paiement est dû sous 14 jours.", Language::Fr),
        ("Facture n° 4711\nDate d'échéance : 03/04/2026\nQté Désignation Prix unitaire", Language::Fr),
        ("Gracias por su pedido. El pago vence a los 14 días de la fecha de esta factura.", Language::Es),
        ("Factura nº 4711\nFecha de vencimiento: 3/4/2026\nCantidad Descripción Precio", Language::Es),
    ] {
        let written = language::of(text);
        assert_eq!((written.script, written.language), (Script::Latin, Some(language)), "{text}");
    }
}

#[test]
fn of_another_language_or_of_numbers_alone_nothing_is_said() {
    for text in ["", "12345 67890", "Dziękujemy za zamówienie i prosimy o zapłatę", "ACME-4711"] {
        assert_eq!(language::of(text).language, None, "{text}");
    }
}

#[test]
fn a_document_in_other_letters_is_refused_by_the_name_of_its_script() {
    for (text, script) in [
        ("Счёт на оплату № 15 от 3 марта 2026", "Cyrillic"),
        ("Τιμολόγιο πώλησης προς πελάτη", "Greek"),
        ("فاتورة ضريبية رقم 15", "Arabic"),
        ("חשבונית מס 15", "Hebrew"),
        ("增值税发票 购买方 名称", "Chinese"),
        ("請求書 ご請求金額は次のとおりです", "Japanese"),
        ("세금계산서 공급자 상호", "Korean"),
        ("ใบกำกับภาษี เลขที่", "Thai"),
        ("कर चालान संख्या", "Indic"),
    ] {
        assert_eq!(language::known(text.lines()), Err(Error::LanguageNotSupported { script }), "{text}");
    }
}

#[test]
fn names_and_units_in_other_letters_do_not_make_a_document_foreign() {
    for text in [
        "Invoice for 5 µF and 10 kΩ, α = 2",
        "Sold to: 山田商事 (Yamada Trading Company), invoice of March",
        "5 × 20 = 100 ✓",
    ] {
        assert!(language::known(text.lines()).is_ok(), "{text}");
    }
}

#[test]
fn only_the_first_pages_of_a_long_document_are_counted() {
    let english = "the invoice of the company and the order for you\n".repeat(2_000);
    let text = format!("{english}{}", "die Rechnung und der Auftrag für Sie und uns\n".repeat(20_000));
    assert_eq!(language::of(&text).language, Some(Language::En));
}
