//! What the instructions ask for.

use std::collections::BTreeSet;

use super::{Seen, Shape};
use crate::lexicon::{self, Concept};

/// Bytes of instructions that are read.
const MAX_BYTES: usize = 4_000;
/// A phrase means a concept from here on.
const MEANS: f32 = 0.8;

/// Keeps the fields that the instructions name. Instructions that name none say something else: all are kept.
pub(super) fn keep(fields: &mut Vec<(Seen, bool)>, instructions: &str) {
    let end = instructions.floor_char_boundary(MAX_BYTES);
    let wanted = Wanted::of(instructions.get(..end).unwrap_or_default());
    let kept: Vec<(Seen, bool)> =
        fields.iter().filter_map(|(field, is_always)| wanted.part(field, *is_always)).collect();
    if !kept.is_empty() {
        *fields = kept;
    }
}

struct Wanted {
    words: BTreeSet<String>,
    concepts: BTreeSet<Concept>,
}

impl Wanted {
    fn of(instructions: &str) -> Self {
        // "The invoice number, the total and the due date": each phrase by itself.
        let spaced = [" and ", " und ", " et ", " y ", " or "]
            .iter()
            .fold(instructions.to_owned(), |text, word| text.replace(word, ", "));
        let phrases = spaced.split([',', ';', '.', ':', '\n', '(', ')']);
        let meant = phrases.flat_map(|phrase| lexicon::concepts_of_field(phrase, None, None).into_iter().take(1));
        let concepts = meant.filter(|(_, score)| *score >= MEANS).map(|(concept, _)| concept).collect();
        Self { words: words(instructions).collect(), concepts }
    }

    /// What of a field is asked for: of a list by its own name all of it, else the columns that are named.
    fn part(&self, field: &Seen, is_always: bool) -> Option<(Seen, bool)> {
        if self.names(field) {
            return Some((field.clone(), is_always));
        }
        let Shape::Rows(columns) = &field.shape else { return None };
        let columns: Vec<(Seen, bool)> = columns.iter().filter(|(column, _)| self.names(column)).cloned().collect();
        let only = Seen { shape: Shape::Rows(columns.clone()), ..field.clone() };
        (!columns.is_empty()).then_some((only, is_always))
    }

    fn names(&self, field: &Seen) -> bool {
        let has = |text: &str| {
            let mut words = words(text).peekable();
            words.peek().is_some() && words.all(|word| self.words.contains(&word))
        };
        field.concept.is_some_and(|concept| self.concepts.contains(&concept))
            || has(&field.name)
            || field.labels.iter().any(|label| has(label))
    }
}

/// The words of a text as they are compared: one and many alike.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(lexicon::fold).map(|word| match (word.strip_suffix("ies"), word.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => word,
    })
}
