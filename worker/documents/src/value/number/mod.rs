//! Numbers, percentages and sums of money, as the countries write them.

mod numeral;

use super::currency;
use super::text::{Class, Line};
use super::{Found, Locale, Typed};
use numeral::Numeral;
pub(super) use numeral::separators;

/// Units that stand on a number without a space and leave it one.
const UNITS: &[&str] = &[
    "x", "X", "kg", "g", "mg", "t", "l", "L", "ml", "cl", "m", "cm", "mm", "km", "h", "hrs", "hr", "std", "Std", "pcs",
    "pc", "ea", "Stk", "St", "Stück", "ud", "uds", "u", "kWh", "kW", "W", "V", "A", "m²", "GB", "MB", "TB", "min",
    "lb", "lbs", "oz", "ft", "in", "d", "days", "k", "K",
];

/// What stands behind a sum that is owed or spent.
const DEBITS: &[&str] = &["DR", "Dr", "D", "S", "OD"];
/// What stands behind a sum that is had or received.
const CREDITS: &[&str] = &["CR", "Cr", "C", "H"];

/// How much of the likelihood of a number with spaces in it is taken from its parts.
const PARTS: f32 = 0.7;

pub(super) fn find(line: &Line<'_>, locale: &Locale, found: &mut Vec<Found>) {
    let mut index = 0;
    // The piece behind the last number that has spaces in it, and how likely its parts are numbers of their own.
    let mut parts = (0, 1.0);
    while index < line.pieces.len() {
        if line.class(index) != Some(Class::Digits) {
            index += 1;
            continue;
        }
        if index >= parts.0 {
            parts = (index, 1.0);
            if let Some(wide) = numeral::wide(line, index) {
                emit(line, &wide, 1.0, locale, found);
                parts = (wide.end, 1.0 - PARTS * wide.width(locale));
            }
        }
        let tight = numeral::tight(line, index);
        emit(line, &tight, parts.1, locale, found);
        index = tight.end;
    }
}

/// What stands around a number.
struct Around {
    start: usize,
    end: usize,
    currency: Option<&'static str>,
    is_negative: bool,
    is_percent: bool,
    /// Whether a dash stands for the cents.
    is_whole_sum: bool,
    confidence: f32,
}

fn emit(line: &Line<'_>, numeral: &Numeral<'_>, share: f32, locale: &Locale, found: &mut Vec<Found>) {
    let Some((number, certainty)) = numeral.read(locale) else { return };
    let Some(around) = around(line, numeral) else { return };
    let number = if around.is_negative { number.negated() } else { number };
    let certainty = certainty * around.confidence * share;
    let mut push = |value: Typed, confidence: f32| {
        let (start, end) = (line.start(around.start), line.end_before(around.end));
        found.push(Found { start, end, value, confidence: confidence * certainty });
    };
    let money = |currency| Typed::Money { amount: number, currency };
    if around.is_percent {
        push(Typed::Percent(number), 0.98);
        push(Typed::Number(number), 0.4);
        return;
    }
    if around.currency.is_some() {
        push(money(around.currency), 0.98);
        push(Typed::Number(number), 0.3);
        return;
    }
    let (as_money, as_number) = if number.scale() == 2 || around.is_whole_sum { (0.8, 0.7) } else { (0.35, 0.9) };
    push(money(None), as_money);
    push(Typed::Number(number), as_number);
}

/// What belongs to a number; nothing if the digits are part of something else.
fn around(line: &Line<'_>, numeral: &Numeral<'_>) -> Option<Around> {
    let mut around = Around {
        start: numeral.start,
        end: numeral.end,
        currency: None,
        is_negative: false,
        is_percent: false,
        is_whole_sum: false,
        confidence: 1.0,
    };
    before(line, &mut around)?;
    after(line, &mut around)?;
    debt(line, numeral, &mut around);
    Some(around)
}

/// Signs and currencies before the digits, in any order: `-€ 5`, `€-5`.
fn before(line: &Line<'_>, around: &mut Around) -> Option<()> {
    // A currency, a sign and the spaces between them: no more than four rounds.
    for _ in 0..4 {
        let Some(index) = around.start.checked_sub(1) else { return Some(()) };
        let is_free = index.checked_sub(1).is_none_or(|before| {
            matches!(line.class(before), Some(Class::Space | Class::Joint)) || line.is_sign(before, "(:|€$£")
        });
        match line.class(index)? {
            // A dash before a space and a sum parts it from words, if there are any.
            Class::Space if is_first_dash(line, index) => {
                (around.is_negative, around.start) = (true, index - 1);
                return Some(());
            }
            Class::Space | Class::Joint => {
                let (code, start) = match currency::before(line, index) {
                    Some(known) if around.currency.is_none() && !is_others(line, known.1) => known,
                    _ => return Some(()),
                };
                (around.currency, around.start) = (Some(code), start);
            }
            Class::Sign('-' | '−' | '–') if is_free || currency::before(line, index).is_some() => {
                around.is_negative = true;
                around.start = index;
            }
            Class::Sign('+') if is_free => around.start = index,
            // "NGN.750.00": a point for the blank behind the code of a currency.
            Class::Sign('.') if around.currency.is_none() && currency::before(line, around.start).is_some() => {
                let (code, start) = currency::before(line, around.start)?;
                (around.currency, around.start) = (Some(code), start);
            }
            Class::Sign('-' | '–' | '/' | ':' | '.' | ',' | '_' | '@' | '&' | '=' | '\\' | '\'' | '’') => {
                // Glued to a word or another number it is part of it: INV-5, 1/2, 12:30.
                return line.is_start(index).then_some(());
            }
            Class::Letters | Class::Sign(_) => match currency::before(line, around.start) {
                Some((code, start)) if around.currency.is_none() => {
                    (around.currency, around.start) = (Some(code), start);
                }
                _ => return (line.class(index) != Some(Class::Letters)).then_some(()),
            },
            Class::Digits => return None,
        }
    }
    Some(())
}

/// Whether the only thing before a piece is a minus.
fn is_first_dash(line: &Line<'_>, index: usize) -> bool {
    index == 1 && line.is_sign(0, "-−")
}

/// Currencies, units and percent signs behind the digits.
fn after(line: &Line<'_>, around: &mut Around) -> Option<()> {
    let index = around.end;
    let next = line.after_spaces(index);
    if line.is_sign(next, "%") {
        (around.is_percent, around.end) = (true, next + 1);
        return Some(());
    }
    // 12,- and 12.-- are whole sums.
    if line.is_sign(index, ",.") && line.is_sign(index + 1, "-–—") {
        around.end = index + 2 + usize::from(line.is_sign(index + 2, "-–—"));
        around.is_whole_sum = true;
    }
    match line.class(around.end) {
        Some(Class::Letters) if matches!(line.piece(around.end), "CR" | "DR") => {}
        Some(Class::Letters) if currency::at(line, around.end).is_none() => {
            return UNITS.contains(&line.piece(around.end)).then(|| around.confidence *= 0.8);
        }
        Some(Class::Sign('/' | '-' | ':' | '_' | '@' | '°' | 'º')) if !line.is_end(around.end + 1) => return None,
        Some(Class::Sign('-' | '−')) if around.end == index && !is_range(line, index) => {
            (around.is_negative, around.end) = (true, index + 1);
        }
        _ => {}
    }
    let next = line.after_spaces(around.end);
    if let Some((code, end)) = currency::at(line, next)
        && around.currency.is_none()
        && line.is_end(end)
        && (next == around.end || is_others(line, next) || !is_between(line, end))
    {
        (around.currency, around.end) = (Some(code), end);
    }
    Some(())
}

/// Whether the currency at a piece belongs to the number before it: of those between two numbers, `12,50 € 3,00`, the
/// ones behind a decimal comma do, and signs that stand before their numbers do not.
fn is_others(line: &Line<'_>, start: usize) -> bool {
    let number =
        start.checked_sub(2).filter(|_| !line.is_end(start - 2) && line.class(start - 1) == Some(Class::Space));
    number.is_some_and(|number| {
        line.class(number) == Some(Class::Digits)
            && !line.is_sign(start, "$£")
            && number.checked_sub(1).is_some_and(|sign| line.is_sign(sign, ","))
            && line.piece(number).len() == 2
    })
}

/// Whether a number follows on what ends before a piece.
fn is_between(line: &Line<'_>, end: usize) -> bool {
    line.class(line.after_spaces(end)) == Some(Class::Digits)
}

/// Whether a dash stands before something: then it takes nothing away.
fn is_range(line: &Line<'_>, dash: usize) -> bool {
    line.class(line.after_spaces(dash + 1)) == Some(Class::Digits) && line.class(dash + 1) != Some(Class::Space)
}

/// Brackets, and words of bookkeepers, that make a sum negative.
fn debt(line: &Line<'_>, numeral: &Numeral<'_>, around: &mut Around) {
    let is_sum = around.currency.is_some() || numeral.has_cents();
    let bracket = around.start.checked_sub(1).filter(|index| line.is_sign(*index, "("));
    if let Some(start) = bracket
        && line.is_sign(around.end, ")")
        && line.is_start(start)
        && is_sum
        && !around.is_percent
    {
        (around.start, around.end, around.is_negative) = (start, around.end + 1, true);
        around.confidence *= 0.9;
        return;
    }
    let next = line.after_spaces(around.end);
    let word = line.piece(next);
    let is_word = is_sum && line.class(next) == Some(Class::Letters) && line.is_end(next + 1);
    if is_word && (DEBITS.contains(&word) || CREDITS.contains(&word)) {
        around.is_negative |= DEBITS.contains(&word);
        around.end = next + 1;
        around.confidence *= 0.9;
    }
}
