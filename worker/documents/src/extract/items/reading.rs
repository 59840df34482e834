//! Reading: the text of a cell as what a field wants.

use serde_json::{Number, Value};

use crate::schema::{Field, Kind};
use crate::value::{self, Decimal, Locale, Typed};

/// How sure a value is that has the cell for itself.
const ALONE: f32 = 0.97;
/// How sure one is that shares it with words.
const AMONG_WORDS: f32 = 0.6;
/// How sure words are that are taken as they stand.
const WORDS: f32 = 0.93;
/// How sure words are where figures alone were meant for something else.
const FIGURES_AS_WORDS: f32 = 0.55;

/// A value in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) value: Value,
    /// Where it stands, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) confidence: f32,
}

/// The text as what the field wants, if it can be.
pub(super) fn read(field: &Field, text: &str, locale: &Locale) -> Option<Reading> {
    read_any(field, text, locale).filter(|reading| reading.value.as_str().is_none_or(|text| field.allows(text)))
}

fn read_any(field: &Field, text: &str, locale: &Locale) -> Option<Reading> {
    let start = text.len() - text.trim_start().len();
    let end = start + text.trim().len();
    let whole = text.get(start..end).filter(|whole| !whole.is_empty())?;
    if !whole.chars().any(char::is_alphanumeric) && !matches!(field.kind, Kind::Boolean) {
        return None;
    }
    match &field.kind {
        Kind::Number { integer, .. } => {
            let (number, start, end, confidence) = number(text, locale)?;
            let value = as_json(number, *integer)?;
            Some(Reading { value, start, end, confidence })
        }
        Kind::Boolean => {
            let found = value::read(text, value::Kind::Bool, locale)?;
            let Typed::Bool(is_true) = found.value else { return None };
            Some(Reading { value: is_true.into(), start: found.start, end: found.end, confidence: found.confidence })
        }
        Kind::Choice(choices) => {
            let folded = whole.to_lowercase();
            let chosen = choices.iter().find(|choice| said(choice).to_lowercase() == folded)?;
            Some(Reading { value: chosen.clone(), start, end, confidence: ALONE })
        }
        Kind::Text { format, .. } => match wanted_kinds(field, format.as_deref()) {
            [] => {
                let is_figure = number(text, locale).is_some_and(|(.., confidence)| confidence >= ALONE);
                let confidence = if is_figure { FIGURES_AS_WORDS } else { WORDS };
                Some(Reading { value: whole.into(), start, end, confidence })
            }
            kinds => typed(text, kinds, locale),
        },
        Kind::Any => match number(text, locale).filter(|(.., confidence)| *confidence >= ALONE) {
            Some((number, start, end, confidence)) => {
                let value = as_json(number, false)?;
                Some(Reading { value, start, end, confidence })
            }
            None => Some(Reading { value: whole.into(), start, end, confidence: WORDS }),
        },
        Kind::Object(_) | Kind::List(_) => None,
    }
}

/// The figure that a text is, or the last one in it.
pub(super) fn number(text: &str, locale: &Locale) -> Option<(Decimal, usize, usize, f32)> {
    let found = value::find(text, locale);
    let found = found.iter().filter_map(|found| Some((found.value.number()?, found.start, found.end)));
    // Of readings of the same figures the longest counts.
    let (number, start, end) = found.max_by_key(|(_, start, end)| (end - start, *end))?;
    let is_bare = |part: Option<&str>| part.is_some_and(|part| !part.chars().any(char::is_alphanumeric));
    let is_alone = is_bare(text.get(..start)) && is_bare(text.get(end..));
    Some((number, start, end, if is_alone { ALONE } else { AMONG_WORDS }))
}

/// A number of JSON: whole ones without a point.
pub(super) fn as_json(number: Decimal, integer: bool) -> Option<Value> {
    match number.integer() {
        Some(whole) => Some(Value::from(whole)),
        None if integer => None,
        None => Number::from_f64(number.nearest()).map(Value::Number),
    }
}

/// A choice as it would be written.
fn said(choice: &Value) -> String {
    choice.as_str().map_or_else(|| choice.to_string(), str::to_owned)
}

/// Kinds that a text field has a form of its own for.
fn wanted_kinds(field: &Field, format: Option<&str>) -> &'static [value::Kind] {
    match format {
        Some("date") => &[value::Kind::Date],
        Some("date-time") => &[value::Kind::DateTime, value::Kind::Date],
        Some("time") => &[value::Kind::Time],
        Some("email") => &[value::Kind::Email],
        Some("uri" | "url") => &[value::Kind::Url],
        Some("iban") => &[value::Kind::Iban],
        _ if field.name.to_lowercase().split(['_', '-']).any(|word| word == "iban") => &[value::Kind::Iban],
        _ => &[],
    }
}

fn typed(text: &str, kinds: &[value::Kind], locale: &Locale) -> Option<Reading> {
    let all = value::find(text, locale);
    let wanted = all.iter().filter(|found| kinds.contains(&found.value.kind()));
    let best =
        wanted.max_by(|a, b| (a.end - a.start).cmp(&(b.end - b.start)).then(a.confidence.total_cmp(&b.confidence)))?;
    let confidence = best.confidence.min(ALONE);
    Some(Reading { value: best.value.normal().into(), start: best.start, end: best.end, confidence })
}
