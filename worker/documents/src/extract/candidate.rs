//! Candidates: what may be the value of a field.

use serde_json::Value;

use crate::view::Span;

/// Candidates of one field that are kept: what is behind the tenth is never chosen.
const KEPT: usize = 10;

/// What may be the value of a field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    /// Where it stands, in its order.
    pub(crate) spans: Vec<Span>,
    /// The value as the schema wants it.
    pub(crate) value: Value,
    /// How much speaks for it, from 0 to 1.
    pub(crate) score: f32,
}

/// The best candidates of a field, the best first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Best(pub(crate) Vec<Candidate>);

impl Best {
    pub(crate) fn push(&mut self, candidate: Candidate) {
        if candidate.score <= 0.0 || candidate.spans.is_empty() {
            return;
        }
        if let Some(known) =
            self.0.iter_mut().find(|known| known.spans == candidate.spans && known.value == candidate.value)
        {
            known.score = known.score.max(candidate.score);
        } else {
            self.0.push(candidate);
        }
        // Of the same score the one that stands first.
        self.0.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.spans.cmp(&b.spans)));
        self.0.truncate(KEPT);
    }
}
