//! Footnotes and endnotes: their numbers, by the order in which the text refers to them.

use crate::format::office::marker;

/// How the parts of notes are related to the document.
pub(crate) const KINDS: [&str; 2] = ["footnotes", "endnotes"];

/// The notes that were referred to.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    footnotes: Vec<String>,
    endnotes: Vec<String>,
}

impl Notes {
    /// The label of a note that the text refers to here.
    pub(crate) fn refer(&mut self, kind: &str, id: &str) -> String {
        if let Some((_, label)) = self.label(kind, id) {
            return label;
        }
        let known = if kind == KINDS[0] { &mut self.footnotes } else { &mut self.endnotes };
        known.push(id.to_owned());
        label(kind, known.len())
    }

    /// The place in the order and the label of a note, if the text refers to it.
    pub(crate) fn label(&self, kind: &str, id: &str) -> Option<(usize, String)> {
        let known = if kind == KINDS[0] { &self.footnotes } else { &self.endnotes };
        let order = known.iter().position(|known| known == id)?;
        Some((order, label(kind, order + 1)))
    }
}

/// Office counts footnotes in digits and endnotes in Roman ones.
fn label(kind: &str, count: usize) -> String {
    let format = if kind == KINDS[0] { "decimal" } else { "lowerRoman" };
    marker::number(u32::try_from(count).unwrap_or(u32::MAX), format)
}
