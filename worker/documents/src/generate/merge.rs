//! What several documents say, put together.

use super::{Seen, Shape};

/// From so many documents on, what one of them alone labels in words that are not known is its own affair.
const MANY: usize = 3;
/// Labels of a field that are told.
const MAX_LABELS: usize = 3;

/// The fields of all documents, each with whether all have it.
pub(super) fn merge(documents: Vec<Vec<Seen>>) -> Vec<(Seen, bool)> {
    let count = documents.len();
    let mut fields: Vec<(Seen, usize)> = Vec::new();
    for seen in documents.into_iter().flatten() {
        match fields.iter_mut().find(|(known, _)| known.name == seen.name) {
            Some((known, times)) => {
                add(known, seen);
                *times += 1;
            }
            None => fields.push((seen, 1)),
        }
    }
    fields.retain(|(seen, times)| {
        let is_known = seen.concept.is_some() || matches!(seen.shape, Shape::Rows(_));
        is_known || *times > 1 || count < MANY
    });
    fields.into_iter().map(|(seen, times)| (seen, times >= count)).collect()
}

/// Makes room in a field for what else was seen under its name.
pub(super) fn add(known: &mut Seen, other: Seen) {
    for label in other.labels {
        if known.labels.len() < MAX_LABELS && !known.labels.contains(&label) {
            known.labels.push(label);
        }
    }
    known.concept = known.concept.or(other.concept);
    match (&mut known.shape, other.shape) {
        (Shape::One(form), Shape::One(other)) => *form = form.or(other),
        (Shape::Rows(fields), Shape::Rows(others)) => add_fields(fields, others),
        // A list and a value of the same name: the list says more.
        (shape @ Shape::One(_), rows @ Shape::Rows(_)) => *shape = rows,
        (Shape::Rows(_), Shape::One(_)) => {}
    }
}

fn add_fields(fields: &mut Vec<(Seen, bool)>, others: Vec<(Seen, bool)>) {
    for (known, is_always) in fields.iter_mut() {
        *is_always &= others.iter().any(|(other, is_always)| *is_always && other.name == known.name);
    }
    for (other, _) in others {
        match fields.iter_mut().find(|(known, _)| known.name == other.name) {
            Some((known, _)) => add(known, other),
            None => fields.push((other, false)),
        }
    }
}
