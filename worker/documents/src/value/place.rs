//! Countries, and currencies, by their names.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::text::{Class, Line};
use super::{Found, Typed, currency};
use crate::lexicon::fold;

/// ISO 3166 code, and names in English, French, German and Spanish with what they are also called.
const COUNTRIES: &str = include_str!("countries.tsv");
/// Words of the longest name.
const MAX_WORDS: usize = 5;

static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in COUNTRIES.lines() {
        let Some((code, rest)) = line.split_once('\t') else { continue };
        for name in rest.split('|') {
            names.insert(fold(name), code);
        }
    }
    names
});

pub(super) fn find(line: &Line<'_>, found: &mut Vec<Found>) {
    currency::find(line, found);
    let mut past = 0;
    for index in 0..line.pieces.len() {
        let is_capital = line.piece(index).starts_with(char::is_uppercase);
        if index < past || line.class(index) != Some(Class::Letters) || !is_capital || !line.is_start(index) {
            continue;
        }
        // The longest name that begins here: "Guinea" is the start of another.
        let (mut text, mut at) = (String::new(), index);
        let mut longest = None;
        for _ in 0..MAX_WORDS {
            if line.class(at) != Some(Class::Letters) {
                break;
            }
            text.push_str(&fold(line.piece(at)));
            if let Some(code) = NAMES.get(&text).filter(|_| line.is_end(at + 1)) {
                longest = Some((*code, at + 1));
            }
            let gap = line.piece(at + 1);
            text.push_str(if matches!(gap, " " | "-" | "'") { gap } else { break });
            at += 2;
        }
        if let Some((code, end)) = longest {
            let (start, end_of_text) = (line.start(index), line.end_before(end));
            let name = line.slice(start, end_of_text).to_owned();
            let confidence = if name.len() <= 3 { 0.6 } else { 0.9 };
            found.push(Found { start, end: end_of_text, value: Typed::Country { name, code }, confidence });
            past = end;
        }
    }
}
