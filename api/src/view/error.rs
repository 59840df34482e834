//! The one shape of every error (contract A.8).

use serde::Serialize;
use serde_json::Value;
use shared::contract::ErrorCode;
use utoipa::ToSchema;

/// An error.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorEnvelope {
    pub(crate) detail: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorDetail {
    /// For programs.
    pub(crate) code: ErrorCode,
    /// For people.
    pub(crate) message: String,
    /// The values behind the message; `errors` of a `validation_error` is a list of violations.
    #[schema(required, value_type = Option<Object>)]
    pub(crate) details: Option<Value>,
}
