//! Which lines of a block are of its address: from the building over the street and the town to the country.

use std::ops::Range;

use super::address;
use super::attention;
use super::company::has_legal_form;
use super::reading::Reading;
use crate::value::Typed;
use crate::view::Span;

/// Lines over one that is but the code of a town: the town and the street.
const OVER_CODE: usize = 2;

/// Of the lines of a block those that are of its address, if there are any. The first `names` are of a name.
pub(super) fn lines(reading: &Reading, spans: &[Span], names: usize) -> Option<Range<usize>> {
    let text = |at: usize| spans.get(at).map_or("", |span| reading.text(*span).trim());
    let is_line = |span: &Span| address::is_line(reading.text(*span));
    let (mut first, mut last) = (spans.iter().position(is_line)?, spans.iter().rposition(is_line)?);
    // Right over the town stands the street, whatever its name ends in.
    let is_alone = first == last;
    let is_code = address::is_code(text(first));
    let from = first;
    while let Some(over) = first.checked_sub(1).filter(|&over| over >= names) {
        let is_street = is_alone && over + 1 == from && is_numbered(text(over));
        let is_of_code = is_code && from - over <= OVER_CODE && is_plain(text(over));
        if !is_street && !is_of_code && !is_place(text(over)) {
            break;
        }
        first = over;
    }
    if spans.get(last + 1).is_some_and(|span| is_country(reading, *span)) {
        last += 1;
    }
    Some(first..last + 1)
}

/// Whether a piece of text is a country and nothing else: its name, or its two letters behind a town.
pub(super) fn is_country(reading: &Reading, span: Span) -> bool {
    let text = reading.text(span).trim();
    let is_code = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut values = reading.values_of(span.line).iter();
    is_code
        || values.any(|typed| {
            matches!(typed.value, Typed::Country { .. })
                && reading.text(typed.span) == text
                && typed.span.start >= span.start
        })
}

/// Whether a line is words with the number of a house before or behind them.
pub(super) fn is_numbered(text: &str) -> bool {
    let words: Vec<&str> = text.trim_end_matches(',').split_whitespace().collect();
    let is_number = |word: Option<&&str>| {
        word.is_some_and(|word| word.len() <= 5 && word.starts_with(|sign: char| sign.is_ascii_digit()))
    };
    (2..=6).contains(&words.len())
        && text.starts_with(|sign: char| sign.is_uppercase() || sign.is_ascii_digit())
        && (is_number(words.first()) || is_number(words.last()))
        && is_plain(text)
}

/// Whether a line has nothing that a line of an address has not: the words of a label, a person that is addressed.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains([':', '@', '%']) && !has_legal_form(text) && attention::addressee(text).is_none()
}

/// Whether a line names a part of a building or of a town, or a way, though it has no number of a house.
pub(super) fn is_place(text: &str) -> bool {
    let words = || text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words().next().map(str::to_lowercase).unwrap_or_default();
    let last = text.split_whitespace().last().map(str::to_lowercase).unwrap_or_default();
    let has_number = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_part = |word: &str| PARTS.contains(&word.to_lowercase().as_str());
    let is_way = address::is_way(&first) || address::is_way(&last);
    is_plain(text)
        && words().count() <= 8
        && (PLACES.contains(&first.as_str()) || has_number && words().any(is_part) || is_way && words().count() > 1)
}

/// First words of lines that say where in a town something is.
const PLACES: &[&str] = &[
    "zone",
    "za",
    "zi",
    "zac",
    "parc",
    "résidence",
    "residence",
    "bâtiment",
    "bâti",
    "immeuble",
    "lotissement",
    "hameau",
    "lieu",
    "polígono",
    "poligono",
    "edificio",
    "urbanización",
    "urbanizacion",
    "urb",
    "lugar",
    "barrio",
    "gebäude",
    "haus",
    "hinterhaus",
    "vorderhaus",
    "gewerbepark",
    "gewerbegebiet",
    "industriepark",
    "suite",
    "building",
    "floor",
    "unit",
];
/// Words beside a number that say where in a building something is.
const PARTS: &[&str] = &[
    "suite",
    "ste",
    "unit",
    "floor",
    "fl",
    "building",
    "bldg",
    "apt",
    "apartment",
    "appt",
    "appartement",
    "étage",
    "etage",
    "bâtiment",
    "bât",
    "escalier",
    "esc",
    "porte",
    "local",
    "nave",
    "piso",
    "planta",
    "puerta",
    "etg",
    "stock",
    "stiege",
    "top",
    "haus",
    "halle",
    "tor",
    "werk",
    "pmb",
    "room",
    "box",
    "bp",
    "cs",
    "tsa",
];
