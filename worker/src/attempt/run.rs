//! The life of one attempt: read the request, execute, keep the result, record the end, acknowledge.

use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::broker::{Delivery, DispatchMessage};
use shared::domain::{Failure, FailureClass, FailureCode, Status};
use shared::payload::{self, Whose};
use shared::store::jobs::{Again, Claimed, Ended, Outcome, Stopped};
use shared::telemetry::propagation;
use tokio::sync::OwnedSemaphorePermit;
use tracing::{Instrument as _, Span};

use super::finisher::{Finisher, Recorded};
use super::held::{Held, StopReason};
use super::report::{Noted, Report};
use super::result;
use super::retries::Retries;
use super::verdict::{Draws, Rules, verdict};
use crate::context::Context;
use crate::executor::{Executors, Keyring, Request, Response};
use crate::flow;

/// The word for an attempt that had lost its lease when it ended.
const FENCED: &str = "fenced";

/// A job in hand: the lease, the message that announced it, the slot that it fills.
pub(crate) struct Taken {
    pub(crate) claimed: Claimed,
    /// `None` when it was taken straight from the outbox.
    pub(crate) delivery: Option<Delivery>,
    pub(crate) slot: OwnedSemaphorePermit,
}

/// Runs attempts.
#[derive(Clone)]
pub(crate) struct Runner {
    context: Context,
    held: Held,
    finisher: Finisher,
    retries: Retries,
    executors: Arc<Executors>,
}

/// How an attempt ended, before it is recorded.
enum End {
    Response(Response),
    Failure(Failure),
    Stopped(StopReason),
}

impl Runner {
    pub(crate) const fn new(
        context: Context,
        held: Held,
        finisher: Finisher,
        retries: Retries,
        executors: Arc<Executors>,
    ) -> Self {
        Self { context, held, finisher, retries, executors }
    }

    /// Runs one attempt to its end.
    pub(crate) async fn run(&self, taken: Taken) {
        let span = span(&taken.claimed);
        self.attempt(taken).instrument(span).await;
    }

    async fn attempt(&self, taken: Taken) {
        let Taken { mut claimed, delivery, slot } = taken;
        let began = Instant::now();
        let report = Report::begin(&claimed, &self.context.endpoints);
        let holding = self.held.insert(claimed.lease);
        if let Some(published_at) = claimed.published_at {
            self.held.advance(claimed.lane, published_at);
        }
        metrics::gauge!("quire_attempts_in_flight", "lane" => claimed.lane.as_str()).increment(1);

        let end = match self.request(&mut claimed).await {
            Ok(request) => self.executors.execute(&claimed, request, holding.watch(), holding.stop().token()).await,
            Err(failure) => Err(failure),
        };
        let end = match (holding.stop().reason(), end) {
            (Some(reason), Err(_)) => End::Stopped(reason),
            (_, Ok(response)) => End::Response(response),
            (None, Err(failure)) => End::Failure(failure),
        };
        let took = began.elapsed();
        let noted = match end {
            End::Stopped(reason) => Noted::word(self.stopped(&claimed, reason).await),
            End::Response(response) => {
                self.context.flow.answered(&claimed.endpoint, took).await;
                self.completed(&claimed, response).await
            }
            End::Failure(failure) => match self.released(&claimed, failure, took).await {
                Ok(noted) => noted,
                Err(failure) => self.failed(&claimed, failure).await,
            },
        };
        let noted = if noted.word == FENCED { noted.ended(self.fenced(&claimed).await) } else { noted };
        drop(holding);
        self.context.flow.ended(&claimed.endpoint, claimed.lane);
        metrics::gauge!("quire_attempts_in_flight", "lane" => claimed.lane.as_str()).decrement(1);
        // The truth is in PostgreSQL now, or the lease will run out: the message has nothing left to say.
        if let Some(delivery) = delivery {
            delivery.ack().await;
        }
        drop(slot);
        report.end(&claimed, &self.context.worker_id, noted, began.elapsed());
    }

    /// The stored request.
    async fn request(&self, claimed: &mut Claimed) -> Result<Request, Failure> {
        let Some(body) = claimed.request.take() else {
            let message = "the request is no longer stored";
            return Err(Failure::new(FailureCode::PayloadUnavailable, message).of_class(FailureClass::Permanent));
        };
        let whose = Whose { organization: claimed.organization, job: claimed.lease.job };
        let keyring = Keyring::new(&claimed.endpoint, self.context.config.secrets.clone(), whose);
        Request::read(&self.context.blob, body, keyring).await
    }

    async fn completed(&self, claimed: &Claimed, response: Response) -> Noted {
        let blob = &self.context.blob;
        match result::keep(blob, claimed, response).await {
            Ok(outcome) => {
                let objects = outcome.objects();
                let noted = self.record(claimed, outcome).await;
                // A fenced attempt's result is never visible: what it stored under its own name can go.
                if noted.word == FENCED {
                    payload::remove(blob, objects).await;
                }
                noted
            }
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a result cannot be kept");
                self.failed(claimed, unstorable().because(&error)).await
            }
        }
    }

    /// Queues the job again, uncounted, when what failed it is an upstream in trouble; else the failure is given back.
    async fn released(&self, claimed: &Claimed, failure: Failure, took: Duration) -> Result<Noted, Failure> {
        let job = claimed.lease.job;
        let Some(held) = self.context.flow.failed(&claimed.endpoint, job, &failure, took).await else {
            return Err(failure);
        };
        let again = Again { after: flow::again_after(held, &failure), hurry: false };
        Ok(self.record(claimed, Outcome::Released(failure, again)).await)
    }

    async fn failed(&self, claimed: &Claimed, failure: Failure) -> Noted {
        let registry = self.context.endpoints.current();
        let endpoint = registry.find(&claimed.endpoint);
        let rules = Rules {
            policy: endpoint.map(|endpoint| &endpoint.retry).ok(),
            backoff: self.context.config.execute.backoff,
            budget_used: claimed.budget_used,
        };
        self.record(claimed, verdict(failure, rules, Draws::random())).await
    }

    async fn record(&self, claimed: &Claimed, outcome: Outcome) -> Noted {
        let noted = Noted::of(&outcome);
        noted.ended(self.send(claimed, outcome).await)
    }

    /// Records how the attempt ended, and says in a word what became of that. A job that is queued again is announced from
    /// here, if PostgreSQL leaves that to us.
    async fn send(&self, claimed: &Claimed, mut outcome: Outcome) -> &'static str {
        let word = outcome.as_str();
        let place = self.retries.place(&mut outcome, || self.context.flow.is_paced(&claimed.endpoint));
        let trace_id = propagation::current_trace_id();
        let ended = Ended { lease: claimed.lease, outcome, trace_id };
        match self.finisher.finish(ended).await {
            Recorded::Moved(finished) => {
                if let Some(place) = place.filter(|_| finished.publish) {
                    let message = DispatchMessage {
                        job: finished.job,
                        organization: claimed.organization,
                        lane: claimed.lane,
                        seq: finished.seq,
                    };
                    self.retries.announce(place, message, claimed.traceparent.clone());
                }
                // What was to be tried again may have used its budget up.
                if finished.status == Status::Queued { word } else { finished.status.as_str() }
            }
            Recorded::Fenced => FENCED,
            Recorded::Unrecorded => "unrecorded",
            Recorded::Refused => {
                let outcome = Outcome::Failed(unstorable().of_class(FailureClass::Permanent));
                let ended = Ended { lease: claimed.lease, outcome, trace_id: None };
                match self.finisher.finish(ended).await {
                    Recorded::Moved(_) => "failed",
                    _ => "unrecorded",
                }
            }
        }
    }

    /// The attempt was stopped before its end: by somebody who has taken the lease, or by our own drain.
    async fn stopped(&self, claimed: &Claimed, reason: StopReason) -> &'static str {
        match reason {
            StopReason::Cancelled | StopReason::LeaseLost => FENCED,
            StopReason::Drain => match self.context.store.release(&[claimed.lease]).await {
                Ok(released) if released.is_empty() => FENCED,
                Ok(_) => "released",
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "a lease was not released");
                    "unrecorded"
                }
            },
        }
    }

    /// The lease was taken away and nothing runs under it any more. If a client's cancel took it, PostgreSQL is told so: a
    /// retry may be waiting.
    async fn fenced(&self, claimed: &Claimed) -> &'static str {
        match self.context.store.stopped(claimed, &self.context.worker_id).await {
            Ok(Stopped::NotCancelled) => {
                metrics::counter!("quire_fenced_total").increment(1);
                FENCED
            }
            Ok(Stopped::Noted | Stopped::Awaited) => "cancelled",
            Err(error) => {
                // A retry then waits out its grace.
                tracing::warn!(error = &error as &dyn std::error::Error, "the end of a fenced attempt was not noted");
                FENCED
            }
        }
    }
}

fn unstorable() -> Failure {
    Failure::new(FailureCode::ResultUnstorable, "the result could not be stored")
}

/// The span of an attempt: the first is part of the client's trace, a later one is a root of its own that links to it,
/// because a trace that lasts for days is of no use.
fn span(claimed: &Claimed) -> Span {
    let span = tracing::info_span!(
        "process",
        otel.name = %format_args!("process jobs.{}", claimed.lane),
        otel.kind = "consumer",
        messaging.system = "rabbitmq",
        messaging.operation.r#type = "process",
        messaging.destination.name = %format_args!("jobs.{}", claimed.lane),
        job.id = %claimed.lease.job,
        organization.id = %claimed.organization,
        job.endpoint = claimed.endpoint,
        attempt.number = claimed.attempt,
    );
    if let Some(traceparent) = &claimed.traceparent {
        if claimed.attempt == 1 {
            propagation::set_parent(&span, traceparent);
        } else {
            propagation::link(&span, traceparent);
        }
    }
    span
}
