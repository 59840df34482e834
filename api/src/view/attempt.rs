//! One execution of a job.

use serde::Serialize;
use serde_json::Value;
use shared::domain::unix_seconds;
use utoipa::ToSchema;

use super::words::{AttemptOutcome, JobFailureCode};
use crate::service::jobs::{Attempt, AttemptsPage};

/// A page of the attempts of a job, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttemptList {
    /// Always `list`.
    #[schema(pattern = "^list$", example = "list")]
    object: &'static str,
    data: Vec<AttemptView>,
    /// There are later ones: ask again, `after` the last one's `attempt`.
    has_more: bool,
}

/// One execution of a job. Every member is always there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttemptView {
    /// Always `job.attempt`.
    #[schema(pattern = "^job\\.attempt$", example = "job.attempt")]
    object: &'static str,
    /// Its number, from 1; a retry goes on counting.
    #[schema(minimum = 1)]
    attempt: i32,
    /// The client's retries before it.
    #[schema(minimum = 0)]
    generation: i32,
    /// How it ended; null while it runs.
    #[schema(required, value_type = Option<AttemptOutcome>)]
    outcome: Option<String>,
    /// Why it failed, if it did.
    #[schema(required, value_type = Option<JobFailureCode>)]
    code: Option<String>,
    /// For people: what happened and by which rule; null once the job has expired.
    #[schema(required)]
    message: Option<String>,
    /// For programs: the values behind the message; null once the job has expired.
    #[schema(required, value_type = Option<Object>)]
    details: Option<Value>,
    /// The errors behind the failure, outermost first; none once the job has expired.
    causes: Vec<String>,
    /// Which worker ran it.
    worker: String,
    /// Seconds since 1970.
    started_at: i64,
    #[schema(required)]
    ended_at: Option<i64>,
    /// Its trace, if it was traced.
    #[schema(required)]
    trace_id: Option<String>,
}

impl From<AttemptsPage> for AttemptList {
    fn from(page: AttemptsPage) -> Self {
        let AttemptsPage { attempts, has_more } = page;
        Self { object: "list", data: attempts.into_iter().map(AttemptView::from).collect(), has_more }
    }
}

impl From<Attempt> for AttemptView {
    fn from(attempt: Attempt) -> Self {
        let (details, causes) = apart(attempt.details.as_deref());
        Self {
            object: "job.attempt",
            attempt: attempt.attempt,
            generation: attempt.generation,
            outcome: attempt.outcome,
            code: attempt.code,
            message: attempt.message,
            details,
            causes,
            worker: attempt.worker,
            started_at: unix_seconds(attempt.started_at),
            ended_at: attempt.ended_at.map(unix_seconds),
            trace_id: attempt.trace_id,
        }
    }
}

/// The stored details without the causes, and the causes.
fn apart(stored: Option<&str>) -> (Option<Value>, Vec<String>) {
    let mut details: Option<Value> = stored.and_then(|text| serde_json::from_str(text).ok());
    let members = details.as_mut().and_then(Value::as_object_mut);
    let causes = members.and_then(|members| members.remove("causes")).unwrap_or_default();
    let causes = serde_json::from_value(causes).unwrap_or_default();
    (details.filter(|details| details.as_object().is_none_or(|members| !members.is_empty())), causes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn causes_are_told_apart_from_the_details() {
        let causes = vec!["outer".to_owned(), "inner".to_owned()];
        assert_eq!(apart(None), (None, Vec::new()));
        assert_eq!(apart(Some(r#"{"causes":["outer","inner"]}"#)), (None, causes.clone()));
        assert_eq!(
            apart(Some(r#"{"status":500,"causes":["outer","inner"]}"#)),
            (Some(json!({ "status": 500 })), causes)
        );
        assert_eq!(apart(Some("[1]")), (Some(json!([1])), Vec::new()));
    }
}
