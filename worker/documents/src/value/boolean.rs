//! Yes and no: boxes that are ticked, and words.

use super::text::{Class, Line};
use super::{Found, Typed};
use crate::lexicon::fold;

/// Boxes and ticks, whether they say yes, and how surely. A cross in a box ticks it; a cross alone may as well strike out.
const MARKS: &[(char, bool, f32)] = &[
    ('☑', true, 0.97),
    ('☒', true, 0.93),
    ('✓', true, 0.95),
    ('✔', true, 0.95),
    ('✅', true, 0.95),
    ('🗹', true, 0.95),
    ('🗷', true, 0.9),
    ('■', true, 0.5),
    ('◉', true, 0.85),
    ('☐', false, 0.93),
    ('□', false, 0.8),
    ('◯', false, 0.6),
    ('✗', false, 0.6),
    ('✘', false, 0.6),
    ('❌', false, 0.7),
];
/// Words, folded.
const WORDS: &[(&str, bool)] = &[
    ("yes", true),
    ("true", true),
    ("oui", true),
    ("vrai", true),
    ("ja", true),
    ("wahr", true),
    ("si", true),
    ("verdadero", true),
    ("no", false),
    ("false", false),
    ("non", false),
    ("faux", false),
    ("nein", false),
    ("falsch", false),
    ("falso", false),
];

pub(super) fn find(line: &Line<'_>, found: &mut Vec<Found>) {
    for index in 0..line.pieces.len() {
        match line.class(index) {
            Some(Class::Sign('[' | '(')) => bracket(line, index, found),
            Some(Class::Sign(sign)) => {
                if let Some((_, is_true, confidence)) = MARKS.iter().find(|(mark, ..)| *mark == sign) {
                    push(line, index, index + 1, *is_true, *confidence, found);
                }
            }
            Some(Class::Letters) => word(line, index, found),
            _ => {}
        }
    }
}

/// [x], [ ], (x), and [] as recognised
fn bracket(line: &Line<'_>, index: usize, found: &mut Vec<Found>) {
    let is_square = line.is_sign(index, "[");
    let close = if is_square { "]" } else { ")" };
    let inner = line.piece(index + 1);
    if line.is_sign(index + 1, close) && is_square {
        push(line, index, index + 2, false, 0.7, found);
    } else if line.is_sign(index + 2, close) {
        match inner {
            "x" | "X" | "✓" | "✔" | "✗" | "✘" | "×" => push(line, index, index + 3, true, 0.93, found),
            " " | "_" => push(line, index, index + 3, false, 0.85, found),
            _ => {}
        }
    }
}

/// A word that is all there is, or all behind a colon, is an answer; in a sentence it is not.
fn word(line: &Line<'_>, index: usize, found: &mut Vec<Found>) {
    // The longest of them, and one accent.
    let folded = Some(line.piece(index)).filter(|word| word.len() <= 10).map(fold);
    let Some((_, is_true)) = WORDS.iter().find(|(word, _)| folded.as_deref() == Some(*word)) else { return };
    let before = line.slice(0, line.start(index)).trim_end();
    let behind = line.slice(line.end_before(index + 1), line.text.len()).trim_start();
    let is_answer = before.is_empty() || before.ends_with([':', '?', '|']);
    let is_end = behind.trim_end_matches(['.', '!', ',', ' ']).is_empty();
    let confidence = match (is_answer, is_end) {
        // "No." before a number is none.
        (true, true) if !behind.starts_with('.') => 0.93,
        (_, true) if !behind.starts_with('.') => 0.6,
        (true, _) if behind.starts_with([',', ';']) => 0.6,
        _ => return,
    };
    push(line, index, index + 1, *is_true, confidence, found);
}

fn push(line: &Line<'_>, start: usize, end: usize, is_true: bool, confidence: f32, found: &mut Vec<Found>) {
    found.push(Found { start: line.start(start), end: line.end_before(end), value: Typed::Bool(is_true), confidence });
}
