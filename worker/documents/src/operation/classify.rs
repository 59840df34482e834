//! Classify: which of several kinds a document is.

use serde::{Deserialize, Serialize};

use crate::classify::{Asked, Leaf, answers};
use crate::document::{Document, Page};
use crate::engine::Engine;
use crate::error::Error;
use crate::language::{self, Language};
use crate::options::ReadOptions;
use crate::view::View;

/// The options of [`Operation::Classify`](crate::Operation::Classify).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClassifyOptions {
    /// How the document is read.
    pub read: ReadOptions,
    /// What it may be; at least one.
    pub categories: Vec<Kind>,
    /// Pages from the first that count; all if there is no number.
    pub first_n_pages: Option<u32>,
    /// What is known about the document.
    pub context: Option<String>,
    /// Passes that are voted on.
    pub n_consensus: u32,
}

/// Something that a document, or a part of one, may be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// What tells it from the others.
    pub description: String,
    /// What tells one document of this kind from the next; of parts alone.
    pub partition_key: Option<String>,
}

/// What a document is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classified {
    /// What the file turned out to be.
    pub media_type: String,
    /// Its pages.
    pub page_count: u32,
    /// The answer.
    pub answer: Classification,
    /// The passes that were voted on; none if there was one.
    pub votes: Vec<Classification>,
    /// How likely the answer is right: the share of the passes that agree, or the confidence of the only one.
    pub likelihood: f32,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// The name of the category, as it was given.
    pub category: String,
    /// What speaks for it, in a sentence or two with words of the document.
    pub reasoning: String,
}

pub(crate) fn classify(document: &Document, options: &ClassifyOptions, engine: &Engine) -> Result<Classified, Error> {
    let view = View::of(document);
    let language = written_in(document, &view)?;
    let mut leaves = Leaf::all(document, &view);
    let first = options.first_n_pages.and_then(|pages| usize::try_from(pages).ok()).unwrap_or(usize::MAX);
    leaves.truncate(first.max(1));
    let context = options.context.as_deref();
    let asked = Asked { view: &view, leaves: &leaves, kinds: &options.categories, context, language };
    let answers = answers(&asked, options.n_consensus, engine.embedder());
    let (answer, likelihood) = elected(&answers, &options.categories);
    let votes = if answers.len() > 1 { answers.into_iter().map(|(answer, _)| answer).collect() } else { Vec::new() };
    Ok(Classified { media_type: document.media_type.to_owned(), page_count: view.pages, answer, votes, likelihood })
}

/// The language of a document that has text.
pub(super) fn written_in(document: &Document, view: &View) -> Result<Option<Language>, Error> {
    if document.pages.iter().all(Page::is_blank) {
        return Err(Error::NoText { media_type: document.media_type, pages: document.pages.len() });
    }
    language::known(view.lines.iter().map(|line| line.text.as_str()))
}

/// The answer that most passes gave, of equally many the one that was surer: with the share of the passes, or with how
/// likely the only one is right.
fn elected(answers: &[(Classification, f32)], categories: &[Kind]) -> (Classification, f32) {
    let mut best: Option<(usize, f32, &Classification)> = None;
    for kind in categories {
        let votes: Vec<_> = answers.iter().filter(|(answer, _)| answer.category == kind.name).collect();
        let sure: f32 = votes.iter().map(|(_, likely)| likely).sum();
        let Some((surest, _)) = votes.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { continue };
        if best.is_none_or(|(most, surer, _)| votes.len() > most || votes.len() == most && sure > surer) {
            best = Some((votes.len(), sure, surest));
        }
    }
    let Some((votes, sure, answer)) = best else {
        return (Classification { category: String::new(), reasoning: String::new() }, 0.0);
    };
    #[expect(clippy::cast_precision_loss, reason = "a few passes")]
    let likelihood = if answers.len() > 1 { votes as f32 / answers.len() as f32 } else { sure };
    (answer.clone(), likelihood)
}
