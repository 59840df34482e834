//! Operations: what the engine does with a document, step by step.
//!
//! The engine waits for nobody. Where it needs a language model it stops with [`Step::NeedModel`]; the caller asks the
//! model by whatever way it has and resumes the operation with the answer.

mod classify;
mod extract;
mod parse;
mod schema;
mod split;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::Engine;
use crate::error::Error;
pub(crate) use classify::classify;
pub use classify::{Classification, Classified, ClassifyOptions, Kind};
pub(crate) use extract::extract;
pub use extract::{Answer, ExtractOptions, Extracted, Found, Warning};
pub use parse::Parsed;
pub(crate) use parse::parse;
pub(crate) use schema::generate as generate_schema;
pub use schema::{GenerateSchemaOptions, GeneratedSchema};
pub use split::{GenerateSplitOptions, GeneratedSplit, Partition, Section, Split, SplitOptions};
pub(crate) use split::{generate as generate_split, split};

/// What to do with a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Operation {
    /// Read the text of its pages.
    Parse(crate::ParseOptions),
    /// Find the values that a schema asks for.
    Extract(ExtractOptions),
    /// Tell which of several kinds it is.
    Classify(ClassifyOptions),
    /// Tell which pages belong to which of its parts.
    Split(SplitOptions),
    /// Tell what parts it has.
    GenerateSplit(GenerateSplitOptions),
    /// Tell what documents of its kind say. Takes several documents; all others take one.
    GenerateSchema(GenerateSchemaOptions),
}

/// How far an operation came.
#[derive(Debug)]
pub enum Step {
    /// It needs a model's answer to go on.
    NeedModel(ModelRequest, Box<dyn Suspended>),
    /// It is done.
    Done(Output),
}

/// An operation that waits for a model.
pub trait Suspended: std::fmt::Debug + Send {
    /// Goes on with the model's answer.
    ///
    /// # Errors
    ///
    /// As [`Engine::start`].
    fn resume(self: Box<Self>, engine: &mut Engine, answer: ModelAnswer) -> Result<Step, Error>;
}

/// What an operation gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
pub enum Output {
    /// The text of a document.
    Parse(Parsed),
    /// The values that a schema asks for.
    Extract(Extracted),
    /// Which kind it is.
    Classify(Classified),
    /// Its parts.
    Split(Split),
    /// The kinds of its parts.
    GenerateSplit(GeneratedSplit),
    /// A schema.
    GenerateSchema(GeneratedSchema),
}

/// A question to a language model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelRequest {
    /// What the model is told to do.
    pub instructions: String,
    /// What it is to do it with.
    pub input: String,
    /// The JSON Schema that its answer has to satisfy.
    pub schema: Value,
}

/// A language model's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelAnswer {
    /// The answer, which its asker has checked against the schema.
    pub value: Value,
}

/// What the engine is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading pages.
    Reading,
    /// Recognising the characters of a page.
    Recognizing,
}

/// How far a document is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What the engine is busy with.
    pub stage: Stage,
    /// Pages that are finished.
    pub done: u32,
    /// Pages in all.
    pub total: u32,
}
