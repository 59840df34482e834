//! `/v1/documents/...` (contract B.1 to B.4).

mod classify;
mod extract;
mod parse;
mod split;

pub use classify::{Category, ClassifyRequest};
pub use extract::{ChatMessage, ChatRole, ExtractRequest};
pub use parse::{ParseRequest, ParseResponse, TableParsingFormat};
pub use split::{SplitRequest, Subdocument};
