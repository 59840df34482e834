//! What a failure of the engine means for a job.

use std::time::Duration;

use serde_json::json;
use shared::domain::{Failure, FailureClass, FailureCode};

use crate::engine::{EngineError, Limit};

/// A stored request that its endpoint does not understand.
pub(super) fn invalid(message: &str) -> Failure {
    Failure::new(FailureCode::RequestInvalid, format!("the stored request cannot be executed: {message}"))
}

/// What a failure of the engine means for the job. A document that exceeds a limit exceeds it again; a child that died
/// for no known reason gets one more try.
pub(super) fn failure(error: EngineError, again: bool) -> Failure {
    let died = |what: &str| {
        tracing::warn!(%error, "an engine process died");
        Failure::new(FailureCode::EngineCrashed, what).because(&error)
    };
    match error {
        EngineError::Document { code, message, details } => {
            let failure = Failure::new(code.parse().unwrap_or(FailureCode::DocumentInvalid), message);
            Failure { details, ..failure }
        }
        EngineError::Exceeded { limit } => exceeded(limit),
        EngineError::Killed if again => {
            let message = "the engine was killed twice while it read this document, as it is for want of memory";
            Failure::new(FailureCode::DocumentLimitExceeded, message).with_details(json!({ "limit": "memory" }))
        }
        EngineError::Killed => died("the engine was killed while it read this document"),
        EngineError::Crashed { .. } if again => {
            tracing::warn!(%error, "an engine process died again");
            let message = "the engine died twice while it read this document";
            Failure::new(FailureCode::DocumentInvalid, message).because(&error)
        }
        EngineError::Crashed { .. } => died("the engine died while it read this document"),
        EngineError::NoModel => Failure::new(FailureCode::EndpointNotAvailable, error.to_string()),
        EngineError::Stopped => {
            Failure::new(FailureCode::Internal, "the attempt was stopped").of_class(FailureClass::Transient)
        }
        EngineError::Unavailable(_) => {
            tracing::error!(%error, "an engine process cannot be started");
            Failure::new(FailureCode::EngineUnavailable, "the engine could not be started").because(&error)
        }
    }
}

/// The document needed more than a child may use.
fn exceeded(limit: Limit) -> Failure {
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let (variables, details) = match limit {
        Limit::Time(time) => (
            "QUIRE_ENGINE_TIMEOUT_MS and QUIRE_ENGINE_TIMEOUT_PAGE_MS, within the endpoint's time-out",
            json!({ "limit": "time", "limit_ms": millis(time) }),
        ),
        Limit::Cpu(time) => {
            ("QUIRE_ENGINE_CPU_MS and QUIRE_ENGINE_CPU_PAGE_MS", json!({ "limit": "cpu", "limit_ms": millis(time) }))
        }
        Limit::Memory(bytes) => ("QUIRE_ENGINE_MEMORY_BYTES", json!({ "limit": "memory", "limit_bytes": bytes })),
    };
    let message = format!("the document needs more than the {limit} that it may use ({variables})");
    Failure::new(FailureCode::DocumentLimitExceeded, message).with_details(details)
}
