//! E-mail addresses, web addresses and telephone numbers.

use super::text::{Class, Line};
use super::{Found, Typed};

/// Endings of web addresses that are written without `www.` before them.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "eu", "de", "at", "ch", "fr", "es", "it", "nl", "be", "uk", "us", "info", "biz", "io", "co",
    "gov", "edu", "shop", "app", "dev", "pl", "pt", "ie", "ca", "au", "example", "test", "cat", "lu", "mx", "ar", "cl",
];
/// Digits of the shortest and the longest telephone number, of E.164.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Digits behind which a zero begins another number: groups of some begin with it as well.
const USUAL_DIGITS: usize = 9;
/// Pieces of the longest telephone number.
const MAX_PHONE: usize = 24;

pub(super) fn find(line: &Line<'_>, found: &mut Vec<Found>) {
    for chunk in &line.chunks {
        web(line, *chunk, found);
    }
    let mut index = 0;
    while index < line.pieces.len() {
        index = match phone(line, index) {
            Some((end, confidence)) => {
                let (start, end_of_text) = (line.start(index), line.end_before(end));
                let value = Typed::Phone(line.slice(start, end_of_text).to_owned());
                found.push(Found { start, end: end_of_text, value, confidence });
                end
            }
            None => index + 1,
        };
    }
}

/// The address that a word is, but for signs around it and a label before it: `E-Mail:a@b.de`, `<a@b.de>,`.
fn web(line: &Line<'_>, chunk: (usize, usize), found: &mut Vec<Found>) {
    let text = line.of_chunk(&chunk);
    let base = line.start(chunk.0);
    if let Some(at) = text.find('@') {
        let is_local = |sign: char| sign.is_alphanumeric() || "._%+-'&".contains(sign);
        let is_host = |sign: char| sign.is_alphanumeric() || ".-".contains(sign);
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        let start = before.rfind(|sign| !is_local(sign)).map_or(0, |index| {
            index + before.get(index..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let host = behind.split(|sign| !is_host(sign)).next().unwrap_or_default().trim_end_matches(['.', '-']);
        let is_named =
            host.rsplit('.').next().is_some_and(|last| last.len() >= 2 && last.chars().all(char::is_alphabetic));
        if start < at && host.contains('.') && !host.starts_with('.') && is_named {
            let (start, end) = (start, at + 1 + host.len());
            let value = Typed::Email(text.get(start..end).unwrap_or_default().to_owned());
            found.push(Found { start: base + start, end: base + end, value, confidence: 0.98 });
        }
        return;
    }
    let lower = text.to_ascii_lowercase();
    let marked = ["https://", "http://", "www."].into_iter().filter_map(|mark| lower.find(mark)).min();
    let start = match marked {
        Some(start) => start,
        None if is_domain(text) => lower.find(|sign: char| sign.is_alphanumeric()).unwrap_or_default(),
        None => return,
    };
    let url = text
        .get(start..)
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ';', ':', ')', ']', '>', '"', '\'', '|', '!']);
    if !url.contains('.') || url.len() < 5 {
        return;
    }
    let confidence = if marked.is_some() { 0.97 } else { 0.75 };
    found.push(Found {
        start: base + start,
        end: base + start + url.len(),
        value: Typed::Url(url.to_owned()),
        confidence,
    });
}

/// Whether a word is a name of a host, by its last part: `nordwind-shop.de`. "End.Of" are two words.
fn is_domain(word: &str) -> bool {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    let host = word.split('/').next().unwrap_or_default();
    let Some((first, last)) = host.rsplit_once('.') else { return false };
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    let is_even = *last == *last.to_lowercase() || !host.contains(char::is_lowercase);
    is_even
        && first.len() >= 2
        && first.split('.').all(is_label)
        && DOMAINS.contains(&last.to_lowercase().as_str())
        && first.contains(|sign: char| sign.is_alphabetic())
}

/// The telephone number that begins at a piece: the piece behind it, and how sure it is one.
fn phone(line: &Line<'_>, index: usize) -> Option<(usize, f32)> {
    let is_first = match line.class(index)? {
        Class::Digits => {
            line.is_start(index) && !index.checked_sub(1).is_some_and(|before| line.is_sign(before, "+(.,-/#"))
        }
        Class::Sign('+') => true,
        Class::Sign('(') => line.class(index + 1) == Some(Class::Digits) || line.is_sign(index + 1, "+"),
        _ => false,
    };
    if !is_first {
        return None;
    }
    let (mut digits, mut groups, mut end, mut at, mut signs) = (0, Vec::new(), index, index, 0);
    let mut is_closed = !line.is_sign(index, "(");
    while at < line.pieces.len().min(index + MAX_PHONE) {
        match line.class(at) {
            Some(Class::Digits) if digits + line.piece(at).len() <= *PHONE_DIGITS.end() => {
                digits += line.piece(at).len();
                groups.push(line.piece(at).len());
                end = at + 1;
            }
            Some(Class::Sign(')')) => (end, is_closed) = (at + 1, true),
            Some(Class::Sign('+')) if at == index || line.is_sign(index, "(") && at == index + 1 => {}
            Some(Class::Sign('-' | '.' | '/' | '–' | '(')) => signs += 1,
            Some(Class::Space | Class::Joint) if groups != [3, 3, 4] && !is_next(line, at + 1, digits) => {}
            _ => break,
        }
        at += 1;
    }
    if !is_closed
        || !PHONE_DIGITS.contains(&digits)
        || !line.is_end(end)
        || line.is_sign(end, "%,:@€$") && !line.is_end(end + 1)
    {
        return None;
    }
    Some((end, sure(line, index, &groups, signs)?))
}

/// Whether another telephone number begins at a piece, behind one of so many digits.
fn is_next(line: &Line<'_>, index: usize, digits: usize) -> bool {
    let is_trunk = line.piece(index).starts_with('0') && line.piece(index).len() > 2;
    is_trunk && digits >= USUAL_DIGITS || digits >= *PHONE_DIGITS.start() && line.is_sign(index, "+(")
}

/// How sure it is, by how it begins and how its digits are grouped.
fn sure(line: &Line<'_>, index: usize, groups: &[usize], signs: usize) -> Option<f32> {
    let first = line.piece(index);
    if first == "+" || first == "(" && line.is_sign(index + 1, "+") {
        return Some(0.95);
    }
    // Three numbers of a date.
    if let [1..=2 | 4, 1..=2, 2 | 4] = groups
        && signs == 2
    {
        return None;
    }
    Some(match groups {
        _ if first == "(" => 0.85,
        [3, 3, 4] => 0.85,
        [1, 3, 3, 4] if first == "1" => 0.85,
        [_] => 0.2,
        // Pairs, as in France; and numbers of trunk lines.
        [2, 2, 2, 2, 2] => 0.9,
        // Of Mexico, of towns of Spain, and the numbers of Australia that cost nothing or the same from everywhere.
        [2, 4, 4] | [2, 3, 2, 2] if !first.starts_with('0') => 0.6,
        [4, 3, 3] if matches!(first, "1300" | "1800") => 0.8,
        [3, 2, 2, 2] | [3, 3, 3] if !first.starts_with('0') => 0.55,
        _ if first.starts_with("00") => 0.85,
        _ if first.starts_with('0') => 0.7,
        _ => return None,
    })
}
