//! How near two texts are in meaning: each becomes a direction, and the angle between them tells.
//!
//! The network is all-MiniLM-L6-v2, of six layers, for English. It is small enough to be run here (ADR 0020): a label of
//! some words takes about five milliseconds.

mod network;
mod weights;
mod wordpiece;

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use self::network::Network;
use self::wordpiece::Vocabulary;
use crate::engine;

/// The file of the network's weights.
const WEIGHTS_FILE: &str = "all-MiniLM-L6-v2.safetensors";
/// The file of the parts of words that it knows, one a line.
const VOCABULARY_FILE: &str = "all-MiniLM-L6-v2.vocab.txt";
/// Texts whose directions are kept: the labels of some hundred pages, in 6 MiB.
const MAX_KEPT: usize = 4_096;

/// The direction of a text, of length one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Embedding(Vec<f32>);

impl Embedding {
    /// How near another text is: 1 for the same meaning, about 0 for none in common.
    pub(crate) fn cosine(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(a, b)| a * b).sum()
    }
}

/// What is wrong with the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure(String);

/// The network, loaded, and the directions of the texts that it was asked for last.
pub(crate) struct Embedder {
    network: Network,
    vocabulary: Vocabulary,
    kept: RefCell<HashMap<String, Arc<Embedding>>>,
}

impl std::fmt::Debug for Embedder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Embedder").finish_non_exhaustive()
    }
}

impl Embedder {
    /// Loads the network.
    pub(crate) fn load(weights: &[u8], vocabulary: &[u8]) -> Result<Self, Failure> {
        let vocabulary = Vocabulary::load(vocabulary)?;
        Ok(Self { network: Network::load(weights)?, vocabulary, kept: RefCell::default() })
    }

    /// The direction of a text, of which the first 256 parts of words count.
    pub(crate) fn embed(&self, text: &str) -> Arc<Embedding> {
        if let Some(known) = self.kept.borrow().get(text) {
            return Arc::clone(known);
        }
        let embedding = Arc::new(Embedding(self.network.direction(&self.vocabulary.tokens(text))));
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(text.to_owned(), Arc::clone(&embedding));
        embedding
    }
}

/// The network, loaded if it is not yet; nothing if its files are not there or are others: whoever asks goes on without.
pub(crate) fn loaded<'l>(kept: &'l OnceCell<Option<Embedder>>, weights: &engine::Weights) -> Option<&'l Embedder> {
    kept.get_or_init(|| Embedder::load(&weights(WEIGHTS_FILE).ok()?, &weights(VOCABULARY_FILE).ok()?).ok()).as_ref()
}
