//! Why an attempt failed, and whether another attempt may help.

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde_json::{Map, Value};

use super::causes::causes_of;

/// Whether another attempt may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FailureClass {
    /// The cause may pass: try again within the job's budget.
    Transient,
    /// The same input fails the same way: end the job.
    Permanent,
}

macro_rules! failure_codes {
    ($($(#[doc = $about:literal])+ $name:ident = $code:literal, $class:ident;)+) => {
        /// The closed vocabulary of `error.code` and `last_failure_code`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FailureCode {
            $($(#[doc = $about])+ $name,)+
        }

        impl FailureCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The word on the wire, in SQL and in logs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// When it is noted, in one sentence.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => concat!($($about,)+).trim(),)+ }
            }

            /// Whether another attempt may help.
            #[must_use]
            pub const fn class(self) -> FailureClass {
                match self { $(Self::$name => FailureClass::$class,)+ }
            }
        }
    };
}

failure_codes! {
    /// The document's type is not one that the engine reads.
    UnsupportedDocumentType = "unsupported_document_type", Permanent;
    /// The document is damaged or is not what it says it is.
    DocumentInvalid = "document_invalid", Permanent;
    /// The document exceeded a limit of time, memory, pages or size; the message names it.
    DocumentLimitExceeded = "document_limit_exceeded", Permanent;
    /// The document is encrypted, and the request has no password for it.
    DocumentPasswordRequired = "document_password_required", Permanent;
    /// The document is encrypted, and the request's password does not open it.
    DocumentPasswordWrong = "document_password_wrong", Permanent;
    /// The document needs OCR, and this installation has no models for it; the message says how to get them.
    OcrModelMissing = "ocr_model_missing", Permanent;
    /// Nothing is written on any page of the document, its pictures included.
    DocumentHasNoText = "document_has_no_text", Permanent;
    /// The document is written in a script whose words the engine does not know; it understands English, French, German and Spanish.
    LanguageNotSupported = "language_not_supported", Permanent;
    /// The stored request is not one that the endpoint's executor understands.
    RequestInvalid = "request_invalid", Permanent;
    /// The request's data is no longer stored, or cannot be read.
    PayloadUnavailable = "payload_unavailable", Transient;
    /// The request's password cannot be decrypted: the worker lacks the key (`QUIRE_SECRETS_KEY`) that it was stored with.
    SecretUnavailable = "secret_unavailable", Transient;
    /// The result could not be stored.
    ResultUnstorable = "result_unstorable", Transient;
    /// The worker that took the job does not execute the endpoint.
    EndpointNotAvailable = "endpoint_not_available", Transient;
    /// The attempt took longer than its endpoint's time-out.
    AttemptTimedOut = "attempt_timed_out", Transient;
    /// The engine's process died without a reason that names the document.
    EngineCrashed = "engine_crashed", Transient;
    /// The engine's process could not be started.
    EngineUnavailable = "engine_unavailable", Transient;
    /// No connection to the upstream could be made, or it broke before the answer was whole.
    UpstreamUnavailable = "upstream_unavailable", Transient;
    /// The upstream answered 5xx or another status that is tried again.
    UpstreamError = "upstream_error", Transient;
    /// The upstream answered 429, or 503 with a `Retry-After`.
    UpstreamOverloaded = "upstream_overloaded", Transient;
    /// The upstream answered a status that means no success and is not tried again.
    UpstreamRejected = "upstream_rejected", Permanent;
    /// The upstream's answer is larger than its endpoint takes.
    UpstreamResponseTooLarge = "upstream_response_too_large", Permanent;
    /// The request is larger than its upstream takes.
    UpstreamRequestTooLarge = "upstream_request_too_large", Permanent;
    /// The worker that held the lease went away.
    WorkerLost = "worker_lost", Transient;
    /// The worker itself failed while it ran the attempt.
    Internal = "internal_error", Transient;
}

impl fmt::Display for FailureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no failure code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a failure code")]
pub struct UnknownFailureCode;

impl FromStr for FailureCode {
    type Err = UnknownFailureCode;

    fn from_str(text: &str) -> Result<Self, UnknownFailureCode> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text).ok_or(UnknownFailureCode)
    }
}

/// One failure of one attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// What kind of failure.
    pub code: FailureCode,
    /// Whether another attempt may help. Usually the code's own class; an executor that knows better says so.
    pub class: FailureClass,
    /// For people: what happened and by which rule.
    pub message: String,
    /// For programs: the values behind the message.
    pub details: Option<Value>,
    /// Another attempt before this time has passed is not welcome.
    pub retry_after: Option<Duration>,
    /// The errors that it was made of, outermost first; without secrets, and no more than can be shown.
    pub causes: Vec<String>,
}

impl Failure {
    /// A failure of the code's own class.
    #[must_use]
    pub fn new(code: FailureCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { code, class: code.class(), message, details: None, retry_after: None, causes: Vec::new() }
    }

    /// The same failure, with values for programs.
    #[must_use]
    pub fn with_details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    /// The same failure, after which this time is to pass.
    #[must_use]
    pub const fn with_retry_after(mut self, time: Duration) -> Self {
        self.retry_after = Some(time);
        self
    }

    /// The same failure, of another class than its code's.
    #[must_use]
    pub fn of_class(mut self, class: FailureClass) -> Self {
        self.class = class;
        self
    }

    /// The same failure, with the error behind it and everything that caused that one.
    #[must_use]
    pub fn because(mut self, error: &(dyn Error + 'static)) -> Self {
        self.causes = causes_of(error);
        self
    }

    /// What is stored for programs: the values behind the message, and `causes` if there are any.
    #[must_use]
    pub fn explanation(&self) -> Option<Value> {
        if self.causes.is_empty() {
            return self.details.clone();
        }
        let mut members = match &self.details {
            Some(Value::Object(members)) => members.clone(),
            Some(other) => Map::from_iter([("value".to_owned(), other.clone())]),
            None => Map::new(),
        };
        members.insert("causes".to_owned(), self.causes.clone().into());
        Some(members.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn causes_are_told_beside_the_details() {
        let failure = Failure::new(FailureCode::PayloadUnavailable, "gone");
        assert_eq!(failure.explanation(), None);
        let error = std::io::Error::other("the disk failed");
        let because = failure.clone().because(&error);
        assert_eq!(because.explanation(), Some(json!({ "causes": ["the disk failed"] })));
        let detailed = because.clone().with_details(json!({ "limit": 3 }));
        assert_eq!(detailed.explanation(), Some(json!({ "limit": 3, "causes": ["the disk failed"] })));
        let odd = because.with_details(json!([1]));
        assert_eq!(odd.explanation(), Some(json!({ "value": [1], "causes": ["the disk failed"] })));
        assert_eq!(failure.with_details(json!(1)).explanation(), Some(json!(1)));
    }
}
