//! From the characters of a line to its words and where they begin and end.

use super::reader::Seen;

/// Ink that is paler than this part of the darkest is paper and noise.
const INK: f32 = 0.4;

/// A word of a strip, in its columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct StripWord {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) score: f32,
}

/// The words of a strip. `ink` tells how dark each of its columns is.
pub(super) fn words(seen: &[Seen], ink: &[f32]) -> Vec<StripWord> {
    let groups: Vec<&[Seen]> =
        seen.split(|seen| seen.character.is_whitespace()).filter(|group| !group.is_empty()).collect();
    let mut words: Vec<StripWord> = Vec::with_capacity(groups.len());
    let mut left = first_ink(ink);
    for (index, group) in groups.iter().enumerate() {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let gap = groups
            .get(index + 1)
            .and_then(|next| next.first())
            .map(|next| widest_gap(ink, (last.start + last.end) / 2.0, (next.start + next.end) / 2.0));
        let right = gap.map_or_else(|| last_ink(ink), |(start, _)| start);
        words.push(StripWord {
            text: group.iter().map(|seen| seen.character).collect(),
            // Where the ink misleads, the word still covers the middles of its characters.
            left: left.min((first.start + first.end) / 2.0),
            right: right.max((last.start + last.end) / 2.0),
            score: group.iter().map(|seen| seen.score).sum::<f32>() / group.len() as f32,
        });
        left = gap.map_or(left, |(_, end)| end);
    }
    words
}

fn first_ink(ink: &[f32]) -> f32 {
    ink.iter().position(|&dark| dark > INK).unwrap_or(0) as f32
}

fn last_ink(ink: &[f32]) -> f32 {
    ink.iter().rposition(|&dark| dark > INK).map_or(ink.len(), |column| column + 1) as f32
}

/// The longest run of columns without ink between two columns; their middle if there is none.
fn widest_gap(ink: &[f32], from: f32, to: f32) -> (f32, f32) {
    let (from, to) = (from.max(0.0), to.max(from).max(0.0));
    let middle = (from + to) / 2.0;
    let (first, last) = (from.ceil() as usize, (to as usize).min(ink.len()));
    let mut best: Option<(usize, usize)> = None;
    let mut start = first;
    for column in first..=last {
        let is_ink = column == last || ink.get(column).is_some_and(|&dark| dark > INK);
        if is_ink {
            if column > start && best.is_none_or(|(a, b)| column - start > b - a) {
                best = Some((start, column));
            }
            start = column + 1;
        }
    }
    best.map_or((middle, middle), |(start, end)| (start as f32, end as f32))
}
