//! Errors as HTTP tells them: a status, a code, a message, details (contract A.8).

use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};
use shared::contract::ErrorCode;
use shared::domain::Scope;

use crate::cause::Causes;
use crate::routes::json;
use crate::service::ServiceError;
use crate::service::validation::Violation;
use crate::view::error::{ErrorDetail, ErrorEnvelope};

/// Violations that one answer lists, at most.
const MAX_VIOLATIONS: usize = 100;
/// What a client that is told to come back should wait.
const RETRY_AFTER_SECONDS: HeaderValue = HeaderValue::from_static("1");

/// Why a request has no good answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ApiError {
    /// No key, or none that is known.
    #[error("the API key is missing, not known, or revoked")]
    Unauthorized,
    /// The key is good, but not for this.
    #[error("the API key lacks the scope {0}")]
    Forbidden(Scope),
    /// No route has this path.
    #[error("no route has this path")]
    RouteNotFound,
    /// The route does not have this method.
    #[error("the route does not have this method")]
    MethodNotAllowed,
    /// The organization has no job of this id, or nobody has.
    #[error("job not found: {0}")]
    JobNotFound(String),
    /// The path and the query are too long.
    #[error("path and query of {size} bytes exceed the {cap} that are taken")]
    UriTooLong {
        /// Bytes.
        size: usize,
        /// Bytes.
        cap: usize,
    },
    /// The headers are too large.
    #[error("headers of {size} bytes exceed the {cap} that are taken")]
    HeadersTooLarge {
        /// Bytes.
        size: usize,
        /// Bytes.
        cap: usize,
    },
    /// The body is too large. Its size is what it says, or what had come when it was too much.
    #[error("the body of {size} bytes exceeds the {cap} that are taken")]
    BodyTooLarge {
        /// Bytes.
        size: u64,
        /// Bytes.
        cap: u64,
    },
    /// The body did not come in time.
    #[error("the body did not arrive in time")]
    BodyTimeout,
    /// The connection broke while the body came; nobody is left to read this.
    #[error("the body ended early")]
    BodyBroken,
    /// The request could not be done.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// A bug.
    #[error("the request could not be processed")]
    Panicked,
}

impl From<Violation> for ApiError {
    fn from(violation: Violation) -> Self {
        Self::Service(ServiceError::Invalid(vec![violation]))
    }
}

impl ApiError {
    const fn code(&self) -> ErrorCode {
        use ServiceError as S;
        match self {
            Self::Unauthorized => ErrorCode::Unauthorized,
            Self::Forbidden(_) => ErrorCode::Forbidden,
            Self::RouteNotFound | Self::JobNotFound(_) | Self::Service(S::JobNotFound) => ErrorCode::NotFound,
            Self::MethodNotAllowed => ErrorCode::MethodNotAllowed,
            Self::UriTooLong { .. } => ErrorCode::UriTooLong,
            Self::HeadersTooLarge { .. } => ErrorCode::HeadersTooLarge,
            Self::BodyTooLarge { .. } => ErrorCode::BodyTooLarge,
            Self::BodyTimeout => ErrorCode::RequestTimeout,
            Self::BodyBroken => ErrorCode::BodyIncomplete,
            Self::Service(S::Malformed(_)) => ErrorCode::MalformedJson,
            Self::Service(S::Invalid(_)) => ErrorCode::ValidationError,
            Self::Service(S::EndpointNotAvailable(_)) => ErrorCode::EndpointNotAvailable,
            Self::Service(S::InvalidDate(_)) => ErrorCode::InvalidDate,
            Self::Service(S::InvalidCursor(_)) => ErrorCode::InvalidCursor,
            Self::Service(S::FilterTooBroad { .. }) => ErrorCode::FilterTooBroad,
            Self::Service(S::NotCancellable(_)) => ErrorCode::JobNotCancellable,
            Self::Service(S::NotRetryable(_)) => ErrorCode::JobNotRetryable,
            Self::Service(S::RequestPurged) => ErrorCode::JobRequestPurged,
            Self::Service(S::Overtaken(_)) => ErrorCode::StatusConflict,
            Self::Service(S::KeyReused(_)) => ErrorCode::IdempotencyKeyReused,
            Self::Service(S::ExtractionNamed(_)) => ErrorCode::ExtractionIdTaken,
            Self::Service(S::Overloaded(_)) => ErrorCode::Overloaded,
            Self::Service(S::OutcomeUnknown(_)) => ErrorCode::OutcomeUnknown,
            Self::Service(S::DatabaseUnavailable(_)) => ErrorCode::DatabaseUnavailable,
            Self::Service(S::ObjectStoreUnavailable(_)) => ErrorCode::ObjectStoreUnavailable,
            Self::Service(S::Internal(_)) | Self::Panicked => ErrorCode::InternalError,
        }
    }

    fn details(&self) -> Option<Value> {
        use ServiceError as S;
        match self {
            Self::Unauthorized => Some(json!({ "error": "Invalid API Key." })),
            Self::Forbidden(scope) => Some(json!({ "scope": scope.as_str() })),
            Self::UriTooLong { size, cap } | Self::HeadersTooLarge { size, cap } => {
                Some(json!({ "size_bytes": size, "cap_bytes": cap }))
            }
            Self::BodyTooLarge { size, cap } => Some(json!({ "size_bytes": size, "cap_bytes": cap })),
            Self::Service(S::Malformed(malformed)) => {
                Some(json!({ "line": malformed.line, "column": malformed.column }))
            }
            Self::Service(S::Invalid(violations)) => {
                Some(json!({ "errors": &violations[..violations.len().min(MAX_VIOLATIONS)] }))
            }
            Self::Service(S::NotCancellable(status) | S::NotRetryable(status) | S::Overtaken(status)) => {
                Some(json!({ "status": status.as_str() }))
            }
            Self::Service(S::EndpointNotAvailable(path)) => Some(json!({ "endpoint": &**path })),
            Self::Service(S::InvalidDate(parameter) | S::InvalidCursor(parameter)) => {
                Some(json!({ "path": format!("query.{parameter}") }))
            }
            Self::Service(S::FilterTooBroad { scan_max }) => Some(json!({ "scan_max": scan_max })),
            Self::Service(S::KeyReused(job) | S::ExtractionNamed(job) | S::OutcomeUnknown(job)) => {
                Some(json!({ "job_id": job }))
            }
            _ => None,
        }
    }

    /// The error for people. What happens inside is for the log.
    fn message(&self) -> String {
        match self {
            Self::Service(ServiceError::Invalid(violations)) => summary(violations),
            Self::Service(ServiceError::OutcomeUnknown(job)) => {
                format!("the database did not say whether it stored {job}: ask for the job before creating another")
            }
            other => other.to_string(),
        }
    }

    /// Causes that only we can do something about.
    fn log(&self, status: StatusCode) {
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %Causes(self), "a request failed");
        } else if status.is_server_error() {
            tracing::warn!(error = %Causes(self), "a request was turned away");
        }
    }
}

/// The first violation, and how many more there are.
fn summary(violations: &[Violation]) -> String {
    match violations {
        [] => "the request is not valid".to_owned(),
        [only] => format!("{} {}", only.path, only.message),
        [first, rest @ ..] => format!("{} {} (and {} more)", first.path, first.message, rest.len()),
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let code = self.code();
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.log(status);
        let detail = ErrorDetail { code, message: self.message(), details: self.details() };
        let mut response = json(status, &ErrorEnvelope { detail });
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;
    use shared::domain::JobId;

    use super::*;

    async fn told(error: ApiError) -> (u16, Value, bool) {
        let response = error.into_response();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (parts.status.as_u16(), serde_json::from_slice(&body).unwrap(), parts.headers.contains_key(RETRY_AFTER))
    }

    #[tokio::test]
    async fn every_error_is_told_in_the_envelope() {
        let (status, body, retry) = told(ApiError::Unauthorized).await;
        assert_eq!((status, retry), (401, false));
        assert_eq!(body["detail"]["code"], "unauthorized");
        assert_eq!(body["detail"]["details"]["error"], "Invalid API Key.");

        let (status, body, _) = told(ApiError::BodyTooLarge { size: 11, cap: 10 }).await;
        assert_eq!(status, 413);
        assert_eq!(body["detail"]["details"], json!({ "size_bytes": 11, "cap_bytes": 10 }));
        assert!(body["detail"]["message"].as_str().unwrap().contains("11"));

        let job = JobId::generate(1);
        let (status, body, retry) = told(ServiceError::OutcomeUnknown(job).into()).await;
        assert_eq!((status, retry), (503, true));
        assert_eq!(body["detail"]["details"]["job_id"], job.to_string());
    }

    #[tokio::test]
    async fn many_violations_are_cut_off_and_counted() {
        let violations = vec![Violation::new("$.a", "type", "must be a string"); 150];
        let (status, body, _) = told(ServiceError::Invalid(violations).into()).await;
        assert_eq!(status, 422);
        assert_eq!(body["detail"]["details"]["errors"].as_array().unwrap().len(), MAX_VIOLATIONS);
        assert_eq!(body["detail"]["message"], "$.a must be a string (and 149 more)");
    }
}
