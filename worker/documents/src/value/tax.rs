//! Numbers under which companies pay taxes on sales.

use super::text::{Class, Line};
use super::{Found, Typed};

/// Their shapes, from the European Commission's VIES and the countries: `n` a digit, `a` a letter, `c` either; the rest
/// stands for itself. Longer ones first.
const SHAPES: &[(&str, &str)] = &[
    ("AT", "Unnnnnnnn"),
    ("BE", "nnnnnnnnnn"),
    ("BG", "nnnnnnnnnn"),
    ("BG", "nnnnnnnnn"),
    ("CHE", "nnnnnnnnn"),
    ("CY", "nnnnnnnna"),
    ("CZ", "nnnnnnnnnn"),
    ("CZ", "nnnnnnnnn"),
    ("CZ", "nnnnnnnn"),
    ("DE", "nnnnnnnnn"),
    ("DK", "nnnnnnnn"),
    ("EE", "nnnnnnnnn"),
    ("EL", "nnnnnnnnn"),
    ("ES", "cnnnnnnnc"),
    ("FI", "nnnnnnnn"),
    ("FR", "ccnnnnnnnnn"),
    ("GB", "nnnnnnnnnnnn"),
    ("GB", "nnnnnnnnn"),
    ("XI", "nnnnnnnnn"),
    ("HR", "nnnnnnnnnnn"),
    ("HU", "nnnnnnnn"),
    ("IE", "ncnnnnnaa"),
    ("IE", "ncnnnnna"),
    ("IT", "nnnnnnnnnnn"),
    ("LT", "nnnnnnnnnnnn"),
    ("LT", "nnnnnnnnn"),
    ("LU", "nnnnnnnn"),
    ("LV", "nnnnnnnnnnn"),
    ("MT", "nnnnnnnn"),
    ("NL", "nnnnnnnnnBnn"),
    ("NO", "nnnnnnnnn"),
    ("PL", "nnnnnnnnnn"),
    ("PT", "nnnnnnnnn"),
    ("RO", "nnnnnnnnnn"),
    ("SE", "nnnnnnnnnnnn"),
    ("SI", "nnnnnnnn"),
    ("SK", "nnnnnnnnnn"),
];
/// Signs and spaces of the longest, one between each two.
const MAX_LENGTH: usize = 30;
/// How sure a number is whose check digits are right, cannot be checked, and are wrong: samples have made-up ones.
const CONFIDENCE: [f32; 3] = [0.97, 0.8, 0.6];

pub(super) fn find(line: &Line<'_>, found: &mut Vec<Found>) {
    for index in 0..line.pieces.len() {
        if line.class(index) != Some(Class::Letters) || !line.is_start(index) {
            continue;
        }
        let best = SHAPES.iter().find_map(|(country, shape)| {
            line.piece(index).starts_with(country).then(|| read(line, index, country, shape)).flatten()
        });
        if let Some((number, end)) = best {
            let confidence = match is_right(&number) {
                Some(true) => CONFIDENCE[0],
                None => CONFIDENCE[1],
                Some(false) => CONFIDENCE[2],
            };
            found.push(Found { start: line.start(index), end, value: Typed::VatId(number), confidence });
        }
    }
}

/// The number of that shape that begins at a piece, and where it ends.
fn read(line: &Line<'_>, index: usize, country: &str, shape: &str) -> Option<(String, usize)> {
    let start = line.start(index);
    let rest = line.slice(start, line.text.len());
    let mut wanted = country.chars().chain(shape.chars());
    let mut next = wanted.next();
    let mut number = String::with_capacity(country.len() + shape.len());
    let mut end = start;
    for (at, sign) in rest.char_indices().take(MAX_LENGTH) {
        let Some(kind) = next else { break };
        if matches!(sign, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}') && number.len() >= 2 {
            continue;
        }
        let fits = match kind {
            'n' => sign.is_ascii_digit(),
            'a' => sign.is_ascii_uppercase(),
            'c' => sign.is_ascii_digit() || sign.is_ascii_uppercase(),
            _ => sign == kind,
        };
        if !fits {
            return None;
        }
        number.push(sign);
        end = start + at + 1;
        next = wanted.next();
    }
    let behind = line.slice(end, line.text.len());
    let is_whole = !behind.starts_with(|next: char| next.is_alphanumeric());
    (next.is_none() && is_whole).then_some((number, end))
}

/// Whether the check digits are right, in countries whose rule is known here.
fn is_right(number: &str) -> Option<bool> {
    let (country, rest) = number.split_at_checked(2)?;
    let digits: Vec<u32> = rest.chars().filter_map(|sign| sign.to_digit(10)).collect();
    match country {
        "DE" => Some(is_mod_11_10(&digits)),
        "BE" => Some(97 - value(digits.get(..8)?) % 97 == value(digits.get(8..)?)),
        "IT" => Some(is_luhn(&digits)),
        "FR" if digits.len() == 11 => {
            let siren = value(digits.get(2..)?);
            Some((12 + 3 * (siren % 97)) % 97 == value(digits.get(..2)?))
        }
        _ => None,
    }
}

fn value(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |value, digit| value * 10 + u64::from(*digit))
}

/// ISO 7064, MOD 11,10.
fn is_mod_11_10(digits: &[u32]) -> bool {
    let Some((check, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, digit| {
        let sum = (digit + product) % 10;
        2 * if sum == 0 { 10 } else { sum } % 11
    });
    (11 - product) % 10 == *check
}

fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, digit)| match index % 2 {
            0 => *digit,
            _ if *digit > 4 => 2 * digit - 9,
            _ => 2 * digit,
        })
        .sum();
    sum.is_multiple_of(10)
}
