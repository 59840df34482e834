//! The engine: what is kept from one document to the next, and the way in.

use std::cell::OnceCell;
use std::io;

use crate::document::Document;
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
        Self { weights, recognizer: OnceCell::new() }
    }

    /// An engine without models: pictures of text cannot be read.
    #[must_use]
    pub fn without_models() -> Self {
        Self::new(Box::new(|_| Err(io::ErrorKind::NotFound.into())))
    }

    /// Begins an operation and follows it to its first stop.
    ///
    /// # Errors
    ///
    /// Every [`Error`] is final: the same bytes, options and limits give the same error again.
    pub fn start(
        &mut self,
        operation: &Operation,
        source: &Source<'_>,
        limits: &Limits,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Step, Error> {
        match operation {
            Operation::Parse(options) => {
                let document = self.read(source, &options.read, limits, progress)?;
                operation::parse(&document, options, limits).map(|parsed| Step::Done(Output::Parse(parsed)))
            }
        }
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
        let mut context = Context { options, limits, weights, recognizer, progress, depth: 0 };
        format::read(source, &mut context)
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
