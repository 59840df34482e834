//! The passes that are voted on: fixed ways of looking at the same pages.

use super::score::Weights;
use crate::view::View;

/// One way of looking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pass {
    pub(crate) weights: Weights,
    /// Words of a text that the network reads.
    pub(crate) chunk_words: usize,
    /// Whether the first page alone is looked at.
    pub(crate) is_first_page: bool,
}

/// Everything: the pass of an answer that is not voted on.
pub(crate) const ALL: Pass = pass(3.0, 2.5, 0.8, 2.0);
/// Words of a text that the network reads. Short ones: the cost rises with the length.
const CHUNK_WORDS: usize = 40;

/// The others. None looks in one way alone: where that sees nothing, the rest decides.
const OTHERS: &[Pass] = &[
    // Titles.
    pass(4.0, 0.3, 0.3, 0.3),
    // Labels and turns of phrase.
    pass(0.3, 4.0, 0.3, 0.3),
    // Meaning.
    pass(0.5, 0.5, 0.3, 4.0),
    // Everything, in shorter texts.
    Pass { chunk_words: 24, ..ALL },
    // Everything but titles.
    pass(0.0, 3.0, 1.0, 2.0),
    // The first page.
    Pass { is_first_page: true, ..ALL },
    // Words alone.
    pass(2.0, 2.0, 2.0, 0.0),
    // Everything, in longer texts.
    Pass { chunk_words: 64, ..ALL },
];

const fn pass(titles: f32, signs: f32, words: f32, meaning: f32) -> Pass {
    Pass { weights: Weights { titles, signs, words, meaning }, chunk_words: CHUNK_WORDS, is_first_page: false }
}

/// So many passes: the first is everything; which of the others come next is up to the document.
pub(crate) fn passes(view: &View, count: u32) -> Vec<Pass> {
    let count = usize::try_from(count).unwrap_or(usize::MAX).clamp(1, MAX_PASSES);
    let seed = usize::try_from(hash(view) % OTHERS.len() as u64).unwrap_or_default();
    let others = OTHERS.iter().cycle().skip(seed).take(count - 1);
    std::iter::once(&ALL).chain(others).copied().collect()
}

/// The most that the endpoints take is 16.
const MAX_PASSES: usize = 64;

/// Of the text (FNV-1a, 64 bits): the same on every machine and in every version.
fn hash(view: &View) -> u64 {
    let bytes = view.lines.iter().flat_map(|line| line.text.bytes().chain([b'\n']));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
