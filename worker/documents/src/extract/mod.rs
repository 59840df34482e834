//! Extraction: the values that a schema asks for, each with its source and how likely it is right.
//!
//! ```text
//! Document ── reading: view, typed values ─┬─ phrases, parties
//! Schema ── leaves: want, role, matcher ───┴─► search: candidates by label, place, kind ──► fill ──► answer
//!        └─ lists ── items ─────────────────────────────────────────────────────────────────────────────┘
//! ```
//!
//! No value is made up: each is a text of the document in its normal form, or follows from others by a rule.

mod address;
mod answer;
pub(crate) mod arithmetic;
mod attention;
mod beside;
mod candidate;
mod choice;
mod company;
mod confidence;
mod contact;
mod cumulated;
mod dated;
mod dateline;
mod deed;
mod defined;
mod elsewhere;
mod fill;
mod footer;
mod habit;
mod head;
mod imprint;
pub(crate) mod items;
mod labelled;
mod leaf;
mod legend;
mod located;
mod naming;
mod normal;
mod paragraph;
mod party;
mod pass;
mod patterned;
mod payable;
mod person;
mod phrase;
mod prose;
mod range;
mod rated;
mod reading;
mod returned;
mod role;
mod search;
mod spoken;
mod sums;
mod tabled;
mod tick;
mod title;
mod titled;
mod vote;
mod want;
mod wording;

pub(crate) use self::answer::{Draft, unsatisfied};
use std::collections::BTreeMap;

use serde_json::Value;

use self::arithmetic::{Known, Ledger};
use self::fill::Filled;
use self::leaf::{Asked, Leaf, List};
use self::paragraph::Paragraph;
use self::party::Parties;
use self::pass::Pass;
pub(crate) use self::pass::passes;
use self::phrase::Phrase;
pub(crate) use self::reading::Reading;
use self::search::Search;
use self::sums::Sums;
use self::tabled::Tabled;
pub(crate) use self::vote::{Voted, vote};
use crate::embed::Embedder;
use crate::schema::{Kind, Schema};
use crate::value::Decimal;
use crate::view::Label;

/// A document and what is asked of it: what all passes share.
pub(crate) struct Extraction<'d> {
    reading: &'d Reading,
    schema: &'d Schema,
    asked: Asked<'d>,
    parties: Parties,
    phrases: Vec<Phrase>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Tabled>,
    sums: Sums,
    labels: Vec<Vec<Label>>,
    ledger: Ledger,
    embedder: Option<&'d Embedder>,
}

impl<'d> Extraction<'d> {
    pub(crate) fn new(reading: &'d Reading, schema: &'d Schema, embedder: Option<&'d Embedder>) -> Self {
        let tables: Vec<Tabled> = reading.view.grids.iter().map(|grid| Tabled::of(reading, grid)).collect();
        Self {
            reading,
            schema,
            asked: Asked::of(schema),
            parties: Parties::of(reading),
            phrases: phrase::phrases(reading),
            paragraphs: paragraph::paragraphs(reading),
            sums: Sums::of(reading, &tables),
            tables,
            labels: reading.values.iter().map(|typed| reading.view.labels(typed.span)).collect(),
            ledger: Ledger::of(
                &reading.view,
                reading.values.iter().filter_map(|typed| Some((typed.span, typed.value.number()?))),
            ),
            embedder,
        }
    }

    /// The answer of one pass.
    pub(crate) fn answer(&self, pass: Pass) -> Draft {
        let items: Vec<Vec<items::Row>> = self.asked.lists.iter().map(|list| self.items(list, pass)).collect();
        let mut ledger = self.ledger.clone();
        items.iter().for_each(|rows| push_sums(rows, &mut ledger));
        let search = Search {
            reading: self.reading,
            parties: &self.parties,
            phrases: &self.phrases,
            paragraphs: &self.paragraphs,
            tables: &self.tables,
            sums: &self.sums,
            labels: &self.labels,
            ledger: &ledger,
            embedder: self.embedder,
            pass,
        };
        let leaves = &self.asked.leaves;
        let candidates: Vec<_> = leaves.iter().map(|leaf| search.candidates(leaf)).collect();
        let filled = fill::fill(leaves, &candidates, pass);
        let mut draft = Draft::blank(self.schema);
        let view = &self.reading.view;
        for (leaf, filled) in leaves.iter().zip(&filled) {
            if let Some(Filled { candidate, confidence }) = filled {
                draft.set(view, &leaf.field.pointer, candidate.value.clone(), &candidate.spans, *confidence);
            }
        }
        derive(leaves, &filled, &ledger, &mut draft);
        for (list, rows) in self.asked.lists.iter().zip(&items) {
            draft.set_items(view, list.field, rows);
        }
        draft
    }

    fn items(&self, list: &List<'_>, pass: Pass) -> Vec<items::Row> {
        let context = items::Context {
            locale: &self.reading.locale,
            embedder: self.embedder.filter(|_| pass.has_embeddings),
            ancestors: &list.ancestors,
        };
        items::items(&self.reading.view, list.field, &context)
    }
}

/// What the columns of rows come to.
fn push_sums(rows: &[items::Row], ledger: &mut Ledger) {
    let mut columns: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
    for leaf in rows.iter().flat_map(|row| &row.leaves) {
        if let Some(figure) = figure(&leaf.value) {
            columns.entry(&leaf.suffix).or_default().push(figure);
        }
    }
    columns.into_values().for_each(|column| ledger.push_sum(column));
}

/// Figures that must be there, are not written out and follow from two that are.
fn derive(leaves: &[Leaf<'_>], filled: &[Option<Filled>], ledger: &Ledger, draft: &mut Draft) {
    let role = |leaf: &Leaf<'_>| leaf.concept.and_then(arithmetic::Role::of);
    let known: Vec<Known<'_>> = leaves
        .iter()
        .zip(filled)
        .filter_map(|(leaf, filled)| {
            let Filled { candidate, confidence } = filled.as_ref()?;
            let (role, figure) = (role(leaf)?, figure(&candidate.value)?);
            Some(Known { pointer: &leaf.field.pointer, role, figure, confidence: *confidence })
        })
        .collect();
    for (leaf, filled) in leaves.iter().zip(filled) {
        let is_needed = filled.is_none() && leaf.field.required && !leaf.field.nullable;
        let Some(role) =
            role(leaf).filter(|_| is_needed && matches!(leaf.field.kind, Kind::Number { integer: false, .. }))
        else {
            continue;
        };
        if let Some(derived) = ledger.derive(&leaf.field.pointer, role, &known)
            && let Some(value) = normal::of_number(derived.figure)
        {
            draft.derive(&derived.pointer, value, derived.rule, derived.from, derived.confidence);
        }
    }
}

/// A number of JSON, exact.
fn figure(value: &Value) -> Option<Decimal> {
    value.as_number().and_then(|number| Decimal::parse(&number.to_string()))
}
