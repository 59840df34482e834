//! `/v1/documents/...` (contract B.1 to B.4).

mod classify;
mod extract;
mod parse;
mod split;

pub use classify::{
    Category, Classification, ClassifyChoice, ClassifyConsensus, ClassifyRequest, ClassifyResponse, ClassifyResult,
};
pub use extract::{ChatMessage, ChatRole, Choice, ExtractRequest, ParsedChatCompletion, ParsedMessage};
pub use parse::{ParseRequest, ParseResponse, TableParsingFormat};
pub use split::{
    GenerateSplitConfigRequest, GenerateSplitConfigResponse, SplitChoice, SplitChoicePart, SplitConsensus, SplitPart,
    SplitPartition, SplitRequest, SplitResponse, SplitVote, Subdocument,
};
