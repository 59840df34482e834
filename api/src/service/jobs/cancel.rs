//! Cancelling a job, and telling the worker that runs it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use metrics::counter;
use shared::broker::CancelMessage;
use shared::domain::{JobId, Status};
use shared::store::jobs::{CancelOutcome, Cancelled};

use super::{Found, Include, Jobs, Parts};
use crate::service::keys::Actor;
use crate::service::{ServiceError, retry};

/// What a cancel came to.
enum Done {
    Now(Box<Cancelled>),
    /// By a try of this very call whose answer was lost.
    Before,
}

impl Jobs {
    /// Cancels a job of the actor's organization and answers it. From here on it is finished whether its client waits or
    /// not.
    pub(crate) async fn cancel(&self, actor: Actor, id: JobId) -> Result<Found, ServiceError> {
        let parts = Arc::clone(&self.parts);
        match self.see_through(async move { parts.cancel(actor, id).await }).await? {
            Done::Now(cancelled) => Ok(self.acted_on(cancelled.job).await),
            Done::Before => self.get(actor, id, Include { request: true, response: false }).await,
        }
    }
}

impl Parts {
    async fn cancel(&self, actor: Actor, id: JobId) -> Result<Done, ServiceError> {
        let may_be_done = AtomicBool::new(false);
        let outcome = retry::read(|| async {
            let outcome = self.store.cancel(actor.organization, id).await;
            may_be_done.fetch_or(matches!(&outcome, Err(error) if error.is_ambiguous()), Ordering::Relaxed);
            outcome
        })
        .await?;
        match outcome {
            CancelOutcome::Cancelled(cancelled) => {
                counter!("quire_jobs_cancelled_total", "from" => cancelled.was.as_str()).increment(1);
                if let Some(holder) = &cancelled.holder {
                    self.dispatcher.cancel(&holder.worker, CancelMessage { lease: holder.lease });
                }
                Ok(Done::Now(cancelled))
            }
            CancelOutcome::Settled(Status::Cancelled) if may_be_done.into_inner() => Ok(Done::Before),
            CancelOutcome::NotFound => Err(ServiceError::JobNotFound),
            CancelOutcome::Settled(status) => Err(ServiceError::NotCancellable(status)),
            CancelOutcome::Overtaken(status) => Err(ServiceError::Overtaken(status)),
        }
    }
}
