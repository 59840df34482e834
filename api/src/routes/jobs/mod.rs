//! `/v1/jobs`.

pub(crate) mod cancel;
pub(crate) mod create;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod retry;
pub(crate) mod status;

use bytes::Bytes;
use serde_json::value::RawValue;
use shared::domain::JobId;

use crate::cause::Causes;
use crate::error::ApiError;
use crate::service::ServiceError;

/// Names the job that was not found.
fn not_found_as(id: JobId) -> impl FnOnce(ServiceError) -> ApiError {
    move |error| match error {
        ServiceError::JobNotFound => ApiError::JobNotFound(id.to_string()),
        other => other.into(),
    }
}

/// The payload as it was written, to be put into an answer as it is.
fn raw(payload: &Bytes) -> Result<&RawValue, ServiceError> {
    serde_json::from_slice(payload).map_err(|error| {
        tracing::error!(error = %Causes(&error), "a stored payload is not JSON");
        ServiceError::Internal(None)
    })
}
