//! The engine: what is kept from one document to the next, and the way in.

use std::cell::OnceCell;
use std::io;

use crate::document::Document;
use crate::embed::{self, Embedder};
use crate::error::Error;
use crate::format::{self, Context};
use crate::limits::Limits;
use crate::ocr::{self, Recognizer};
use crate::operation::{self, Operation, Output, Progress, Step};
use crate::options::ReadOptions;
use crate::source::Source;

/// Reads the file of a model's weights by its name.
pub type Weights = Box<dyn Fn(&str) -> io::Result<Vec<u8>> + Send>;

/// The engine. It keeps the models that it has loaded, so one is made for many documents.
pub struct Engine {
    weights: Weights,
    /// Loaded when the first picture of text is met.
    recognizer: OnceCell<Recognizer>,
    /// Loaded when the first text is compared with another; nothing if there is no such network.
    embedder: OnceCell<Option<Embedder>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine that reads the weights of its models by this function, each when it is first needed.
    #[must_use]
    pub fn new(weights: Weights) -> Self {
        Self { weights, recognizer: OnceCell::new(), embedder: OnceCell::new() }
    }

    /// An engine without models: pictures of text cannot be read.
    #[must_use]
    pub fn without_models() -> Self {
        Self::new(Box::new(|_| Err(io::ErrorKind::NotFound.into())))
    }

    /// Begins an operation on a document, or on several if it takes them, and follows it to its first stop.
    ///
    /// # Errors
    ///
    /// Every [`Error`] is final: the same bytes, options and limits give the same error again.
    pub fn start(
        &mut self,
        operation: &Operation,
        sources: &[Source<'_>],
        limits: &Limits,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Step, Error> {
        let mut one = |engine: &mut Self, options: &ReadOptions| match sources {
            [source] => engine.read(source, options, limits, progress),
            _ => Err(Error::LimitExceeded {
                limit: "documents",
                unit: "documents",
                cap: 1,
                actual: sources.len() as u64,
            }),
        };
        let output = match operation {
            Operation::Parse(options) => Output::Parse(operation::parse(&one(self, &options.read)?, options, limits)?),
            Operation::Extract(options) => {
                Output::Extract(operation::extract(&one(self, &options.read)?, options, self, limits)?)
            }
            Operation::Classify(options) => {
                Output::Classify(operation::classify(&one(self, &options.read)?, options, self)?)
            }
            Operation::Split(options) => Output::Split(operation::split(&one(self, &options.read)?, options, self)?),
            Operation::GenerateSplit(options) => {
                Output::GenerateSplit(operation::generate_split(&one(self, &options.read)?, self)?)
            }
            Operation::GenerateSchema(options) => {
                let mut documents = Vec::with_capacity(sources.len());
                let plain = ReadOptions::default();
                let mut pages = 0;
                for (index, source) in sources.iter().enumerate() {
                    let read = options.read.get(index).unwrap_or(&plain);
                    // Pages count on from one document to the next.
                    let before = u32::try_from(pages).unwrap_or(u32::MAX);
                    let mut on = |at: Progress| {
                        let (done, total) = (at.done.saturating_add(before), at.total.saturating_add(before));
                        progress(Progress { done, total, ..at });
                    };
                    let document = self.read(source, read, limits, &mut on)?;
                    pages += document.pages.len();
                    limits.check_pages(pages)?;
                    documents.push(document);
                }
                Output::GenerateSchema(operation::generate_schema(&documents, options, self)?)
            }
        };
        Ok(Step::Done(output))
    }

    /// Reads a document into the document model.
    ///
    /// # Errors
    ///
    /// As [`Engine::start`].
    pub fn read(
        &mut self,
        source: &Source<'_>,
        options: &ReadOptions,
        limits: &Limits,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Document, Error> {
        limits.check_input_bytes(source.bytes.len())?;
        let (weights, recognizer) = (&self.weights, &self.recognizer);
        let declared = Vec::new();
        let mut context = Context { options, limits, weights, recognizer, progress, depth: 0, declared };
        format::read(source, &mut context)
    }

    /// What tells how near texts are in meaning, if there is such a network.
    pub(crate) fn embedder(&self) -> Option<&Embedder> {
        embed::loaded(&self.embedder, &self.weights)
    }

    /// Detects and reads every line of a picture once, as it lies: what character recognition costs at the least, for
    /// measurements. Gives the number of characters.
    ///
    /// # Errors
    ///
    /// [`Error::OcrModelMissing`].
    #[doc(hidden)]
    pub fn recognize_bare(&mut self, picture: &image::RgbImage) -> Result<usize, Error> {
        ocr::recognize_bare(ocr::loaded(&self.recognizer, &self.weights)?, picture)
    }
}
