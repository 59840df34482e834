//! Typed values: what stands in a line, and how it is written in JSON.

mod dates;
mod numbers;

use crate::language::Language;
use crate::value::{self, Found, Kind, Locale, Typed};

const GERMAN: Locale = Locale {
    language: Some(Language::De),
    day_first: true,
    is_day_order_known: false,
    decimal_comma: Some(true),
    currency: Some("EUR"),
};
const AMERICAN: Locale = Locale {
    language: Some(Language::En),
    day_first: false,
    is_day_order_known: false,
    decimal_comma: Some(false),
    currency: Some("USD"),
};
const FRENCH: Locale = Locale { language: Some(Language::Fr), ..GERMAN };
const SPANISH: Locale = Locale { language: Some(Language::Es), ..GERMAN };
const BRITISH: Locale = Locale { day_first: true, currency: Some("GBP"), ..AMERICAN };

/// The likeliest readings of a kind that do not overlap, likeliest first where they do.
fn best(line: &str, kind: Kind, locale: &Locale) -> Vec<Found> {
    let mut all = value::find(line, locale);
    all.retain(|found| found.value.kind() == kind);
    all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut best: Vec<Found> = Vec::new();
    for found in all {
        if best.iter().all(|other| found.end <= other.start || other.end <= found.start) {
            best.push(found);
        }
    }
    best.sort_by_key(|found| found.start);
    best
}

#[track_caller]
fn check_in(line: &str, kind: Kind, locale: &Locale, expected: &[&str]) {
    let best = best(line, kind, locale);
    let normal: Vec<String> = best.iter().map(|found| found.value.normal()).collect();
    assert_eq!(normal, expected, "{kind:?} in {line:?}: {best:?}");
}

#[track_caller]
fn check(line: &str, kind: Kind, expected: &[&str]) {
    check_in(line, kind, &AMERICAN, expected);
}

#[test]
fn a_document_shows_its_decimal_sign_its_currency_and_its_language() {
    let german = Locale::of([
        "Rechnung Nr. 5",
        "Wir danken für Ihren Auftrag",
        "Gesamtbetrag 1.234,56 EUR",
        "zzgl. MwSt. 19,00 EUR",
    ]);
    assert_eq!(german, Locale { is_day_order_known: false, ..GERMAN });
    let american =
        Locale::of(["Invoice for the work of March", "12 Main St, Austin, TX 78701", "Total due: $1,234.56"]);
    assert_eq!(american, AMERICAN);
    let british = Locale::of(["Invoice for the work of March", "London", "Total due: £1,234.56"]);
    assert_eq!(british, BRITISH);
}

#[test]
fn identifiers_have_digits_and_are_neither_dates_nor_sums() {
    for (line, expected) in [
        ("Invoice No: INV-2026-0042", "INV-2026-0042"),
        ("#10482", "10482"),
        ("No.4711/08", "4711/08"),
        ("ID: AB123456C", "AB123456C"),
        ("Ref R.2026/17.", "R.2026/17"),
        ("(PO-7788)", "PO-7788"),
        ("St-Nr 12/345/67890", "12/345/67890"),
        ("Az. 3 O 12345/26", "12345/26"),
    ] {
        let best = best(line, Kind::Identifier, &AMERICAN);
        assert!(best.iter().any(|found| found.value.normal() == expected), "{line:?}: {best:?}");
    }
    for line in ["03/04/2026", "12.50", "a@b12.de", "www.a1.com", "DE89 3704 0044 0532 0130 00", "word", "---"] {
        check(line, Kind::Identifier, &[]);
    }
    for text in ["RE 2026-118", "123 456 789", "10 482"] {
        let spaced = value::find(text, &GERMAN);
        assert!(spaced.iter().any(|found| found.value == Typed::Identifier(text.to_owned())), "{spaced:?}");
    }
}

#[test]
fn an_iban_is_sure_only_with_the_right_check_digits() {
    for (line, expected) in [
        ("IBAN: DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("DE89370400440532013000", "DE89370400440532013000"),
        ("FR14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        ("ES91 2100 0418 4502 0005 1332", "ES9121000418450200051332"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"),
        ("NL91 ABNA 0417 1643 00 BIC ABNANL2A", "NL91ABNA0417164300"),
        ("CH93-0076-2011-6238-5295-7", "CH9300762011623852957"),
        // As character recognition has it: letters where only digits can be.
        ("DE89 37O4 0044 O532 0130 OO", "DE89370400440532013000"),
        ("GB29 NWBK 6O16 I331 9268 19", "GB29NWBK60161331926819"),
    ] {
        check(line, Kind::Iban, &[expected]);
    }
    let sure = |line| {
        value::find(line, &GERMAN).iter().find(|found| found.value.kind() == Kind::Iban).map(|iban| iban.confidence)
    };
    assert!(sure("DE88 3704 0044 0532 0130 00").unwrap() < sure("DE89 3704 0044 0532 0130 00").unwrap());
    for line in ["DE89 3704 0044 0532 0130", "DE89 3704 0044 0532 0130 001", "XX89 3704 0044 0532 0130 00"] {
        check(line, Kind::Iban, &[]);
    }
}

#[test]
fn banks_and_tax_payers_are_known_by_the_shape_of_their_numbers() {
    check("BIC: COBADEFF370", Kind::Bic, &["COBADEFF370"]);
    check("SWIFT/BIC ABNANL2A", Kind::Bic, &["ABNANL2A"]);
    check("Lieferschein 12345678", Kind::Bic, &[]);
    for (line, expected) in [
        ("USt-IdNr.: DE 136 695 976", "DE136695976"),
        ("VAT no. GB123456789", "GB123456789"),
        ("TVA FR 40 303 265 045", "FR40303265045"),
        ("NIF ESB12345678", "ESB12345678"),
        ("UID: ATU12345678", "ATU12345678"),
        ("BTW NL123456789B01", "NL123456789B01"),
        ("CHE-123.456.789 MWST", "CHE123456789"),
        ("P.IVA IT00743110157", "IT00743110157"),
        ("BE 0403.170.701", "BE0403170701"),
    ] {
        check(line, Kind::VatId, &[expected]);
    }
    check("DE89 3704 0044 0532 0130 00", Kind::VatId, &[]);
    let [right, wrong] =
        ["DE136695976", "DE136695977"].map(|line| best(line, Kind::VatId, &GERMAN).remove(0).confidence);
    assert!(right > 0.9 && wrong < 0.7, "{right} {wrong}");
}

#[test]
fn addresses_of_mail_and_web_end_where_the_sentence_goes_on() {
    for (line, expected) in [
        ("Mail: info@nord-wind.de, please", "info@nord-wind.de"),
        ("<a.b+c@example.co.uk>.", "a.b+c@example.co.uk"),
        ("E-Mail:rechnung@müller.de", "rechnung@müller.de"),
    ] {
        check(line, Kind::Email, &[expected]);
    }
    for line in ["@home", "a@b", "5 @ 3.00", "a@.de", "me@"] {
        check(line, Kind::Email, &[]);
    }
    for (line, expected) in [
        ("see https://example.com/a?b=1.", "https://example.com/a?b=1"),
        ("Web:www.example.com", "www.example.com"),
        ("(nordwind-shop.de)", "nordwind-shop.de"),
        ("https://example.com", "https://example.com"),
    ] {
        check(line, Kind::Url, &[expected]);
    }
    for line in ["12.50", "end.De", "a.b", "info@example.com", "www"] {
        check(line, Kind::Url, &[]);
    }
}

#[test]
fn telephone_numbers_are_kept_as_they_are_written() {
    for (line, expected) in [
        ("Tel. +49 (0)30 123456-7", "+49 (0)30 123456-7"),
        ("Phone: (555) 123-4567", "(555) 123-4567"),
        ("555-123-4567", "555-123-4567"),
        ("Tel: 030/1234567", "030/1234567"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("+34 912 345 678", "+34 912 345 678"),
        ("Tél. 01.23.45.67.89", "01.23.45.67.89"),
        ("+1-800-555-0199", "+1-800-555-0199"),
        ("020 7946 0958", "020 7946 0958"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
    ] {
        let best = best(line, Kind::Phone, &AMERICAN);
        assert_eq!(best.first().map(|found| found.value.normal()).as_deref(), Some(expected), "{line:?}: {best:?}");
    }
    check("Tel 030 1234567 Fax 030 1234568", Kind::Phone, &["030 1234567", "030 1234568"]);
    for line in ["03.04.2026", "2026-04-03", "12.50 13.50", "1,234,567.00", "DE89 3704 0044 0532 0130 00"] {
        check(line, Kind::Phone, &[]);
    }
}

#[test]
fn yes_and_no_are_said_by_boxes_and_by_words_that_answer() {
    for (line, expected) in [
        ("[x]", "true"),
        ("[X] I agree", "true"),
        ("[ ] I agree", "false"),
        ("☑ paid", "true"),
        ("☐ paid", "false"),
        ("☒ paid", "true"),
        ("✓", "true"),
        ("Yes", "true"),
        ("Vegetarian: no", "false"),
        ("oui", "true"),
        ("Raucher: Nein", "false"),
        ("Sí", "true"),
        ("¿Acepta? sí", "true"),
        ("true", "true"),
        ("(x) self-employed", "true"),
        ("Ja, gerne", "true"),
    ] {
        check(line, Kind::Bool, &[expected]);
    }
    for line in ["No. 15", "Invoice No.", "there is no such thing as this", "(a)", "[1]", "si vous avez"] {
        check(line, Kind::Bool, &[]);
    }
}

#[test]
fn countries_and_currencies_are_known_by_name() {
    for (line, name, code) in [
        ("10115 Berlin, Germany", "Germany", "DE"),
        ("Deutschland", "Deutschland", "DE"),
        ("Wien - Österreich", "Österreich", "AT"),
        ("UNITED STATES OF AMERICA", "UNITED STATES OF AMERICA", "US"),
        ("Estados Unidos", "Estados Unidos", "US"),
        ("Pays-Bas", "Pays-Bas", "NL"),
    ] {
        let expected = Typed::Country { name: name.to_owned(), code };
        assert_eq!(best(line, Kind::Country, &AMERICAN).pop().map(|found| found.value), Some(expected), "{line:?}");
    }
    for (line, expected) in [
        ("Currency: EUR", "EUR"),
        ("Beträge in Euro", "EUR"),
        ("all in US dollars", "USD"),
        ("£", "GBP"),
        ("CHF", "CHF"),
        ("12 zł", "PLN"),
    ] {
        check(line, Kind::Currency, &[expected]);
    }
    check("Fr and RM of nothing, a rest", Kind::Currency, &[]);
}

#[test]
fn a_cell_is_read_whole_or_not_at_all() {
    let normal = |text, kind| value::read(text, kind, &AMERICAN).map(|found| found.value.normal());
    assert_eq!(normal(" $1,200.00 ", Kind::Money).as_deref(), Some("1200.00"));
    assert_eq!(normal("03/04/2026", Kind::Date).as_deref(), Some("2026-03-04"));
    assert_eq!(normal("12 boxes", Kind::Number), None);
    assert_eq!(normal("due 03/04/2026", Kind::Date), None);
}

#[test]
fn spans_are_the_text_that_the_value_was_read_from() {
    let line = "Größe: 5 kg – Betrag 1.234,56 € am 3. März 2026 an müller@köln.de";
    for (kind, text) in [(Kind::Money, "1.234,56 €"), (Kind::Date, "3. März 2026"), (Kind::Email, "müller@köln.de")]
    {
        let found = best(line, kind, &GERMAN).into_iter().max_by(|a, b| a.confidence.total_cmp(&b.confidence)).unwrap();
        assert_eq!(line.get(found.start..found.end), Some(text));
    }
}

#[test]
fn no_line_takes_long_or_has_spans_beyond_its_end() {
    let units = [
        "1 ",
        "1.",
        "1,1",
        "(",
        "+1",
        "DE89 3704 ",
        "a@",
        "1/2/3 ",
        "A1-",
        "Jan 1 ",
        "[ ]",
        "€",
        "-",
        "1 234 ",
        "12:",
        "United ",
        "www.",
        "ab.de",
        "\u{a0}1",
        "AT U1 ",
        "BE 12 ",
        "Ω€",
        "3. März ",
        "é@",
        "1\u{301}",
        "🗹",
        "+(",
        "- 1",
        "a\u{300}@\u{300}.",
    ];
    for unit in units {
        let line = unit.repeat((100 << 10) / unit.len());
        for found in value::find(&line, &GERMAN) {
            assert!(line.get(found.start..found.end).is_some_and(|text| !text.is_empty()), "{unit:?}: {found:?}");
        }
    }
    for line in ["", " ", "\u{301}", "€", "@", "+", "#", "🗹", "№", "12", "º1"] {
        value::find(line, &GERMAN);
    }
}
