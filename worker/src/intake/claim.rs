//! Claiming a handful of offers.

use std::collections::HashMap;
use std::time::Duration;

use shared::domain::{JobId, Lease, LeaseToken};
use shared::store::StoreError;
use shared::store::jobs::{Claim, Claimed, ClaimedWithin};

use super::{Intake, Offer, acknowledges_early};
use crate::attempt::Taken;

/// Pause before a claim that failed is sent again.
const RETRY_MIN: Duration = Duration::from_millis(50);
const RETRY_MAX: Duration = Duration::from_secs(2);

impl Intake {
    /// Claims what can be claimed, starts it, and looks after the rest.
    pub(super) async fn claim(&self, offers: Vec<Offer>) {
        #[expect(clippy::cast_precision_loss, reason = "a batch is small")]
        metrics::histogram!("quire_claim_batch_size").record(offers.len() as f64);
        let Some(ClaimedWithin { claimed, deferred }) = self.claim_rows(&offers).await else { return };
        // What was claimed has left room in the windows.
        self.context.flow.nudge(self.lane);
        let mut claimed: HashMap<JobId, Claimed> =
            claimed.into_iter().map(|claimed| (claimed.lease.job, claimed)).collect();
        let mut missed = Vec::new();
        for offer in offers {
            match claimed.remove(&offer.job) {
                Some(claimed) => self.start(claimed, offer),
                None if deferred.contains(&offer.job) => self.defer(offer).await,
                None => missed.push(offer),
            }
        }
        if !missed.is_empty() {
            self.tasks.spawn(self.clone().look_after(missed));
        }
    }

    /// Lets go of a job that has no room at its endpoint now: the relay sends it again when it has.
    pub(super) async fn defer(&self, offer: Offer) {
        metrics::counter!("quire_claims_deferred_total", "lane" => self.lane.as_str()).increment(1);
        if let Some(delivery) = offer.delivery {
            delivery.ack().await;
        }
    }

    /// The leases, or `None` when the process stops before PostgreSQL answers.
    pub(super) async fn claim_rows(&self, offers: &[Offer]) -> Option<ClaimedWithin> {
        let mut pause = RETRY_MIN;
        loop {
            let wanted: Vec<Claim> = offers
                .iter()
                .map(|offer| Claim { lease: Lease { job: offer.job, token: LeaseToken::generate() }, seq: offer.seq })
                .collect();
            let error = match self.claim_once(&wanted).await {
                Ok(claimed) => return Some(claimed),
                Err(error) => error,
            };
            tracing::warn!(error = &error as &dyn std::error::Error, jobs = offers.len(), "jobs not claimed yet");
            if error.is_ambiguous() {
                self.give_back(&wanted).await;
            }
            tokio::select! {
                () = self.stop.cancelled() => return None,
                () = tokio::time::sleep(pause.mul_f64(rand::random_range(0.5..1.0))) => {}
            }
            pause = (pause * 2).min(RETRY_MAX);
        }
    }

    /// One statement, or two when there are limits to heed.
    async fn claim_once(&self, wanted: &[Claim]) -> Result<ClaimedWithin, StoreError> {
        let (store, worker, lease) = (&self.context.store, &self.context.worker_id, self.context.config.execute.lease);
        match self.context.flow.limits_of_claims() {
            Some(limits) => store.claim_limited(wanted, worker, lease, &limits).await,
            None => Ok(ClaimedWithin { claimed: store.claim(wanted, worker, lease).await?, deferred: Vec::new() }),
        }
    }

    /// Releases leases that a claim may have taken although its answer never came: left alone they would run out and
    /// count as the crash of a worker.
    async fn give_back(&self, wanted: &[Claim]) {
        let leases: Vec<Lease> = wanted.iter().map(|claim| claim.lease).collect();
        match self.context.store.release(&leases).await {
            Ok(released) if released.is_empty() => {}
            Ok(released) => tracing::info!(jobs = released.len(), "gave back jobs of a claim without an answer"),
            // Then they do run out.
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "leases were not given back"),
        }
    }

    pub(super) fn start(&self, claimed: Claimed, offer: Offer) {
        let runner = self.runner.clone();
        let Offer { mut delivery, slot, .. } = offer;
        let early = if acknowledges_early(self.lane) { delivery.take() } else { None };
        let taken = Taken { claimed, delivery, slot };
        if let Some(delivery) = early {
            self.tasks.spawn(delivery.ack());
        }
        self.tasks.spawn(async move { runner.run(taken).await });
    }
}
