//! The engine: what is kept from one document to the next, and the way in.

use std::io;

use crate::document::Document;
use crate::error::Error;
use crate::format::{self, Context};
use crate::limits::Limits;
use crate::operation::{self, Operation, Output, Progress, Step};
use crate::options::ReadOptions;
use crate::source::Source;

/// Reads the file of a model's weights by its name.
pub type Weights = Box<dyn Fn(&str) -> io::Result<Vec<u8>> + Send>;

/// The engine. It keeps the models that it has loaded, so one is made for many documents.
pub struct Engine {
    weights: Weights,
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
        Self { weights }
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
        let mut context = Context { options, limits, weights: &self.weights, progress, depth: 0 };
        format::read(source, &mut context)
    }
}
