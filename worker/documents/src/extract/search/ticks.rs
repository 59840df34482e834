//! Boxes with crosses, and yes and no of which one has a mark.

use serde_json::Value;

use super::super::candidate::{Best, Candidate};
use super::super::leaf::Leaf;
use super::super::tick;
use super::Search;
use crate::lexicon::Concept;
use crate::value;

/// What a wish is worth that stands on a form without a mark.
const UNMARKED: f32 = 0.62;
/// What the only wish of a form is worth for a field that asks for one.
const ONLY_WISH: f32 = 0.95;
/// What the option of yes and no is worth that has the mark.
const MARKED: f32 = 1.05;

impl Search<'_> {
    /// A box beside the words that name the field.
    pub(super) fn push_ticks(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        let is_wished = matches!(leaf.concept, Some(Concept::Newsletter | Concept::Consent));
        let lines = if is_wished { 0..self.reading.lines() } else { 0..0 };
        let wishes: Vec<usize> = lines.filter(|&line| tick::is_wish(view, line)).collect();
        for line in 0..self.reading.lines() {
            let text = self.reading.text(view.whole(line));
            let (at, is_ticked, text, sure) = if let Some((mark, is_ticked)) = tick::beside(view, line) {
                (mark, is_ticked, text, 1.0)
            } else if let Some((is_ticked, text)) = tick::at_start(text) {
                (line, is_ticked, text, 1.0)
            } else if is_wished && !text.contains(':') {
                // Where others have a cross and this has none, its box is drawn and blank.
                (line, false, text, UNMARKED)
            } else {
                continue;
            };
            let mut score = sure * leaf.named_by(text, self.embedder);
            if wishes == [line] {
                // The one wish that a form has is the one that is asked for, whatever its words.
                score = score.max(ONLY_WISH * sure);
            }
            best.push(Candidate { spans: vec![view.whole(at)], value: Value::Bool(is_ticked), score });
        }
    }

    /// Yes and no beside each other, of which one has a mark: what stands left of both or over them names them.
    pub(super) fn push_options(&self, leaf: &Leaf<'_>, best: &mut Best) {
        let view = &self.reading.view;
        for typed in &self.reading.values {
            let value::Typed::Bool(is_yes) = typed.value else { continue };
            let line = typed.span.line;
            let text = self.reading.text(view.whole(line));
            let is_word = |text: &str| text.chars().all(char::is_alphabetic);
            let mark = match (tick::at_start(text), tick::beside(view, line)) {
                (Some((true, rest)), _) if is_word(rest) => line,
                (None, Some((mark, true))) if is_word(text) => mark,
                _ => continue,
            };
            let row = tick::row_before(view, mark);
            let first = row.iter().copied().chain([line, mark]).min().unwrap_or(line);
            let named = row.into_iter().chain(first.checked_sub(1));
            let named = named.map(|label| leaf.named_by(self.reading.text(view.whole(label)), self.embedder));
            let score = MARKED * named.fold(0.0, f32::max);
            best.push(Candidate { spans: vec![view.whole(mark)], value: Value::Bool(is_yes), score });
        }
    }
}
