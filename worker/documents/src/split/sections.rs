//! Ranges of pages as sections: those that belong to one document are one, though others lie between.

use super::boundary::Mark;
use super::ranges::Label;

/// Pages of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) kind: usize,
    /// From 1.
    pub(super) pages: Vec<u32>,
}

/// The sections, by their first page.
pub(super) fn sections(labels: &[Label], marks: &[Mark]) -> Vec<Range> {
    let mut all: Vec<Range> = Vec::new();
    let mut open = usize::MAX;
    for ((label, mark), page) in labels.iter().zip(marks).zip(1..) {
        let is_open = all.get(open).is_some_and(|range| range.kind == label.kind);
        if !is_open {
            let goes_on = |range: &Range| range.kind == label.kind && goes_on(range, mark, marks);
            open = all.iter().rposition(goes_on).unwrap_or(all.len());
        }
        match all.get_mut(open) {
            Some(range) => range.pages.push(page),
            None => all.push(Range { kind: label.kind, pages: vec![page] }),
        }
    }
    all
}

/// Whether a page goes on with a document that others came after: its number counts on, or its document has the same one.
fn goes_on(range: &Range, mark: &Mark, marks: &[Mark]) -> bool {
    let last = range.pages.last().and_then(|last| marks.get((*last as usize).saturating_sub(1)));
    let Some(last) = last else { return false };
    let counts_on = match (last.number, mark.number) {
        (Some((last, all)), Some((number, count))) => number == last + 1 && all == count,
        _ => false,
    };
    counts_on || mark.identifiers.iter().any(|(concept, own)| last.identifiers.get(concept) == Some(own))
}
