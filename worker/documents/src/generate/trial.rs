//! A schema put to the documents that it was made of: what it does not find there is no field of theirs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Seen, Shape, object};
use crate::embed::Embedder;
use crate::extract::{Draft, Extraction, Reading, passes};
use crate::lexicon::Concept;
use crate::schema::{Caps, Schema};

/// Longer documents are not searched for every field that they may have.
const MAX_LINES: usize = 3_000;
/// What an extraction must be sure of to be a field that nothing labels.
const SURE: f64 = 0.6;

/// The fields that are found, each with whether all documents have it.
pub(super) fn kept(fields: Vec<(Seen, bool)>, readings: &[Reading], embedder: Option<&Embedder>) -> Vec<(Seen, bool)> {
    let is_short = readings.iter().all(|reading| reading.view.lines.len() <= MAX_LINES);
    let (true, Ok(schema)) = (is_short, Schema::compile(&object(&fields), &Caps::default())) else {
        return fields.into_iter().filter(|(seen, _)| !seen.is_usual).collect();
    };
    let pass = passes(1, 0);
    let drafts = readings.iter().flat_map(|reading| {
        let extraction = Extraction::new(reading, &schema, embedder);
        pass.iter().map(move |pass| extraction.answer(*pass)).collect::<Vec<_>>()
    });
    let mut trial = Trial { drafts: drafts.collect(), taken: BTreeSet::new() };
    // A period is the two days that it begins and ends on.
    for (seen, _) in fields.iter().filter(|(seen, _)| !seen.is_usual && seen.concept != Some(Concept::Period)) {
        let own: Vec<_> = trial.sources(&seen.name).collect();
        trial.taken.extend(own);
    }
    let kept: Vec<(Seen, bool)> = fields.into_iter().filter_map(|field| trial.field(field)).collect();
    let cells = trial.cells(&kept);
    let is_cell = |seen: &Seen| trial.sources(&seen.name).any(|source| cells.contains(&source));
    let columns: Vec<Seen> = kept.iter().flat_map(|(seen, _)| columns(seen)).cloned().collect();
    let is_column = |seen: &Seen| columns.iter().any(|column| column.concept == seen.concept);
    let has = |concept: Concept| kept.iter().any(|(seen, _)| seen.concept == Some(concept));
    let is_told = has(Concept::PeriodStart) && has(Concept::PeriodEnd);
    let is_spare = |seen: &Seen| {
        seen.concept == Some(Concept::Period) && is_told
            || matches!(seen.shape, Shape::One(_)) && is_cell(seen) && (seen.concept.is_none() || is_column(seen))
    };
    let spare: Vec<bool> = kept.iter().map(|(seen, _)| is_spare(seen)).collect();
    kept.into_iter().zip(spare).filter(|(_, is_spare)| !is_spare).map(|(field, _)| field).collect()
}

/// What the documents answer.
struct Trial {
    drafts: Vec<Draft>,
    /// Where the fields that are kept were found.
    taken: BTreeSet<(usize, String)>,
}

impl Trial {
    fn field(&mut self, (seen, is_always): (Seen, bool)) -> Option<(Seen, bool)> {
        let found = self.drafts.iter().filter(|draft| !is_blank(draft.value.get(&seen.name))).count();
        let is_everywhere = found == self.drafts.len();
        match &seen.shape {
            _ if !seen.is_usual => (found > 0).then_some((seen, is_always && is_everywhere)),
            Shape::One(_) => {
                let own: Vec<_> = self.sources(&seen.name).collect();
                let is_new = own.iter().all(|source| !self.taken.contains(source));
                let is_found = found > 0 && self.likelihood(&seen.name) >= SURE && is_new;
                self.taken.extend(own.into_iter().filter(|_| is_found));
                is_found.then_some((seen, is_everywhere))
            }
            Shape::Rows(columns) => {
                let columns = self.filled(&seen.name, columns);
                let is_table = columns.len() > 1;
                is_table.then_some((Seen { shape: Shape::Rows(columns), ..seen }, is_everywhere))
            }
        }
    }

    /// How likely the surest value is right.
    fn likelihood(&self, name: &str) -> f64 {
        self.drafts.iter().filter_map(|draft| draft.likelihoods.get(name)?.as_f64()).fold(0.0, f64::max)
    }

    /// Where each document says the value, as text that is the same for the same place.
    fn sources(&self, name: &str) -> impl Iterator<Item = (usize, String)> {
        self.drafts.iter().enumerate().filter_map(move |(at, draft)| {
            let source = draft.sources.get(name).filter(|source| source.is_object())?;
            Some((at, source.to_string()))
        })
    }

    /// Where the cells of the lists stand: what is said there of an item is said of nothing else.
    fn cells(&self, fields: &[(Seen, bool)]) -> BTreeSet<(usize, String)> {
        let lists = fields.iter().filter(|(seen, _)| matches!(seen.shape, Shape::Rows(_)));
        let rows = lists.flat_map(|(seen, _)| {
            let of_draft =
                |(at, draft): (usize, &Draft)| Some((at, draft.sources.get(&seen.name)?.as_array()?.clone()));
            self.drafts.iter().enumerate().filter_map(of_draft).collect::<Vec<_>>()
        });
        let cells = rows.flat_map(|(at, rows)| {
            let cells = rows.into_iter().filter_map(|row| row.as_object().cloned()).flatten();
            cells.map(move |(_, source)| (at, source.to_string())).collect::<Vec<_>>()
        });
        cells.collect()
    }

    /// The columns of a list that most rows have, each with whether all have it.
    fn filled(&self, name: &str, columns: &[(Seen, bool)]) -> Vec<(Seen, bool)> {
        let rows: Vec<&Value> =
            self.drafts.iter().filter_map(|draft| draft.value.get(name)?.as_array()).flatten().collect();
        let count = |column: &Seen| rows.iter().filter(|row| !is_blank(row.get(&column.name))).count();
        let counted = columns.iter().map(|(column, _)| (column, count(column)));
        let kept = counted.filter(|(_, count)| *count > 0 && 2 * count >= rows.len());
        kept.map(|(column, count)| (column.clone(), count == rows.len())).collect()
    }
}

/// What the rows of a list have.
fn columns(seen: &Seen) -> impl Iterator<Item = &Seen> {
    let columns = match &seen.shape {
        Shape::Rows(columns) => columns.as_slice(),
        Shape::One(_) => &[],
    };
    columns.iter().map(|(column, _)| column)
}

fn is_blank(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => true,
        Some(Value::Array(rows)) => rows.is_empty(),
        Some(_) => false,
    }
}
