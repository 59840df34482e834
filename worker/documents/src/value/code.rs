//! Numbers of bank accounts and banks.

use super::text::{Class, Line};
use super::{Found, Typed};

/// What follows the check digits of an IBAN, by country, from the registry of ISO 13616: `n` digits, `a` letters, `c`
/// either, each with how many.
const STRUCTURES: &[(&str, &str)] = &[
    ("AD", "n8c12"),
    ("AE", "n19"),
    ("AL", "n8c16"),
    ("AT", "n16"),
    ("AZ", "a4c20"),
    ("BA", "n16"),
    ("BE", "n12"),
    ("BG", "a4n6c8"),
    ("BH", "a4c14"),
    ("BR", "n23a1c1"),
    ("CH", "n5c12"),
    ("CR", "n18"),
    ("CY", "n8c16"),
    ("CZ", "n20"),
    ("DE", "n18"),
    ("DK", "n14"),
    ("DO", "c4n20"),
    ("EE", "n16"),
    ("EG", "n25"),
    ("ES", "n20"),
    ("FI", "n14"),
    ("FO", "n14"),
    ("FR", "n10c11n2"),
    ("GB", "a4n14"),
    ("GE", "a2n16"),
    ("GI", "a4c15"),
    ("GL", "n14"),
    ("GR", "n7c16"),
    ("GT", "c4c20"),
    ("HR", "n17"),
    ("HU", "n24"),
    ("IE", "a4n14"),
    ("IL", "n19"),
    ("IS", "n22"),
    ("IT", "a1n10c12"),
    ("JO", "a4n4c18"),
    ("KW", "a4c22"),
    ("KZ", "n3c13"),
    ("LB", "n4c20"),
    ("LI", "n5c12"),
    ("LT", "n16"),
    ("LU", "n3c13"),
    ("LV", "a4c13"),
    ("MC", "n10c11n2"),
    ("MD", "c2c18"),
    ("ME", "n18"),
    ("MK", "n3c10n2"),
    ("MT", "a4n5c18"),
    ("NL", "a4n10"),
    ("NO", "n11"),
    ("PK", "a4c16"),
    ("PL", "n24"),
    ("PS", "a4c21"),
    ("PT", "n21"),
    ("QA", "a4c21"),
    ("RO", "a4c16"),
    ("RS", "n18"),
    ("SA", "n2c18"),
    ("SE", "n20"),
    ("SI", "n15"),
    ("SK", "n20"),
    ("SM", "a1n10c12"),
    ("TN", "n20"),
    ("TR", "n6c16"),
    ("UA", "n6c19"),
    ("VG", "a4n16"),
    ("XK", "n16"),
];
/// The longest IBAN, of 34 characters, with a space behind each of them: forms have a box for each.
const MAX_IBAN: usize = 68;
/// Letters that character recognition takes for digits, and the digits.
const LOOKALIKES: &[(char, char)] =
    &[('O', '0'), ('Q', '0'), ('D', '0'), ('I', '1'), ('L', '1'), ('Z', '2'), ('S', '5'), ('G', '6'), ('B', '8')];

/// How sure a number of the right form is whose check digits are not right.
const UNCHECKED: f32 = 0.6;

pub(super) fn find(line: &Line<'_>, found: &mut Vec<Found>) {
    let names_banks = names_banks(line.text);
    let mut past = 0;
    for index in 0..line.pieces.len() {
        if line.class(index) != Some(Class::Letters) || !line.is_start(index) || line.start(index) < past {
            continue;
        }
        if let Some((iban, end, confidence)) = iban(line, index) {
            found.push(Found { start: line.start(index), end, value: Typed::Iban(iban), confidence });
            past = end;
        } else if let Some((bic, end)) = bic(line, index) {
            let confidence = if names_banks { 0.95 } else { 0.3 };
            found.push(Found { start: line.start(index), end, value: Typed::Bic(bic), confidence });
        }
    }
}

/// The IBAN that begins at a piece, where it ends, and how sure it is: the check digits leave one error in 97, and without
/// them the form alone tells.
fn iban(line: &Line<'_>, index: usize) -> Option<(String, usize, f32)> {
    let country = line.piece(index).get(..2)?;
    let (_, structure) = STRUCTURES.iter().find(|(code, _)| *code == country)?;
    let length = 4 + parts(structure).map(|(_, count)| count).sum::<usize>();
    let start = line.start(index);
    let mut signs: Vec<char> = Vec::with_capacity(length);
    let mut end = start;
    for (at, sign) in line.slice(start, line.text.len()).char_indices().take(MAX_IBAN) {
        if signs.len() == length {
            break;
        }
        if sign.is_ascii_alphanumeric() {
            signs.push(sign.to_ascii_uppercase());
            end = start + at + 1;
        } else if !matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '-' | '.') {
            break;
        }
    }
    let is_whole = !line.slice(end, line.text.len()).starts_with(|next: char| next.is_alphanumeric());
    if signs.len() != length || !is_whole {
        return None;
    }
    let as_read: String = signs.iter().collect();
    if is_shaped(&as_read, structure) && is_checked(&as_read) {
        return Some((as_read, end, 0.99));
    }
    // Letters where only digits can be were digits: the check digits then say whether it is right.
    if let Some(repaired) = repaired(&signs, structure).filter(|repaired| is_checked(repaired)) {
        return Some((repaired, end, 0.93));
    }
    // Papers show made-up numbers too, and are misprinted: nothing else has this form, but it is less sure.
    is_shaped(&as_read, structure).then_some((as_read, end, UNCHECKED))
}

/// The parts of a structure: what they hold, and how many.
fn parts(structure: &str) -> impl Iterator<Item = (char, usize)> {
    structure
        .split_inclusive(|sign: char| sign.is_ascii_digit())
        .fold(Vec::new(), |mut parts: Vec<(char, usize)>, part| {
            let digits = part.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
            let digit: usize = digits.parse().unwrap_or_default();
            match (part.chars().next().filter(char::is_ascii_alphabetic), parts.last_mut()) {
                (Some(kind), _) => parts.push((kind, digit)),
                (None, Some((_, count))) => *count = *count * 10 + digit,
                (None, None) => {}
            }
            parts
        })
        .into_iter()
}

fn kinds(structure: &str) -> impl Iterator<Item = char> {
    "aann".chars().chain(parts(structure).flat_map(|(kind, count)| std::iter::repeat_n(kind, count)))
}

fn is_shaped(iban: &str, structure: &str) -> bool {
    iban.chars().zip(kinds(structure)).all(|(sign, kind)| match kind {
        'n' => sign.is_ascii_digit(),
        'a' => sign.is_ascii_uppercase(),
        _ => true,
    })
}

fn repaired(signs: &[char], structure: &str) -> Option<String> {
    let repaired = signs.iter().zip(kinds(structure)).map(|(sign, kind)| match kind {
        'n' if sign.is_ascii_alphabetic() => {
            LOOKALIKES.iter().find(|(letter, _)| letter == sign).map(|(_, digit)| *digit)
        }
        'a' if sign.is_ascii_digit() => LOOKALIKES.iter().find(|(_, digit)| digit == sign).map(|(letter, _)| *letter),
        _ => Some(*sign),
    });
    repaired.collect()
}

/// ISO 7064, MOD 97-10: the first four signs at the end, letters as numbers from 10, one more than a multiple of 97.
fn is_checked(iban: &str) -> bool {
    let Some((head, tail)) = iban.split_at_checked(4) else { return false };
    let remainder = tail.chars().chain(head.chars()).try_fold(0, |remainder: u32, sign| {
        let value = sign.to_digit(36)?;
        Some(if value < 10 { remainder * 10 + value } else { remainder * 100 + value } % 97)
    });
    remainder == Some(1)
}

/// The BIC of ISO 9362 that begins at a piece: four letters for the bank, two for its country, and two, or five.
fn bic(line: &Line<'_>, index: usize) -> Option<(String, usize)> {
    let text = line.slice(line.start(index), line.text.len());
    let length = text.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let text = text.get(..length)?;
    let country = text.get(4..6)?;
    let is_country = STRUCTURES.iter().any(|(code, _)| *code == country)
        || matches!(
            country,
            "US" | "CA" | "AU" | "NZ" | "JP" | "CN" | "HK" | "SG" | "IN" | "ZA" | "MX" | "AR" | "CL" | "MY"
        );
    let is_shaped = text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && text.bytes().take(6).all(|byte| byte.is_ascii_uppercase());
    (matches!(length, 8 | 11) && is_country && is_shaped).then(|| (text.to_owned(), line.start(index) + length))
}

/// Whether a line says that a code of a bank is in it: many words in capitals have the shape of one.
fn names_banks(text: &str) -> bool {
    let capitals = text.to_uppercase();
    capitals.contains("BIC") || capitals.contains("SWIFT")
}
