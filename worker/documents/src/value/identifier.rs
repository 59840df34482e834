//! Numbers of documents, accounts and things: digits, often with letters and signs among them.

use super::text::{Class, Line};
use super::{Found, Typed, currency};

/// The longest identifier: two UUIDs.
const MAX_LENGTH: usize = 72;
/// Signs that identifiers have within them.
const INNER: &str = "-/._:#\\+*&";
/// Letters before an identifier that belong to it although a space is between: RE 2026-118.
const MAX_PREFIX: usize = 4;

/// Groups of digits that one identifier has at the most; a row of a table has as many numbers.
const MAX_GROUPS: usize = 6;
/// How sure it is that groups of digits are one.
const SPACED: f32 = 0.5;

pub(super) fn find(line: &Line<'_>, found: &mut Vec<Found>) {
    spaced(line, found);
    for (number, chunk) in line.chunks.iter().enumerate() {
        let Some((start, end)) = core(line, *chunk) else { continue };
        let Some(confidence) = confidence(line, start, end) else { continue };
        push(line, start, end, confidence, found);
        // Of "No: RE-5" the identifier is what stands behind the colon.
        if let Some(colon) = (start..end).rev().find(|index| line.is_sign(*index, ":#"))
            && let Some(behind) = self::confidence(line, colon + 1, end)
            && line.class(start) == Some(Class::Letters)
        {
            push(line, colon + 1, end, behind, found);
        }
        if let Some(before) = number.checked_sub(1).and_then(|before| line.chunks.get(before))
            && is_prefix(line, *before)
            && confidence > 0.25
        {
            push(line, before.0, end, confidence * 0.55, found);
        }
    }
}

/// Groups of digits with spaces between: 123 456 789.
fn spaced(line: &Line<'_>, found: &mut Vec<Found>) {
    let is_group = |chunk: &(usize, usize)| {
        chunk.1 == chunk.0 + 1 && line.class(chunk.0) == Some(Class::Digits) && line.piece(chunk.0).len() > 1
    };
    for groups in line.chunks.chunk_by(|a, b| is_group(a) == is_group(b)) {
        let [first, .., last] = groups else { continue };
        let digits: usize = groups.iter().map(|chunk| line.piece(chunk.0).len()).sum();
        if is_group(first) && groups.len() <= MAX_GROUPS && digits > 4 {
            push(line, first.0, last.1, SPACED, found);
        }
    }
}

fn push(line: &Line<'_>, start: usize, end: usize, confidence: f32, found: &mut Vec<Found>) {
    let (start, end) = (line.start(start), line.end_before(end));
    let text = line.slice(start, end);
    if text.len() <= MAX_LENGTH {
        found.push(Found { start, end, value: Typed::Identifier(text.to_owned()), confidence });
    }
}

/// What stands between spaces, without the signs around it.
fn core(line: &Line<'_>, (mut start, mut end): (usize, usize)) -> Option<(usize, usize)> {
    while start < end && line.is_end(start) {
        start += 1;
    }
    while end > start && line.is_end(end - 1) {
        end -= 1;
    }
    let is_label = matches!(line.piece(start), "No" | "NO" | "no" | "Nr" | "NR" | "nr" | "N" | "n");
    if is_label && line.is_sign(start + 1, ".°º:#") && start + 2 < end {
        start += 2;
    }
    (start < end).then_some((start, end))
}

/// How likely these pieces are an identifier; nothing if they cannot be one.
fn confidence(line: &Line<'_>, start: usize, end: usize) -> Option<f32> {
    let (mut digits, mut letters, mut signs, mut points) = (0, 0, 0, 0);
    let (mut is_small, mut is_mixed, mut point) = (false, false, None);
    for index in start..end {
        let text = line.piece(index);
        match line.class(index)? {
            Class::Digits => digits += text.len(),
            Class::Letters => {
                letters += text.len();
                is_small |= text.chars().any(char::is_lowercase);
            }
            Class::Sign(sign @ ('.' | ',')) => {
                points += 1;
                is_mixed |= point.replace(sign).is_some_and(|before| before != sign);
            }
            Class::Sign(sign) if INNER.contains(sign) => signs += 1,
            _ => return None,
        }
    }
    if digits == 0 {
        return None;
    }
    let is_decimal = letters == 0 && signs == 0 && points > 0;
    Some(match (letters, signs) {
        // 12.50 and 1,234.50 are numbers, 12.345.678 may be one.
        _ if is_decimal && (points == 1 || is_mixed) => return None,
        _ if is_decimal => 0.35,
        (0, 0) if digits >= 5 => 0.75,
        (0, 0) if digits >= 3 => 0.6,
        (0, 0) => 0.25,
        (0, _) => 0.7,
        // 12x, 5kg, 3rd, and words with a footnote; but also Rg-2026-5.
        _ if is_small && digits <= 2 && signs == 0 => 0.2,
        _ if is_small => 0.6,
        _ if digits + letters >= 4 => 0.9,
        _ => 0.6,
    })
}

/// Whether these are a few capital letters.
fn is_prefix(line: &Line<'_>, chunk: (usize, usize)) -> bool {
    let text = line.of_chunk(&chunk);
    text.len() <= MAX_PREFIX
        && !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && !["NO", "NR", "CR", "DR", "VAT", "TEL", "FAX", "IBAN", "BIC", "DATE", "QTY", "PO", "ID"].contains(&text)
        && currency::at(line, chunk.0).is_none()
}
