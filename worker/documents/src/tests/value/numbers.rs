//! Numbers, percentages and sums of money.

use super::{AMERICAN, BRITISH, FRENCH, GERMAN, SPANISH, best, check, check_in};
use crate::value::{Decimal, Found, Kind, Locale, Typed};

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
