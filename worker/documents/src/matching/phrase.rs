//! Phrases: what a field may be called, and how much of it a label says.

use super::words::Word;

/// A phrase of which all is said, and beside it other words: the share of the score that those cannot take away.
const KEPT_BESIDE_OTHERS: f32 = 0.6;
/// How alike a word and its beginning are: `descr` and `description`, `tax` and `taxes`.
const BEGINNING: f32 = 0.85;
/// How alike two words of one stem are: `issued` and `issue`, `facture` and `facturation`.
const STEM: f32 = 0.75;
/// How alike a compound and one of its parts are.
const PART: f32 = 0.5;
/// How alike two long words are that differ by one letter, as recognition has it.
const MISREAD: f32 = 0.9;
/// The fewest letters of a beginning, of a part of a compound, of a word with one letter misread.
const MIN_BEGINNING: usize = 3;
const MIN_PART: usize = 5;
const MIN_MISREAD: usize = 6;

/// What a field may be called.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub(crate) words: Vec<Word>,
    /// How sure it is that a label with these words means the field, from 0 to 1.
    pub(crate) weight: f32,
}

impl Phrase {
    /// How well the label says the phrase, from 0 to 1.
    pub(crate) fn score(&self, label: &[Word]) -> f32 {
        let said = share(&self.words, label);
        let meant = share(label, &self.words);
        self.weight * said * (KEPT_BESIDE_OTHERS + (1.0 - KEPT_BESIDE_OTHERS) * meant)
    }
}

/// Which share of these words, by their weight, is among the others.
pub(crate) fn share(words: &[Word], others: &[Word]) -> f32 {
    let total: f32 = words.iter().map(|word| word.weight).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let found: f32 = words
        .iter()
        .map(|word| word.weight * others.iter().map(|other| alike(&word.text, &other.text)).fold(0.0, f32::max))
        .sum();
    found / total
}

/// How alike two words are, from 0 to 1.
fn alike(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let common = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    if common == short.len() && short.len() >= MIN_BEGINNING {
        // `in` of `invoice` says nothing, `desc` of `description` all, `port` of `portfolio` little.
        return if 2 * short.len() >= long.len() { BEGINNING } else { PART };
    }
    if short.len() >= MIN_MISREAD && long.len() == short.len() {
        let differing = short.bytes().zip(long.bytes()).filter(|(a, b)| a != b).count();
        if differing == 1 {
            return MISREAD;
        }
    }
    if common >= 4 && 4 * common >= 3 * short.len() && 2 * common >= long.len() {
        return STEM;
    }
    if short.len() >= MIN_PART && long.ends_with(short) {
        return PART;
    }
    0.0
}
