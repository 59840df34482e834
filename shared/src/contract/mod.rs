//! The bodies of the target endpoints: what a job's `request` must be and what its `response.body` will be. And the words
//! that the API's errors use.
//!
//! The api checks with these types when a job is created and shows them in its OpenAPI document; the worker reads the
//! stored request with the same types.

pub(crate) mod base64_steps;
mod data_url;
mod documents;
mod edit;
mod error_code;
mod evals;
mod json_schema;
mod media_type;
mod mime_data;
mod projects;
mod request;
mod schemas;
#[cfg(test)]
mod tests;
mod usage;

pub use data_url::{DataUrl, DataUrlError};
pub use documents::{
    Category, ChatMessage, ChatRole, Choice, Classification, ClassifyChoice, ClassifyConsensus, ClassifyRequest,
    ClassifyResponse, ClassifyResult, ExtractRequest, GenerateSplitConfigRequest, GenerateSplitConfigResponse,
    ParseRequest, ParseResponse, ParsedChatCompletion, ParsedMessage, SplitChoice, SplitChoicePart, SplitConsensus,
    SplitPart, SplitPartition, SplitRequest, SplitResponse, SplitVote, Subdocument, TableParsingFormat,
};
pub use edit::{EditConfig, FillRequest, FillTemplateRequest, GenerateTemplateRequest};
pub use error_code::ErrorCode;
pub use evals::ClassifyEvalRequest;
pub use json_schema::{CheckedSchema, SchemaMistake, SchemaPattern, check_json_schema};
pub use media_type::{LyingMediaType, check_media_type};
pub use mime_data::{MimeData, PASSWORD_MAX_CHARS, Password, is_document_member};
pub use projects::ProjectRequest;
pub use request::{BrokenRule, DOCUMENTS_MAX, TargetRequest};
pub use schemas::{GenerateSchemaRequest, GenerateSchemaResponse};
pub use usage::{CompletionUsage, DocumentRef, Usage};
