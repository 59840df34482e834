//! Currencies, by their codes, their signs and their names.

use super::text::{Class, Line};
use super::{Found, Typed};
use crate::lexicon::fold;

/// The ISO 4217 codes that documents name; among them no word of the languages that are read.
const CODES: &[&str] = &[
    "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF",
    "RON", "BGN", "RSD", "UAH", "RUB", "TRY", "ILS", "AED", "SAR", "QAR", "KWD", "EGP", "MAD", "TND", "ZAR", "NGN",
    "KES", "GHS", "INR", "PKR", "BDT", "LKR", "THB", "MYR", "SGD", "HKD", "TWD", "KRW", "IDR", "PHP", "VND", "BRL",
    "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "DOP", "CRC",
];

/// Signs, longer ones first. A dollar sign alone is the one of the United States.
const SIGNS: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("CA$", "CAD"),
    ("AU$", "AUD"),
    ("MX$", "MXN"),
    ("A$", "AUD"),
    ("C$", "CAD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("€", "EUR"),
    ("$", "USD"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₴", "UAH"),
    ("₫", "VND"),
    ("฿", "THB"),
    ("₱", "PHP"),
    ("₦", "NGN"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("RM", "MYR"),
    ("SFr", "CHF"),
    ("Fr", "CHF"),
    ("Rs", "INR"),
    ("Ft", "HUF"),
];

/// Names, folded. Dollars and pounds are those of their largest countries.
const NAMES: &[(&str, &str)] = &[
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("dolares", "USD"),
    ("pounds", "GBP"),
    ("sterling", "GBP"),
    ("livres", "GBP"),
    ("pfund", "GBP"),
    ("libras", "GBP"),
    ("franken", "CHF"),
    ("yen", "JPY"),
    ("yuan", "CNY"),
    ("rupees", "INR"),
    ("zloty", "PLN"),
    ("ringgit", "MYR"),
];

/// How sure a currency is that stands by itself.
const CONFIDENCE: f32 = 0.9;

/// The currency that begins at a piece, and the piece behind it.
pub(super) fn at(line: &Line<'_>, index: usize) -> Option<(&'static str, usize)> {
    let (piece, next) = (line.piece(index), line.piece(index + 1));
    if line.class(index) == Some(Class::Letters) {
        if next == "$" {
            if let Some(code) = CODES.iter().find(|code| **code == piece) {
                return Some((code, index + 2));
            }
            let sign = SIGNS.iter().find(|(sign, _)| sign.strip_suffix('$') == Some(piece));
            return sign.map(|(_, code)| (*code, index + 2));
        }
        let code = CODES.iter().find(|code| **code == piece).copied();
        // "Fr." and "Rs.", and a point that stands for the blank before a figure: "NGN.750.00".
        let is_before_figure = line.class(index + 2) == Some(Class::Digits);
        let end = index + 1 + usize::from(next == "." && (piece == "Fr" || is_before_figure));
        return code.or_else(|| sign(piece)).or_else(|| name(piece)).map(|code| (code, end));
    }
    sign(piece).map(|code| (code, index + 1))
}

/// The currency that ends before a piece, and the piece it begins at.
pub(super) fn before(line: &Line<'_>, index: usize) -> Option<(&'static str, usize)> {
    // A sign is two pieces at most: letters and a dollar sign, or a point behind them.
    [2, 1].into_iter().find_map(|length| {
        let start = index.checked_sub(length)?;
        let (code, end) = at(line, start)?;
        (end == index && line.is_start(start)).then_some((code, start))
    })
}

/// The currencies that a line names.
pub(super) fn named(line: &Line<'_>) -> Vec<&'static str> {
    each(line).into_iter().map(|(_, _, code)| code).collect()
}

pub(super) fn find(line: &Line<'_>, found: &mut Vec<Found>) {
    found.extend(each(line).into_iter().map(|(start, end, code)| Found {
        start: line.start(start),
        end: line.end_before(end),
        value: Typed::Currency(code),
        confidence: CONFIDENCE,
    }));
}

fn each(line: &Line<'_>) -> Vec<(usize, usize, &'static str)> {
    let mut all = Vec::new();
    let mut index = 0;
    while index < line.pieces.len() {
        match at(line, index) {
            Some((code, end)) if !is_word(line, index, end) => {
                all.push((index, end, code));
                index = end;
            }
            _ => index += 1,
        }
    }
    all
}

/// Whether it may as well be a word: "Fr" and "RM" are currencies beside a number alone.
fn is_word(line: &Line<'_>, start: usize, end: usize) -> bool {
    let is_number = |index| line.class(index) == Some(Class::Digits);
    let text = line.piece(start);
    let is_code = CODES.contains(&text) || name(text).is_some();
    line.class(start) == Some(Class::Letters)
        && end == start + 1
        && !is_code
        && !is_number(line.after_spaces(end))
        && !start.checked_sub(1).is_some_and(|before| is_number(before) || before > 0 && is_number(before - 1))
}

fn sign(text: &str) -> Option<&'static str> {
    SIGNS.iter().find(|(sign, _)| *sign == text).map(|(_, code)| *code)
}

fn name(text: &str) -> Option<&'static str> {
    let folded = (3..=10).contains(&text.len()).then(|| fold(text))?;
    NAMES.iter().find(|(name, _)| *name == folded).map(|(_, code)| *code)
}
