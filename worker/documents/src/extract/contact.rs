//! Contact lines: the street, the town and the telephone in one line under a name, parted by bars or points.

use super::address;
use super::candidate::{Best, Candidate};
use super::leaf::Leaf;
use super::normal;
use super::search::Search;
use crate::lexicon::Concept;
use crate::value::Kind;
use crate::view::Span;

/// What such a part is worth. Set by hand with the tuning family in view.
const PART: f32 = 0.9;
/// The line stands among the first ones.
const HEAD_LINES: usize = 8;
/// What parts a line.
const BARS: &[char] = &['|', '·', '•', '‖', '⋅', '●', '▪'];
/// Words of the name of a town.
const TOWN_WORDS: usize = 4;
/// Digits of a telephone number.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// The part of the contact line that the field asks for.
pub(super) fn push(search: &Search<'_>, leaf: &Leaf<'_>, best: &mut Best) {
    use Concept as C;
    let reading = search.reading;
    if !matches!(leaf.concept, Some(C::Street | C::City | C::PostalCode | C::Phone)) {
        return;
    }
    for line in 0..reading.lines().min(HEAD_LINES) {
        let whole = reading.text(reading.view.whole(line));
        let has_mail =
            reading.values_of(line).iter().any(|typed| matches!(typed.value.kind(), Kind::Email | Kind::Url));
        if !has_mail || !whole.contains(BARS) {
            continue;
        }
        for part in whole.split(BARS).map(str::trim) {
            let found = match leaf.concept {
                Some(C::Street) => street(part),
                Some(C::City) => town(part).map(|(_, town)| town),
                Some(C::PostalCode) => town(part).map(|(code, _)| code),
                _ => phone(part),
            };
            let Some(found) = found.filter(|found| !found.is_empty()) else { continue };
            let start = found.as_ptr() as usize - whole.as_ptr() as usize;
            if let Some(value) = normal::of_text(leaf, found) {
                let spans = vec![Span { line, start, end: start + found.len() }];
                best.push(Candidate { spans, value, score: PART });
                return;
            }
        }
    }
}

fn street(part: &str) -> Option<&str> {
    let has_number = part.bytes().any(|byte| byte.is_ascii_digit());
    let is_words = part.split_whitespace().count() > 1 && part.chars().any(char::is_alphabetic);
    (has_number && is_words && !address::is_town(part) && !part.contains(['@', ':', '+'])).then_some(part)
}

/// The code of a town and its name, either of which may be missing.
fn town(part: &str) -> Option<(&str, &str)> {
    let is_name = |text: &str| {
        text.chars().next().is_some_and(char::is_uppercase)
            && text.split_whitespace().count() <= TOWN_WORDS
            && !text.contains(|sign: char| sign.is_ascii_digit() || matches!(sign, '@' | ':' | '.'))
    };
    if is_name(part) {
        return Some(("", part));
    }
    if !address::is_town(part) {
        return None;
    }
    let is_code = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let (first, last) = (part.find(is_digit)?, part.rfind(is_digit)?);
    let start = part.get(..first)?.rfind(' ').map_or(0, |at| at + 1);
    let end = part.get(last..)?.find(' ').map_or(part.len(), |at| last + at);
    let code = part.get(start..end).filter(|code| code.split_whitespace().all(is_code))?;
    let (before, after) = (part.get(..start)?.trim_matches([' ', ',']), part.get(end..)?.trim_matches([' ', ',']));
    let name = if after.is_empty() { before } else { after };
    is_name(name).then_some((code, name))
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit()
}

fn phone(part: &str) -> Option<&str> {
    let digits = part.chars().filter(char::is_ascii_digit).count();
    let is_number =
        part.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, ' ' | '+' | '(' | ')' | '/' | '-' | '.'));
    (is_number && PHONE_DIGITS.contains(&digits)).then_some(part)
}
