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
mod candidate;
mod choice;
mod confidence;
mod fill;
mod habit;
pub(crate) mod items;
mod labelled;
mod leaf;
mod normal;
mod party;
mod pass;
mod phrase;
mod reading;
mod role;
mod search;
mod tick;
mod vote;
mod want;

pub(crate) use self::answer::{Draft, unsatisfied};
use self::arithmetic::Ledger;
use self::leaf::Asked;
use self::party::Parties;
use self::pass::Pass;
pub(crate) use self::pass::passes;
use self::phrase::Phrase;
pub(crate) use self::reading::Reading;
use self::search::Search;
pub(crate) use self::vote::{Voted, vote};
use crate::embed::Embedder;
use crate::schema::Schema;
use crate::view::Label;

/// A document and what is asked of it: what all passes share.
pub(crate) struct Extraction<'d> {
    reading: &'d Reading,
    schema: &'d Schema,
    asked: Asked<'d>,
    parties: Parties,
    phrases: Vec<Phrase>,
    labels: Vec<Vec<Label>>,
    ledger: Ledger,
    embedder: Option<&'d Embedder>,
}

impl<'d> Extraction<'d> {
    pub(crate) fn new(reading: &'d Reading, schema: &'d Schema, embedder: Option<&'d Embedder>) -> Self {
        Self {
            reading,
            schema,
            asked: Asked::of(schema),
            parties: Parties::of(reading),
            phrases: phrase::phrases(reading),
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
        let search = Search {
            reading: self.reading,
            parties: &self.parties,
            phrases: &self.phrases,
            labels: &self.labels,
            ledger: &self.ledger,
            embedder: self.embedder,
            pass,
        };
        let leaves = &self.asked.leaves;
        let candidates: Vec<_> = leaves.iter().map(|leaf| search.candidates(leaf)).collect();
        let mut draft = Draft::blank(self.schema);
        let view = &self.reading.view;
        for (leaf, filled) in leaves.iter().zip(fill::fill(leaves, &candidates, pass)) {
            if let Some(filled) = filled {
                let candidate = filled.candidate;
                draft.set(view, &leaf.field.pointer, candidate.value, &candidate.spans, filled.confidence);
            }
        }
        for list in &self.asked.lists {
            let context = items::Context {
                locale: &self.reading.locale,
                embedder: self.embedder.filter(|_| pass.has_embeddings),
                ancestors: &list.ancestors,
            };
            draft.set_items(view, list.field, &items::items(view, list.field, &context));
        }
        draft
    }
}
