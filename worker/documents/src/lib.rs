//! The document engine: the bytes of one document in, what is asked of it out.
//!
//! ```text
//! Source ── detect ── format ──► Document ── operation ──► Step: NeedModel (the caller answers) or Done(Output)
//!                                    └────── render ────► text of a page
//! ```
//!
//! The crate does no input or output of its own and knows neither the database nor the broker. It reads hostile bytes,
//! so every amount it holds has a cap in [`Limits`]; what no cap of ours can bound (a content stream that the PDF
//! interpreter would follow for years, a stream that inflates to more than the machine has) is for the caller to bound
//! with a child process.
//!
//! What it reads of which format is told by docs/formats.md.

mod classify;
mod consensus;
mod detect;
pub mod document;
mod embed;
mod encoding;
mod engine;
mod error;
mod extract;
mod format;
mod generate;
mod language;
mod layout;
mod lexicon;
mod limits;
mod matching;
mod ocr;
mod operation;
mod options;
pub mod render;
mod schema;
mod source;
mod split;
mod value;
mod view;

#[cfg(test)]
mod tests;

pub use crate::engine::{Engine, Weights};
pub use crate::error::Error;
pub use crate::limits::Limits;
pub use crate::operation::{
    Answer, Classification, Classified, ClassifyOptions, ExtractOptions, Extracted, Found, GenerateSchemaOptions,
    GenerateSplitOptions, GeneratedSchema, GeneratedSplit, Kind, ModelAnswer, ModelRequest, Operation, Output, Parsed,
    Partition, Progress, Section, Split, SplitOptions, Stage, Step, Suspended, Warning,
};
pub use crate::options::{ParseOptions, ReadOptions, TableFormat};
pub use crate::source::Source;
