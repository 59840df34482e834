//! The bodies of the target endpoints: what a job's `request` must be and what its `response.body` will be. And the words
//! that the API's errors use.
//!
//! The api checks with these types when a job is created and shows them in its OpenAPI document; the worker reads the
//! stored request with the same types.

pub(crate) mod base64_steps;
mod data_url;
mod documents;
mod error_code;

pub use data_url::{DataUrl, DataUrlError};
pub use documents::{DocumentRef, MimeData, ParseRequest, ParseResponse, TableParsingFormat, Usage};
pub use error_code::ErrorCode;
