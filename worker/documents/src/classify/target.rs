//! What a document may be, as somebody named and described it.

use crate::lexicon::{self, Concept};
use crate::matching::words::{self, Word};
use crate::operation::Kind;

/// A type of document that the name says is looked at from this on; below, the description is asked.
const NAMED: f32 = 0.6;
/// What a type counts that the description names.
const DESCRIBED: f32 = 0.6;
/// What a word of the description counts by one of the name.
const DESCRIPTION_WORD: f32 = 0.4;
/// Bytes of a description that are read by the network.
const MAX_TEXT: usize = 240;
/// Names for what is none of the others, as the words of names are compared.
const REST: &[&str] = &[
    "other",
    "unknown",
    "misc",
    "miscellaneou",
    "none",
    "rest",
    "unclassified",
    "uncategorized",
    "else",
    "autre",
    "inconnu",
    "divers",
    "sonstige",
    "sonstig",
    "andere",
    "unbekannt",
    "otro",
    "desconocido",
    "vario",
];

/// Something that a document may be.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// The types of document that it means, with how surely.
    pub(crate) types: Vec<(Concept, f32)>,
    /// The words of its name.
    pub(crate) name: Vec<Word>,
    /// The words of name and description, with how much each tells it from the others.
    pub(crate) words: Vec<(String, f32)>,
    /// What the network reads.
    pub(crate) text: String,
    /// Whether it is whatever is none of the others.
    pub(crate) is_rest: bool,
}

impl Target {
    /// All that a document may be.
    pub(crate) fn all(kinds: &[Kind]) -> Vec<Self> {
        let mut targets: Vec<Self> = kinds.iter().map(Self::of).collect();
        let all: Vec<Vec<String>> =
            targets.iter().map(|target| target.words.iter().map(|(word, _)| word.clone()).collect()).collect();
        for target in &mut targets {
            for (word, weight) in &mut target.words {
                #[expect(clippy::cast_precision_loss, reason = "a few kinds")]
                let having = all.iter().filter(|words| words.contains(word)).count().max(1) as f32;
                *weight /= having * having;
            }
        }
        targets
    }

    fn of(kind: &Kind) -> Self {
        let spoken = words::spoken(&kind.name);
        let mut types = lexicon::types_of_name(&spoken);
        types.retain(|(_, score)| *score >= 0.5);
        if types.iter().all(|(_, score)| *score < NAMED) {
            let described = lexicon::types_in_text(&kind.description).into_iter();
            types.extend(described.map(|(concept, score)| (concept, DESCRIBED * score)));
        }
        let name = words::of_name(&kind.name);
        let mut all: Vec<(String, f32)> = name.iter().map(|word| (word.text.clone(), word.weight)).collect();
        for word in words::of_text(&kind.description) {
            if word.text.len() > 3 && !all.iter().any(|(known, _)| *known == word.text) {
                all.push((word.text, DESCRIPTION_WORD * word.weight));
            }
        }
        let is_rest = name.iter().any(|word| REST.contains(&word.text.as_str())) && types.is_empty();
        let text = match kind.description.trim() {
            "" => spoken,
            description => format!("{spoken}: {}", crate::value::head(description, MAX_TEXT)),
        };
        Self { types, name, words: all, text, is_rest }
    }
}
