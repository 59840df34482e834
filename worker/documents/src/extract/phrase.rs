//! Phrases: pieces of text that may be the value of a field of text.

use super::company::{begins_name, has_legal_form};
use super::deed;
use super::legend;
use super::paragraph::sentence_end;
use super::reading::Reading;
use super::wording::{NUMBERS, UNITS};
use crate::lexicon::fold;
use crate::value::Kind;
use crate::view::{Label, Relation, Span};

/// Lines that are searched for values of text.
const MAX_LINES: usize = 6_000;
/// Words of a line that may be its label without a colon.
const LABEL_WORDS: usize = 4;
/// Words of one that is known.
const MOST_LABEL_WORDS: usize = 6;
/// A line of more words is a sentence.
const MAX_WORDS: usize = 14;
/// More words than this behind one that may be a label are the rest of its sentence, if the line is of a paragraph.
const VALUE_WORDS: usize = 5;

/// A piece of text with what may name it.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) span: Span,
    pub(crate) labels: Vec<Label>,
    /// Whether it is a line to itself, and not what follows a label on its line.
    pub(crate) is_line: bool,
}

/// The phrases of a document.
pub(crate) fn phrases(reading: &Reading) -> Vec<Phrase> {
    let view = &reading.view;
    let mut phrases = Vec::new();
    for line in (0..reading.lines().min(MAX_LINES)).filter(|&line| !reading.legends.is_label(line)) {
        if let Some(start) = reading.legends.value_start(line) {
            phrases.extend(inline(reading, line, start));
            continue;
        }
        let after_colons = view.after_colons(line);
        for &span in &after_colons {
            // What a label names ends with its sentence.
            let end = sentence_end(view.text(span)).map_or(span.end, |end| span.start + end);
            let end = closing_of(view.text(view.whole(line)), span.start).map_or(end, |close| end.min(close));
            let span = Span { end, ..span };
            phrases.push(Phrase { span, labels: view.labels(span), is_line: false });
        }
        if after_colons.is_empty() {
            let span = view.whole(line);
            if !view.text(span).trim_end().ends_with(':') {
                phrases.push(Phrase { span, labels: view.labels(span), is_line: true });
            }
            if view.lines.get(line).is_some_and(|line| line.heading.is_none()) {
                push_splits(reading, line, &mut phrases);
            }
        }
    }
    phrases
}

/// Where the parenthesis closes that a place of a text stands in: "(notice: one month). A copy".
fn closing_of(text: &str, at: usize) -> Option<usize> {
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let is_within = before.rfind('(') > before.rfind(')');
    let close = after.find(')').filter(|&close| after.find('(').is_none_or(|open| open > close))?;
    is_within.then_some(at + close)
}

/// The value of a line that is a label and its value.
fn inline(reading: &Reading, line: usize, start: usize) -> Option<Phrase> {
    let text = reading.text(reading.view.whole(line));
    let label = Span { line, start: 0, end: text.get(..start)?.trim_end().len() };
    let span = Span { line, start, end: start + clause(text.get(start..)?).len() };
    let label = Label { span: label, relation: Relation::Before, nearness: 1.0 };
    Some(Phrase { span, labels: vec![label], is_line: false })
}

/// Behind the words in small letters that stand before a name, which go on with its label: "opened by Ann Lee". A value
/// that is all in small letters, or begins with the word of a street, stays whole.
pub(super) fn after_small_words(text: &str, start: usize) -> usize {
    let value = text.get(start..).unwrap_or_default();
    let is_small = |word: &&str| word.chars().all(|sign| sign.is_lowercase() || "./()-'’".contains(sign));
    if value.split_whitespace().next().is_none_or(|first| WAYS.contains(&first) || !is_small(&first)) {
        return start;
    }
    let rest = value.split_whitespace().find(|word| !is_small(word));
    let is_name = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    rest.filter(is_name).map_or(start, |word| word.as_ptr() as usize - text.as_ptr() as usize)
}

/// The line cut after each of its first words, which may be a label without a colon.
fn push_splits(reading: &Reading, line: usize, phrases: &mut Vec<Phrase>) {
    let text = reading.text(reading.view.whole(line));
    let starts: Vec<usize> = text
        .split_whitespace()
        .map(|word| word.as_ptr() as usize - text.as_ptr() as usize)
        .take(MAX_WORDS + 1)
        .collect();
    if starts.len() > MAX_WORDS || is_way(text) || super::party::is_known_label(text) {
        return;
    }
    // In the midst of a sentence no label begins: "will take about | 30 days".
    if is_running(reading, line) && text.starts_with(char::is_lowercase) {
        return;
    }
    // What a dash parts from its label is all that the label names.
    let dashed = DASHES.iter().filter_map(|dash| text.find(dash)).min().unwrap_or(0);
    let known = legend::split_at_label(text, &starts);
    for (words, &start) in (1..).zip(starts.iter().skip(1)).take(MOST_LABEL_WORDS) {
        // Of several labels that a line may begin with the longest one is meant.
        if start <= dashed || known.is_some_and(|known| start < known) || words > LABEL_WORDS && known != Some(start) {
            continue;
        }
        let label = Span { line, start: 0, end: text.get(..start).map_or(0, |label| label.trim_end().len()) };
        let Some(value) = text.get(start..).map(after_verb) else { continue };
        let start = text.len() - value.len();
        let span = Span { line, start, end: start + clause(value).len() };
        if value.split_whitespace().count() > VALUE_WORDS && is_running(reading, line) {
            continue;
        }
        let name = text.get(..label.end).unwrap_or_default();
        let is_listed = name.ends_with([',', '/', '-']) || legend::ends_open(name);
        // "Postcode of residence 27575" says of what it is, then the code.
        let is_of_code = legend::ends_in_of(name) && {
            let has_digits = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
            let mut words = value.split_whitespace();
            words.next().is_some_and(|first| !has_digits(first)) && words.any(has_digits)
        };
        // `83 Market Square` is no `Square` of an `83 Market`, `Maison Martin SARL` no `Martin SARL` of a shop.
        let is_of_name =
            name.starts_with(|sign: char| sign.is_ascii_digit()) || has_legal_form(value) && is_begun(name);
        // "Kündigung | mit Frist von": what is left of a label is no value.
        if is_listed
            || is_of_name
            || is_of_code
            || deed::is_open(value)
            || value.split_whitespace().next().is_none_or(|first| LINKS.contains(&first))
        {
            continue;
        }
        let label = Label { span: label, relation: Relation::Before, nearness: 1.0 };
        phrases.push(Phrase { span, labels: vec![label], is_line: false });
    }
}

/// Whether a line goes on from the last one of its block, or on to the next one, in a small letter: as sentences do.
fn is_running(reading: &Reading, line: usize) -> bool {
    let view = &reading.view;
    let block = view.lines.get(line).map(|line| line.block);
    let is_of_block = |other: usize| view.lines.get(other).map(|line| line.block) == block;
    let goes_on = |line: usize| reading.text(view.whole(line)).chars().next().is_some_and(char::is_lowercase);
    let others = [line.checked_sub(1), Some(line + 1)].into_iter().flatten();
    others.into_iter().any(is_of_block) && (goes_on(line) || is_of_block(line + 1) && goes_on(line + 1))
}

/// Whether the first word of a line is that of a street, which is part of its name: "calle Real 15".
fn is_way(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|first| WAYS.contains(&first)) && super::address::is_line(text)
}

const WAYS: &[&str] = &[
    "calle",
    "avenida",
    "paseo",
    "plaza",
    "camino",
    "carretera",
    "ronda",
    "travesía",
    "rue",
    "avenue",
    "place",
    "route",
    "chemin",
    "cours",
    "impasse",
    "allée",
    "quai",
    "boulevard",
];
/// Words that go on with a label: what they begin is no value.
const LINKS: &[&str] = &[
    "of",
    "and",
    "to",
    "for",
    "the",
    "de",
    "du",
    "des",
    "et",
    "la",
    "le",
    "der",
    "die",
    "und",
    "zu",
    "y",
    "del",
    "el",
    "no.",
    "no",
    "nr.",
    "nr",
    "number",
    "nº",
    "n°",
    "#",
    "%",
    "/",
    "&",
    "-",
    "–",
    "history",
    "experience",
    "details",
    "information",
    "data",
    "summary",
    "name",
    "nom",
    "nombre",
    "person",
];
/// Marks between a label and what it names.
const DASHES: &[&str] = &[" – ", " — "];

/// Whether a label before the form of a company is the beginning of its name: "Meridian Technical Services | Group plc".
fn is_begun(label: &str) -> bool {
    let is_capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let is_label = super::party::is_known_label(label) || deed::role_of(label, false).is_some();
    begins_name(label) || label.split_whitespace().count() > 1 && label.split_whitespace().all(is_capital) && !is_label
}

/// A value up to the mark behind which the next one of its line stands, without its last full stop if that is of a
/// sentence.
fn clause(value: &str) -> &str {
    let end = [" · ", " | ", " • "].iter().filter_map(|mark| value.find(mark)).min().unwrap_or(value.len());
    let value = value.get(..end).unwrap_or_default().trim_end();
    if has_legal_form(value) { value } else { value.trim_end_matches('.') }
}

/// Verbs between what is said and what is said of it.
const VERBS: &[&str] = &["is ", "are ", "est ", "sont ", "ist ", "beträgt ", "lautet ", "es ", "será "];

/// A text without the verb that it begins with.
fn after_verb(text: &str) -> &str {
    VERBS.iter().find_map(|verb| text.strip_prefix(verb)).unwrap_or(text)
}

/// How well a phrase is the name of a person or of an organization.
pub(crate) fn name_fit(reading: &Reading, span: Span) -> f32 {
    let text = reading.text(span).trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = text.chars().filter(|sign| sign.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if words.is_empty()
        || words.len() > 9
        || letters < 2
        || digits > letters / 2
        || text.contains(['@', '%', '€', '$', '£', ':', '“', '„', '«'])
    {
        return 0.0;
    }
    let is_value = reading.values_of(span.line).iter().any(|typed| {
        // The year in the name of a company is read as a sum without a currency too.
        let is_plain = has_legal_form(text) && matches!(typed.value, crate::value::Typed::Money { currency: None, .. });
        let is_other =
            !is_plain && !matches!(typed.value.kind(), Kind::Identifier | Kind::Number | Kind::Country | Kind::Bool);
        is_other && typed.span.start < span.end && typed.span.end > span.start
    });
    if is_value || super::address::is_town(text) || super::title::is_title(text) {
        return 0.1;
    }
    if deed::is_open(text) || !has_legal_form(text) && deed::role_of(text, false).is_some() {
        return 0.1;
    }
    let is_cut = text.starts_with(char::is_lowercase) && is_said(&words) && !has_legal_form(text);
    if is_cut || is_form_only(&words) || is_duration(&words) {
        return 0.1;
    }
    let capitals = words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count();
    let is_sentence = text.ends_with('.') && words.len() > 4 && !has_legal_form(text);
    let base: f32 = if capitals == 0 || is_sentence || is_said(&words) { 0.3 } else { 0.9 };
    let long = if words.len() > 6 { 0.8 } else { 1.0 };
    match has_legal_form(text) {
        // "which Hollis Ltd orders", "par Lavergne SAS": a piece of a sentence.
        true if is_piece(&words) => 0.5,
        true => 1.0,
        false => base * long,
    }
}

/// Whether words are the form of a company without its name: what is left behind a part of it.
fn is_form_only(words: &[&str]) -> bool {
    matches!(words, [only] if has_legal_form(only)) && words.iter().all(|word| word.chars().count() > 1)
}

/// Whether words are a span of time: "ein Monat", "two weeks".
fn is_duration(words: &[&str]) -> bool {
    let [number, unit] = words else { return false };
    NUMBERS.contains(&fold(number).as_str()) && UNITS.iter().any(|known| fold(unit).starts_with(known))
}

/// Whether words are those of a sentence: it has several small ones that are no particles of names.
fn is_said(words: &[&str]) -> bool {
    let is_small = |word: &&&str| word.chars().next().is_some_and(char::is_lowercase) && word.chars().count() > 3;
    words.iter().filter(is_small).count() >= SMALL_WORDS
}

/// Small words that a name has no more of.
const SMALL_WORDS: usize = 3;

/// Whether words begin within a sentence: in small letters throughout the first word, which is no particle of names.
fn is_piece(words: &[&str]) -> bool {
    let first = words.first().copied().unwrap_or_default();
    first.chars().all(char::is_lowercase) && !matches!(first, "de" | "von" | "van" | "zu" | "du" | "la" | "le" | "el")
}
