//! Labels with one value.

use std::collections::BTreeSet;

use super::form::Form;
use super::{MAX_FIELDS, Seen, Shape, name};
use crate::lexicon::Concept;
use crate::value::Locale;
use crate::view::{Pair, Relation, Span, View};

/// Pairs that are looked at: a document of some hundred pages has so many.
const MAX_PAIRS: usize = 20_000;
/// Letters of a value: a longer text is a paragraph.
const MAX_VALUE: usize = 200;
/// Words of a value after which a full stop ends a sentence.
const SENTENCE_WORDS: usize = 3;

/// The fields of a document outside its lists. `taken` are the lines of those.
pub(super) fn fields(view: &View, taken: &BTreeSet<usize>, locale: &Locale) -> Vec<Seen> {
    let mut fields: Vec<Seen> = Vec::new();
    let (mut named, mut labels) = (BTreeSet::new(), BTreeSet::new());
    let pairs = view.pairs().into_iter().take(MAX_PAIRS);
    for pair in pairs.filter(|pair| !taken.contains(&pair.value.line) && !taken.contains(&pair.label.line)) {
        // A value has one label, the likeliest; and what names a value is none itself.
        if named.contains(&pair.value) || labels.contains(&pair.label) || labels.contains(&pair.value) {
            continue;
        }
        let Some(seen) = field(view, &pair, locale) else { continue };
        named.insert(pair.value);
        labels.insert(pair.label);
        if fields.iter().all(|field| field.name != seen.name) {
            fields.push(seen);
        }
        if fields.len() >= MAX_FIELDS {
            break;
        }
    }
    fields
}

fn field(view: &View, pair: &Pair, locale: &Locale) -> Option<Seen> {
    let label = name::label(view.text(pair.label))?;
    let value = view.text(pair.value).trim();
    if !is_value(value) || value.chars().count() > MAX_VALUE {
        return None;
    }
    let concept = name::concept(label);
    // "Total: see below" says nothing; but of a label with a colon whose meaning is mistaken, its words are the name.
    let (concept, form) = match Form::of(value, concept, locale) {
        Some(form) => (concept, form),
        None if pair.relation == Relation::Colon => (None, Form::of(value, None, locale)?),
        None => return None,
    };
    let is_long = value.split_whitespace().nth(SENTENCE_WORDS).is_some();
    let is_sentence = concept.is_none() && value.ends_with('.') && (is_long || value.starts_with(char::is_lowercase));
    if is_sentence || !is_told(view, pair, concept, form) {
        return None;
    }
    // A date or a count before other words is of an item, and no name.
    if concept.is_none() && label.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let name = concept.map(|concept| concept.name().to_owned()).or_else(|| name::of_label(label))?;
    Some(Seen { name, labels: vec![label.to_owned()], concept, shape: Shape::One(form), is_usual: false })
}

/// A value has a letter or a digit, and does not lead to the next one.
fn is_value(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !text.ends_with([':', '：'])
}

/// Whether the label tells what the value is: the less their places say, the more their words must.
fn is_told(view: &View, pair: &Pair, concept: Option<Concept>, form: Form) -> bool {
    let is_alone = is_first(view, pair.label);
    match pair.relation {
        // In the middle of a sentence a colon is a stop.
        Relation::Colon => concept.is_some() || is_alone || starts_large(view.text(pair.label)),
        Relation::Left | Relation::RowHeader => {
            let grid = view.grid_of(pair.value.line);
            let is_cell = grid.is_some_and(|grid| grid.columns == 2);
            // What stands left of a cell under a header is a value itself.
            let is_headed = grid.is_some_and(|grid| grid.header_rows > 0);
            concept.is_some() || (!is_headed && is_alone && (form.is_typed() || is_cell))
        }
        Relation::Before | Relation::Above | Relation::Previous | Relation::ColumnHeader => {
            // A value that is a label itself is the next one of a stack of labels.
            let is_label = name::label(view.text(pair.value)).and_then(name::concept).is_some();
            concept.is_some() && (form.is_typed() || !is_label)
        }
        Relation::Under | Relation::Heading => false,
    }
}

/// Whether a label starts its line.
fn is_first(view: &View, label: Span) -> bool {
    view.lines.get(label.line).is_some_and(|line| {
        line.text.get(..label.start).is_some_and(|before| !before.chars().any(char::is_alphanumeric))
    })
}

fn starts_large(label: &str) -> bool {
    label.trim_start().starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit())
}
