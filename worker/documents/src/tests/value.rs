//! Typed values: what stands in a line, and how it is written in JSON.

use crate::language::Language;
use crate::value::{self, Date, Decimal, Found, Kind, Locale, Typed};

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

#[track_caller]
fn check_money(line: &str, locale: &Locale, amount: &str, currency: Option<&str>) {
    match best(line, Kind::Money, locale).as_slice() {
        [Found { value: Typed::Money { amount: read, currency: named }, .. }] => {
            assert_eq!((read.to_string().as_str(), *named), (amount, currency), "{line:?}");
        }
        other => panic!("{line:?} is one sum: {other:?}"),
    }
}

#[test]
fn dates_with_a_month_in_letters_are_found_in_four_languages() {
    for line in [
        "March 3, 2026",
        "Mar 3rd, 2026",
        "Mar. 3 2026",
        "3 March 2026",
        "3rd of March, 2026",
        "3rd March 2026",
        "03-Mar-2026",
        "03-MAR-26",
        "3 Mar '26",
        "03MAR2026",
        "2026-Mar-03",
        "2026 March 3",
        "Tuesday, March 3, 2026",
        "3. März 2026",
        "3. Mrz. 2026",
        "3.März 2026",
        "Dienstag, den 3. März 2026",
        "3 mars 2026",
        "mardi 3 mars 2026",
        "le 03 mars 2026",
        "3 de marzo de 2026",
        "3 de marzo del 2026",
        "martes, 3 marzo 2026",
        "3/mar/2026",
        "3\u{a0}mars\u{a0}2026",
        "MARCH 3, 2026",
    ] {
        check(line, Kind::Date, &["2026-03-03"]);
    }
    check("1er août 2025, 24 déc. 2025, 15 févr. 2026", Kind::Date, &["2025-08-01", "2025-12-24", "2026-02-15"]);
    check("31. Dez. 2025 und 1. Jänner 2026", Kind::Date, &["2025-12-31", "2026-01-01"]);
    check("1 de enero de 2026 al 31 de dic. de 2026", Kind::Date, &["2026-01-01", "2026-12-31"]);
}

#[test]
fn dates_in_numbers_follow_the_order_of_the_document() {
    for (locale, expected) in [(&AMERICAN, "2026-03-04"), (&BRITISH, "2026-04-03"), (&GERMAN, "2026-04-03")] {
        for line in ["03/04/2026", "3/4/2026", "03/04/26", "03-04-2026", "03 / 04 / 2026", "due 03/04/2026."] {
            check_in(line, Kind::Date, locale, &[expected]);
        }
    }
    for line in ["2026-04-03", "2026/04/03", "2026.04.03", "03.04.2026", "03.04.26", "3. 4. 2026", "3.4.2026"] {
        check(line, Kind::Date, &["2026-04-03"]);
    }
    check("25/12/2025", Kind::Date, &["2025-12-25"]);
    check_in("12/25/2025", Kind::Date, &GERMAN, &["2025-12-25"]);
    check("01.02.69 01.02.70", Kind::Date, &["2069-02-01", "1970-02-01"]);
    check_in("01.03.2026 - 31.03.2026", Kind::Date, &GERMAN, &["2026-03-01", "2026-03-31"]);
    check_in("01.03.2026-31.03.2026", Kind::Date, &GERMAN, &["2026-03-01", "2026-03-31"]);
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    for line in [
        "31/06/2026",
        "29.02.2025",
        "0/1/2026",
        "1.2.3.4",
        "192.168.1.20",
        "12-34-56",
        "INV-2026-03-0042-1",
        "00/00/0000",
        "13/13/2026",
        "march 3",
        "Marchand 3 2026",
        "may 2026",
        "version 2.10.1999.3",
        "12/345/67890",
        "3 items 2026",
    ] {
        check(line, Kind::Date, &[]);
    }
}

#[test]
fn an_ambiguous_date_is_surer_where_the_document_shows_its_order() {
    let lines = ["Date: 03/04/2026", "Due: 25/04/2026"];
    let locale = Locale::of(lines);
    assert!(locale.day_first && locale.is_day_order_known, "{locale:?}");
    let [known, guessed] = [&locale, &GERMAN].map(|locale| best(lines[0], Kind::Date, locale).remove(0).confidence);
    assert!(known > guessed, "{known} {guessed}");
}

#[test]
fn times_and_moments_are_written_as_iso_8601_has_them() {
    for (line, expected) in [
        ("at 14:30", "14:30:00"),
        ("14:30:15", "14:30:15"),
        ("2:30 pm", "14:30:00"),
        ("12:05 a.m.", "00:05:00"),
        ("12 PM", "12:00:00"),
        ("14h30", "14:30:00"),
        ("14 h 30", "14:30:00"),
        ("14.30 Uhr", "14:30:00"),
        ("9 Uhr", "09:00:00"),
        ("09:00 Uhr", "09:00:00"),
    ] {
        check(line, Kind::Time, &[expected]);
    }
    for line in ["25:00", "12:60", "1:2", "10:12:14:16", "1.30", "30 pm"] {
        check(line, Kind::Time, &[]);
    }
    for (line, expected) in [
        ("2026-03-04T14:30:00Z", "2026-03-04T14:30:00Z"),
        ("2026-03-04T14:30:00.123+02:00", "2026-03-04T14:30:00+02:00"),
        ("2026-03-04 14:30", "2026-03-04T14:30:00"),
        ("04.03.2026, 14:30 Uhr", "2026-03-04T14:30:00"),
        ("4 mars 2026 à 14h30", "2026-03-04T14:30:00"),
        ("March 4, 2026 at 2:30 PM", "2026-03-04T14:30:00"),
        ("4 de marzo de 2026 a las 14:30", "2026-03-04T14:30:00"),
        ("03/04/2026 - 08:05:09", "2026-03-04T08:05:09"),
        ("am 04.03.2026 um 14.30 Uhr", "2026-03-04T14:30:00"),
    ] {
        check(line, Kind::DateTime, &[expected]);
    }
}

#[test]
fn sums_are_read_in_the_forms_of_many_countries() {
    for (line, locale, amount, currency) in [
        ("1,234.56", &AMERICAN, "1234.56", None),
        ("$1,234.56", &AMERICAN, "1234.56", Some("USD")),
        ("US$ 1,234.56", &AMERICAN, "1234.56", Some("USD")),
        ("1,234.56 USD", &AMERICAN, "1234.56", Some("USD")),
        ("USD$ 1,200.00", &AMERICAN, "1200.00", Some("USD")),
        ("5 000 EUR", &GERMAN, "5000", Some("EUR")),
        ("£12.00", &BRITISH, "12.00", Some("GBP")),
        ("CAD 12.00", &AMERICAN, "12.00", Some("CAD")),
        ("A$12.00", &AMERICAN, "12.00", Some("AUD")),
        ("RM12.50", &AMERICAN, "12.50", Some("MYR")),
        ("₹12,34,567.00", &AMERICAN, "1234567.00", Some("INR")),
        ("1.234,56 €", &GERMAN, "1234.56", Some("EUR")),
        ("1.234,56€", &GERMAN, "1234.56", Some("EUR")),
        ("EUR 1.234,56", &GERMAN, "1234.56", Some("EUR")),
        ("€ 1.234.567,89", &GERMAN, "1234567.89", Some("EUR")),
        ("12,5 EUR", &GERMAN, "12.5", Some("EUR")),
        ("12,- €", &GERMAN, "12", Some("EUR")),
        ("1.200,-- EUR", &GERMAN, "1200", Some("EUR")),
        ("Fr. 1'234.50", &GERMAN, "1234.50", Some("CHF")),
        ("CHF 1’234.50", &GERMAN, "1234.50", Some("CHF")),
        ("1 234,56 €", &FRENCH, "1234.56", Some("EUR")),
        ("1\u{a0}234,56\u{a0}€", &FRENCH, "1234.56", Some("EUR")),
        ("1\u{202f}234\u{202f}567,89 €", &FRENCH, "1234567.89", Some("EUR")),
        ("12 345,00 EUR", &FRENCH, "12345.00", Some("EUR")),
        ("1.234,56 euros", &SPANISH, "1234.56", Some("EUR")),
        ("1 234.56", &FRENCH, "1234.56", None),
        ("450 $", &AMERICAN, "450", Some("USD")),
        ("0.99", &AMERICAN, "0.99", None),
    ] {
        check_money(line, locale, amount, currency);
    }
}

#[test]
fn sums_are_negative_by_minus_brackets_and_the_words_of_bookkeepers() {
    for (line, amount) in [
        ("-12.50", "-12.50"),
        ("−12.50", "-12.50"),
        ("12.50-", "-12.50"),
        ("(12.50)", "-12.50"),
        ("($12.50)", "-12.50"),
        ("$(12.50)", "-12.50"),
        ("-$12.50", "-12.50"),
        ("$-12.50", "-12.50"),
        ("- 12.50 EUR", "-12.50"),
        ("12.50 DR", "-12.50"),
        ("12.50 CR", "12.50"),
        ("1,500.00CR", "1500.00"),
        ("+12.50", "12.50"),
        ("EUR -12.50", "-12.50"),
        ("12.50- EUR", "-12.50"),
    ] {
        let read = best(line, Kind::Money, &AMERICAN);
        assert_eq!(read.iter().map(|found| found.value.normal()).collect::<Vec<_>>(), [amount], "{line:?}");
    }
}

#[test]
fn a_row_of_sums_is_read_sum_by_sum() {
    check_in("3 2,00 € 4,50 € 13,50 €", Kind::Money, &FRENCH, &["3", "2.00", "4.50", "13.50"]);
    check("2 $10.00 $20.00", Kind::Money, &["2", "10.00", "20.00"]);
    check("Widget 2 19.99 39.98", Kind::Money, &["2", "19.99", "39.98"]);
    check_in("2 119,99 239,98", Kind::Money, &GERMAN, &["2", "119.99", "239.98"]);
}

#[test]
fn one_sign_before_three_digits_is_read_as_the_document_reads_others() {
    for (line, locale, expected) in [
        ("1.234", &GERMAN, "1234"),
        ("1,234", &AMERICAN, "1234"),
        ("1,234", &GERMAN, "1.234"),
        ("1.234", &AMERICAN, "1.234"),
        ("0,125", &AMERICAN, "0.125"),
        ("1.234.567", &AMERICAN, "1234567"),
        ("1234.5", &AMERICAN, "1234.5"),
        ("1,5", &AMERICAN, "1.5"),
        ("1'234", &AMERICAN, "1234"),
        ("007", &AMERICAN, "7"),
        ("-5", &AMERICAN, "-5"),
        ("12x", &AMERICAN, "12"),
        ("2.5kg", &AMERICAN, "2.5"),
    ] {
        check_in(line, Kind::Number, locale, &[expected]);
    }
    for line in ["A4", "v1.2.3.4", "INV-5", "1/2", "3rd", "12:30", "1.23.4,5", "abc123"] {
        check(line, Kind::Number, &[]);
    }
    check("19 % 7.5% (20%) 5,5 %", Kind::Percent, &["19", "7.5", "20", "5.5"]);
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
fn an_iban_is_found_only_with_the_right_check_digits() {
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
    for line in [
        "DE88 3704 0044 0532 0130 00",
        "DE89 3704 0044 0532 0130",
        "DE89 3704 0044 0532 0130 001",
        "XX89 3704 0044 0532 0130 00",
    ] {
        check(line, Kind::Iban, &[]);
    }
}

#[test]
fn banks_and_tax_payers_are_known_by_the_shape_of_their_numbers() {
    check("BIC: COBADEFFXXX", Kind::Bic, &["COBADEFFXXX"]);
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

#[test]
fn decimals_add_up_to_the_cent() {
    let decimal = |text| Decimal::parse(text).unwrap();
    let sum =
        ["0.10", "0.20", "1234.5"].into_iter().try_fold(Decimal::ZERO, |sum, text| sum.plus(decimal(text))).unwrap();
    assert_eq!((sum, sum.to_string().as_str()), (decimal("1234.8"), "1234.80"));
    assert_eq!(decimal("19.99").times(decimal("3")).map(|product| product.to_string()).as_deref(), Some("59.97"));
    assert_eq!(decimal("2.345").rounded(2), decimal("2.35"));
    assert_eq!(decimal("-2.345").rounded(2), decimal("-2.35"));
    assert_eq!(decimal("-0.05").to_string(), "-0.05");
    assert_eq!((decimal("12.00").integer(), decimal("12.50").integer()), (Some(12), None));
    assert!(decimal("2") > decimal("1.99") && decimal("-2") < decimal("1"));
    assert_eq!(Decimal::parse("1234567890123456789"), None);
    for text in ["", "-", ".5", "1.2.3", "1,5", "abc", "+1"] {
        assert_eq!(Decimal::parse(text), None, "{text:?}");
    }
}

#[test]
fn days_are_counted_over_months_and_leap_years() {
    let date = |year, month, day| Date::new(year, month, day).unwrap();
    assert_eq!(date(2026, 1, 31).plus_days(30), Some(date(2026, 3, 2)));
    assert_eq!(date(2024, 2, 28).plus_days(1), Some(date(2024, 2, 29)));
    assert_eq!(date(2025, 12, 31).plus_days(14), Some(date(2026, 1, 14)));
    assert_eq!(date(2026, 1, 1).plus_days(1_000_000), None);
}
