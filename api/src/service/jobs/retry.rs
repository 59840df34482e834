//! Running an ended job again, at its client's wish.

use std::sync::Arc;

use metrics::counter;
use shared::broker::DispatchMessage;
use shared::domain::JobId;
use shared::store::jobs::{Requeued, RetryOutcome};

use super::{Found, Include, Jobs, Parts};
use crate::service::dispatch::Dispatched;
use crate::service::keys::Actor;
use crate::service::{ServiceError, retry};

/// A job that runs again.
#[derive(Debug)]
pub(crate) struct Retried {
    pub(crate) found: Found,
    /// The broker does not have it yet.
    pub(crate) delayed: bool,
}

impl Jobs {
    /// Queues an ended job of the actor's organization again and answers it. From here on it is finished whether its
    /// client waits or not.
    pub(crate) async fn retry(&self, actor: Actor, id: JobId) -> Result<Retried, ServiceError> {
        let parts = Arc::clone(&self.parts);
        match self.see_through(async move { parts.retry(actor, id).await }).await? {
            Some((requeued, delayed)) => Ok(Retried { found: self.acted_on(requeued.job).await, delayed }),
            None => {
                let found = self.get(actor, id, Include { request: true, response: false }).await?;
                Ok(Retried { found, delayed: false })
            }
        }
    }
}

impl Parts {
    /// `None` when a retry of a moment ago has done it.
    async fn retry(&self, actor: Actor, id: JobId) -> Result<Option<(Box<Requeued>, bool)>, ServiceError> {
        match retry::read(|| self.store.user_retry(actor.organization, id, self.rules.retry)).await? {
            RetryOutcome::Queued(requeued) => {
                let endpoint = self.catalogs.current().registry().label(&requeued.job.endpoint).to_string();
                counter!("quire_jobs_retried_total", "endpoint" => endpoint).increment(1);
                let Requeued { publish, lane, seq, .. } = *requeued;
                let message = DispatchMessage { job: id, organization: actor.organization, lane, seq };
                let traceparent = requeued.traceparent.clone();
                let delayed = publish && self.dispatcher.dispatch(message, traceparent).await == Dispatched::Delayed;
                Ok(Some((requeued, delayed)))
            }
            RetryOutcome::Repeated => {
                counter!("quire_jobs_retries_repeated_total").increment(1);
                Ok(None)
            }
            RetryOutcome::NotFound => Err(ServiceError::JobNotFound),
            RetryOutcome::Purged => Err(ServiceError::RequestPurged),
            RetryOutcome::Settled(status) => Err(ServiceError::NotRetryable(status)),
            RetryOutcome::Overtaken(status) => Err(ServiceError::Overtaken(status)),
        }
    }
}
