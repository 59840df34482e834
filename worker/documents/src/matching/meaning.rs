//! What a field means: its concepts, and its nearness to a label by MiniLM.

use super::{Wording, words};
use crate::embed::Embedder;
use crate::language::Language;
use crate::lexicon::{self, Concept};

/// Concepts of a field that are less sure say nothing.
const MIN_CONCEPT: f32 = 0.5;
/// A label is known as the name of something from here on.
const KNOWN_LABEL: f32 = 0.85;
/// A field is known as the place for something from here on.
const KNOWN_FIELD: f32 = 0.75;
/// Concepts of a field that are at least this share of its likeliest one are asked for as well.
const ALSO_ASKED: f32 = 0.75;
/// Meanings of a label that are at least this share of its likeliest one are meant as well.
const ALSO_MEANT: f32 = 0.7;
/// What a label is worth that says more than the field asks for (`Invoice date` for `date`), and one that says less.
const NARROWER: f32 = 0.85;
const WIDER: f32 = 0.7;
/// What a label is worth that is of the same paper under another name.
const ALIKE: f32 = 0.75;
/// The nearness of meaning at which labels begin to be more likely right than by chance, and that of the same said in
/// other words. Measured on the tuning family's names.
const FAR: f32 = 0.3;
const NEAR: f32 = 0.75;
/// How sure the nearest meaning is.
pub(super) const NEAREST: f32 = 0.8;
/// Longer labels are no names, and cost more.
const MAX_LABEL: usize = 40;
/// Characters of a description that is compared: its first words say what the field is.
const MAX_DESCRIPTION: usize = 60;
/// Meanings of a label that are compared in words of English, which alone the network knows.
const MAX_MEANINGS: usize = 2;

/// Figures below the rows of a list, and those in the rows, some of which share their names.
const OF_DOCUMENTS: &[Concept] = &[Concept::Total, Concept::Subtotal, Concept::AmountDue];
const OF_ITEMS: &[Concept] = &[Concept::LineAmount, Concept::UnitPrice, Concept::ItemNumber];

/// What a field means.
#[derive(Debug)]
pub(super) struct Meaning {
    concepts: Vec<(Concept, f32)>,
    /// What is compared by the network.
    texts: Vec<String>,
}

impl Meaning {
    pub(super) fn of(wording: &Wording<'_>, is_hollow: bool) -> Self {
        let spoken = words::spoken(wording.name);
        let parent = wording.ancestors.last().map(|parent| words::spoken(parent));
        let full = parent.iter().map(String::as_str).chain([spoken.as_str()]).collect::<Vec<_>>().join(" ");
        let described = wording.description.or(wording.prompt);
        let mut concepts = lexicon::concepts_of_field(&full, wording.title, described);
        // `line_items` before `total` makes it no total of the document; the name alone may say it better.
        if !is_hollow {
            for (concept, score) in lexicon::concepts_of_field(&spoken, wording.title, described) {
                match concepts.iter_mut().find(|(known, _)| *known == concept) {
                    Some((_, known)) => *known = known.max(score),
                    None => concepts.push((concept, score)),
                }
            }
        }
        let best = concepts.iter().map(|(_, score)| *score).fold(0.0, f32::max);
        concepts.retain(|(_, score)| *score >= MIN_CONCEPT.max(ALSO_ASKED * best));
        // `total` is one thing in a row and another below the rows.
        let elsewhere = if wording.is_of_items { OF_DOCUMENTS } else { OF_ITEMS };
        if concepts.iter().any(|(concept, _)| !elsewhere.contains(concept)) {
            concepts.retain(|(concept, _)| !elsewhere.contains(concept));
        }
        concepts.sort_by(|a, b| b.1.total_cmp(&a.1));
        narrow(&mut concepts);
        let mut texts = vec![if is_hollow { full } else { spoken }];
        texts.extend(wording.title.map(str::to_owned));
        texts.extend(described.map(|text| text.chars().take(MAX_DESCRIPTION).collect()));
        Self { concepts, texts }
    }

    /// How far a label with these concepts says what the field asks for.
    pub(super) fn shared(&self, label: &[(Concept, f32)]) -> f32 {
        let pairs = self.concepts.iter().flat_map(|field| label.iter().map(move |label| (field, label)));
        pairs.map(|((field, own), (label, said))| own * said * related(*field, *label)).fold(0.0, f32::max)
    }

    /// Whether a label is known to name something else than the field is known to ask for.
    pub(super) fn is_other(&self, label: &[(Concept, f32)]) -> bool {
        let Some((_, said)) = label.first().filter(|(_, said)| *said >= KNOWN_LABEL) else { return false };
        if !self.concepts.iter().any(|(_, own)| *own >= KNOWN_FIELD) {
            return false;
        }
        let meant = label.iter().filter(|(_, other)| *other >= ALSO_MEANT * said);
        meant.into_iter().all(|(label, _)| {
            self.concepts.iter().all(|(field, _)| label.is_negative_for(*field) && !field.is_alike(*label))
        })
    }

    /// How near the label is in meaning, from 0 to [`NEAREST`].
    pub(super) fn near(&self, label: &str, concepts: &[(Concept, f32)], embedder: &Embedder) -> f32 {
        if label.len() > MAX_LABEL || !label.chars().any(char::is_alphabetic) {
            return 0.0;
        }
        let known = concepts.iter().filter(|(_, said)| *said >= KNOWN_LABEL).take(MAX_MEANINGS);
        let mut said: Vec<String> =
            known.filter_map(|(concept, _)| concept.phrases(Language::En).next().map(str::to_owned)).collect();
        if said.is_empty() {
            said.push(label.trim_end_matches([':', '.', ' ']).to_lowercase());
        }
        let mut nearest = 0.0_f32;
        for text in &self.texts {
            let own = embedder.embed(text);
            nearest = said.iter().map(|said| embedder.embed(said).cosine(&own)).fold(nearest, f32::max);
        }
        NEAREST * ((nearest - FAR) / (NEAR - FAR)).clamp(0.0, 1.0)
    }
}

/// Leaves out what the surest meaning says more precisely: a delivery date is a date, but not any.
pub(super) fn narrow(concepts: &mut Vec<(Concept, f32)>) {
    if let Some((surest, _)) = concepts.first().copied() {
        concepts.retain(|(concept, _)| !surest.is_within(*concept));
    }
}

/// How far a label of one concept names a field of the other.
fn related(field: Concept, label: Concept) -> f32 {
    if field == label {
        1.0
    } else if label.is_within(field) {
        NARROWER
    } else if field.is_within(label) {
        WIDER
    } else if field.is_alike(label) {
        ALIKE
    } else {
        0.0
    }
}
