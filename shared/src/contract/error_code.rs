//! The closed vocabulary of `detail.code`: why the API does not do what a request asks.

use std::fmt;

use serde::Serialize;
use utoipa::ToSchema;

/// A code is one line here: the answers, the OpenAPI document and the table of docs/api.md are made from it or compared
/// with it.
macro_rules! error_codes {
    ($($(#[doc = $about:literal])+ $name:ident = $code:literal, $status:literal;)+) => {
        /// Why the API does not do what a request asks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $($(#[doc = $about])+ $name,)+
        }

        impl ErrorCode {
            /// Every code, by status.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word on the wire and in logs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The HTTP status that it comes with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// When it is answered, in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => concat!($($about,)+).trim(),)+ }
            }
        }
    };
}

error_codes! {
    /// The body ended before it was whole.
    BodyIncomplete = "body_incomplete", 400;
    /// A cursor is no job that the organization can list; `details.path` names the parameter.
    InvalidCursor = "invalid_cursor", 400;
    /// A date of a filter is not written `YYYY-MM-DD`; `details.path` names the parameter.
    InvalidDate = "invalid_date", 400;
    /// The job has ended; `details.status` says how.
    JobNotCancellable = "job_not_cancellable", 400;
    /// The job is not failed, cancelled or expired; `details.status` says what it is.
    JobNotRetryable = "job_not_retryable", 400;
    /// The job's request was deleted with its data: it cannot be retried.
    JobRequestPurged = "job_request_purged", 400;
    /// The API key is missing, not known, or revoked.
    Unauthorized = "unauthorized", 401;
    /// The API key lacks the scope that the route needs; `details.scope` names it.
    Forbidden = "forbidden", 403;
    /// No route has this path, or the organization has no job of this id.
    NotFound = "not_found", 404;
    /// The route does not have this method; the header `allow` names those that it has.
    MethodNotAllowed = "method_not_allowed", 405;
    /// The body did not arrive in time (`QUIRE_API_BODY_TIMEOUT_MS`).
    RequestTimeout = "request_timeout", 408;
    /// Somebody else moved the job while the request waited for it; read it again and decide.
    StatusConflict = "status_conflict", 409;
    /// The idempotency key stands for another request; `details.job_id` is the job that it made.
    IdempotencyKeyReused = "idempotency_key_reused", 409;
    /// The request's `extraction_id` is that of another job's extraction; `details.job_id` is that job.
    ExtractionIdTaken = "extraction_id_taken", 409;
    /// The body is larger than is taken (`QUIRE_API_BODY_MAX_BYTES`).
    BodyTooLarge = "body_too_large", 413;
    /// Path and query are longer than is taken (`QUIRE_API_URI_MAX_BYTES`).
    UriTooLong = "uri_too_long", 414;
    /// The body is not JSON; `details` names line and column.
    MalformedJson = "malformed_json", 422;
    /// The request breaks rules; `details.errors` lists each with its path.
    ValidationError = "validation_error", 422;
    /// The endpoint is known, but nothing executes it in this installation.
    EndpointNotAvailable = "endpoint_not_available", 422;
    /// A list's filters would look at more jobs than one page may (`QUIRE_API_LIST_SCAN_MAX`, `QUIRE_API_LIST_TIMEOUT_MS`); narrow them, for example by `from_date`.
    FilterTooBroad = "filter_too_broad", 422;
    /// The headers are larger than is taken (`QUIRE_API_HEADERS_MAX_BYTES`).
    HeadersTooLarge = "headers_too_large", 431;
    /// A bug; the log has the cause under the answer's `x-request-id`.
    InternalError = "internal_error", 500;
    /// More is under way than the process takes on; nothing was stored, and the request may be sent again.
    Overloaded = "overloaded", 503;
    /// PostgreSQL does not answer; nothing was stored, and the request may be sent again.
    DatabaseUnavailable = "database_unavailable", 503;
    /// The object store does not answer; nothing was stored, and the request may be sent again.
    ObjectStoreUnavailable = "object_store_unavailable", 503;
    /// PostgreSQL did not say whether it stored the job in `details.job_id`: ask for that job before creating another.
    OutcomeUnknown = "outcome_unknown", 503;
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_is_one_word_of_its_own_and_the_list_goes_by_status() {
        let words: HashSet<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(words.len(), ErrorCode::ALL.len());
        assert!(ErrorCode::ALL.is_sorted_by_key(|code| code.status()));
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
            assert!(code.about().ends_with('.'), "{code}: {}", code.about());
        }
    }
}
