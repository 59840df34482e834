//! What is told of an attempt: one line in the log, and the metrics.

use std::time::Duration;

use shared::domain::{Endpoints, Failure, FailureCode};
use shared::store::jobs::{Claimed, Outcome};
use shared::telemetry::propagation;

/// How an attempt ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noted {
    /// In a word.
    pub(super) word: &'static str,
    /// Why it failed.
    code: Option<FailureCode>,
    /// The status that the endpoint answered with, if it answered.
    status: Option<u64>,
    /// When the job is tried again.
    after: Option<Duration>,
    result_bytes: Option<i64>,
}

impl Noted {
    /// An attempt of which there is no more to say.
    pub(super) const fn word(word: &'static str) -> Self {
        Self { word, code: None, status: None, after: None, result_bytes: None }
    }

    /// What is to be recorded of an attempt.
    pub(super) fn of(outcome: &Outcome) -> Self {
        let noted = Self::word("");
        let failed = |failure: &Failure, after| Self {
            code: Some(failure.code),
            status: failure.details.as_ref().and_then(|details| details["status_code"].as_u64()),
            after,
            ..noted
        };
        match outcome {
            Outcome::Completed { status_code, body, .. } => {
                Self { status: Some((*status_code).into()), result_bytes: Some(body.bytes()), ..noted }
            }
            Outcome::Failed(failure) => failed(failure, None),
            Outcome::Retried(failure, again) | Outcome::Released(failure, again) => failed(failure, Some(again.after)),
        }
    }

    /// The same, now that it is known what became of it.
    pub(super) fn ended(self, word: &'static str) -> Self {
        let after = self.after.filter(|_| matches!(word, "retried" | "released"));
        Self { word, after, ..self }
    }
}

/// What is told of an attempt before it begins: the request is read in its course.
#[derive(Debug, Clone)]
pub(super) struct Report {
    /// As metrics know it.
    endpoint: String,
    request_bytes: Option<i64>,
}

impl Report {
    pub(super) fn begin(claimed: &Claimed, endpoints: &Endpoints) -> Self {
        let endpoint = endpoints.current().label(&claimed.endpoint).to_string();
        let lane = claimed.lane.as_str();
        metrics::histogram!("quire_queue_wait_seconds", "lane" => lane, "endpoint" => endpoint.clone())
            .record(claimed.waited.as_secs_f64());
        Self { endpoint, request_bytes: claimed.request.as_ref().map(shared::store::jobs::Body::bytes) }
    }

    /// The one line that an attempt leaves in the log. Call it inside the attempt's span.
    pub(super) fn end(self, claimed: &Claimed, worker: &str, noted: Noted, took: Duration) {
        let Self { endpoint, request_bytes } = self;
        let outcome = noted.word;
        let code = noted.code.map(FailureCode::as_str);
        metrics::counter!("quire_attempts_total", "endpoint" => endpoint.clone(), "outcome" => outcome).increment(1);
        metrics::histogram!("quire_attempt_seconds", "endpoint" => endpoint.clone()).record(took.as_secs_f64());
        if let Some(code) = code {
            let labels = [("endpoint", endpoint), ("code", code.to_owned())];
            match outcome {
                "retried" | "released" => metrics::counter!("quire_retries_total", &labels).increment(1),
                "failed" => metrics::counter!("quire_failures_total", &labels).increment(1),
                _ => {}
            }
        }
        tracing::info!(
            job.id = %claimed.lease.job,
            organization.id = %claimed.organization,
            job.endpoint = claimed.endpoint,
            lane = %claimed.lane,
            attempt.number = claimed.attempt,
            budget.used = claimed.budget_used,
            budget.of = claimed.max_attempts,
            outcome,
            code,
            response.status = noted.status,
            retry.after_ms = noted.after.map(millis),
            queue.wait_ms = millis(claimed.waited),
            duration_ms = millis(took),
            request.bytes = request_bytes,
            result.bytes = noted.result_bytes,
            worker.id = worker,
            trace.id = propagation::current_trace_id(),
            "attempt {} of {} {outcome}", claimed.attempt, claimed.lease.job
        );
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
