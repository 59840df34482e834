//! Digits in groups, and which of the signs between them is the decimal one.

use crate::value::text::{Class, Line};
use crate::value::{Decimal, Locale};

/// Groups of digits that a number may have: a billion billions.
const MAX_GROUPS: usize = 7;

/// What is left of a number that begins with a zero it does not need.
const PADDED: f32 = 0.5;

/// Digits in groups, and the signs between them.
#[derive(Debug)]
pub(super) struct Numeral<'t> {
    /// The first piece.
    pub(super) start: usize,
    /// The piece behind the last.
    pub(super) end: usize,
    groups: Vec<&'t str>,
    signs: Vec<char>,
    /// Whether a space is among the signs, which may as well part two numbers.
    is_wide: bool,
}

/// The digits from a piece, over signs that nothing but a number has between its digits.
pub(super) fn tight<'t>(line: &Line<'t>, start: usize) -> Numeral<'t> {
    gathered(line, start, |class| match class {
        Class::Sign(sign @ ('.' | ',')) => Some(sign),
        Class::Sign('\'' | '’') => Some('\''),
        Class::Joint => Some(' '),
        _ => None,
    })
}

/// The digits from a piece, over spaces before groups of three. Nothing if there are none.
pub(super) fn wide<'t>(line: &Line<'t>, start: usize) -> Option<Numeral<'t>> {
    if line.class(start + 1) != Some(Class::Space) || line.piece(start).len() > 3 || line.piece(start).starts_with('0')
    {
        return None;
    }
    let mut numeral = gathered(line, start, |class| match class {
        Class::Sign(sign @ ('.' | ',')) => Some(sign),
        Class::Space => Some(' '),
        _ => None,
    });
    numeral.is_wide = true;
    (numeral.groups.len() > 1).then_some(numeral)
}

fn gathered<'t>(line: &Line<'t>, start: usize, sign: impl Fn(Class) -> Option<char>) -> Numeral<'t> {
    let mut numeral =
        Numeral { start, end: start + 1, groups: vec![line.piece(start)], signs: Vec::new(), is_wide: false };
    while let Some(sign) = line.class(numeral.end).and_then(&sign) {
        let group = line.piece(numeral.end + 1);
        let is_group = line.class(numeral.end + 1) == Some(Class::Digits);
        // Behind the decimal sign there are no more groups; a group behind a space has three digits.
        let is_decimal = numeral.signs.last().is_some_and(|last| *last != sign && matches!(last, '.' | ','));
        let is_apart = sign == ' ' && (group.len() != 3 || is_decimal);
        if !is_group || is_apart || numeral.groups.len() > MAX_GROUPS {
            break;
        }
        numeral.groups.push(group);
        numeral.signs.push(sign);
        numeral.end += 2;
    }
    numeral
}

impl<'t> Numeral<'t> {
    /// Whether it has two digits behind its last sign: what sums have.
    pub(super) fn has_cents(&self) -> bool {
        matches!(self.signs.last(), Some('.' | ',')) && self.groups.last().is_some_and(|group| group.len() == 2)
    }

    /// The number, and how sure it is that it is this one.
    pub(super) fn read(&self, locale: &Locale) -> Option<(Decimal, f32)> {
        let (fraction, certainty) = self.fraction(locale)?;
        let whole: String = match fraction {
            Some(_) => self.groups.get(..self.groups.len() - 1)?.concat(),
            None => self.groups.concat(),
        };
        // 01.03. is a day of the year.
        let is_padded = whole.len() > 1 && whole.starts_with('0') && fraction.is_some();
        let certainty = if is_padded { certainty * PADDED } else { certainty };
        let certainty = if self.is_wide { certainty * self.width(locale) } else { certainty };
        let number = match fraction {
            Some(fraction) => Decimal::parse(&format!("{whole}.{fraction}"))?,
            None => Decimal::parse(&whole)?,
        };
        Some((number, certainty))
    }

    /// How likely the spaces in it part groups, not numbers: where the language writes them.
    pub(super) fn width(&self, locale: &Locale) -> f32 {
        use crate::language::Language::{De, En, Es, Fr};
        // No number begins with a zero that other digits follow.
        let has_zeros = self.groups.iter().skip(1).any(|group| group.starts_with('0') && group.len() == 3);
        match (locale.language, self.has_cents()) {
            _ if has_zeros => 0.9,
            (Some(Fr), true) => 0.95,
            (Some(Fr), false) | (Some(Es) | None, true) => 0.7,
            (Some(De | En), true) => 0.45,
            _ => 0.3,
        }
    }

    /// The digits behind the decimal sign, if it has one; nothing if this is no number.
    fn fraction(&self, locale: &Locale) -> Option<(Option<&'t str>, f32)> {
        let (first, last) = (self.groups.first()?, self.groups.last()?);
        let Some(decimal) = self.signs.last().copied() else { return Some((None, 0.95)) };
        let others = self.signs.get(..self.signs.len() - 1)?;
        let is_grouped = |groups: &[&str]| is_grouped(first, groups);
        match others {
            [] if matches!(decimal, '.' | ',') => {
                if last.len() != 3 || first.len() > 3 || first.starts_with('0') {
                    return Some((Some(last), 0.97));
                }
                Some(self.ambiguous(decimal, last, locale))
            }
            // 1.234.567 and 1'234
            _ if others.iter().all(|sign| *sign == decimal) => {
                (decimal != ' ' || last.len() == 3).then_some(())?;
                is_grouped(self.groups.get(1..)?).then_some((None, 0.97))
            }
            // 1.234,56 and 1 234.56
            [sign, ..] if matches!(decimal, '.' | ',') && others.iter().all(|other| other == sign) => {
                is_grouped(self.groups.get(1..self.groups.len() - 1)?).then_some((Some(*last), 0.98))
            }
            _ => None,
        }
    }

    /// 1.234 and 1,234, which are read differently from country to country.
    fn ambiguous(&self, sign: char, last: &'t str, locale: &Locale) -> (Option<&'t str>, f32) {
        match (sign, locale.decimal_comma) {
            (',', Some(true)) => (Some(last), 0.75),
            ('.', Some(false)) => (Some(last), 0.8),
            (',', None) => (None, 0.8),
            ('.', None) => (None, 0.5),
            _ => (None, 0.92),
        }
    }
}

/// Whether these are the groups behind the first of a number: of three digits; in India the last alone.
fn is_grouped(first: &str, groups: &[&str]) -> bool {
    let Some((last, others)) = groups.split_last() else { return true };
    let fits = first.len() <= 3 && !first.starts_with('0') && last.len() == 3;
    fits && (others.iter().all(|group| group.len() == 3)
        || first.len() <= 2 && others.iter().all(|group| group.len() == 2))
}

/// For each number of a line whose decimal sign is plain, whether it is a comma.
pub(in crate::value) fn separators(line: &Line<'_>) -> Vec<bool> {
    let mut all = Vec::new();
    let mut index = 0;
    while index < line.pieces.len() {
        if line.class(index) != Some(Class::Digits) {
            index += 1;
            continue;
        }
        let numeral = tight(line, index);
        let is_free = line.is_start(index) && line.is_end(numeral.end) && !line.is_sign(numeral.end, "./-:");
        let is_plain = match (numeral.signs.as_slice(), numeral.groups.last()) {
            // Two digits behind it are cents. Before a point they may be a day: 12.05 is not counted for German.
            ([_], Some(last)) => last.len() == 2,
            ([first, .., last], _) => first != last,
            _ => false,
        };
        match numeral.signs.last() {
            Some(',') if is_free && is_plain => all.push(true),
            Some('.') if is_free && is_plain => all.push(false),
            _ => {}
        }
        index = numeral.end;
    }
    all
}
