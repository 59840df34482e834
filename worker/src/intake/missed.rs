//! Offers that a claim did not take: stale, early, doubled, or the redelivery of a job whose worker may be dead.

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use shared::domain::{JobId, Lease, Status};
use shared::store::jobs::Look;

use super::{Intake, Offer};

/// A row that another transaction held when we claimed, or that is due in a moment, is tried again this often before the
/// re-send rule gets it.
const CONTENDED_TRIES: u32 = 5;
const CONTENDED_PAUSE: Duration = Duration::from_millis(50);
/// Renewals that a living worker makes in the time that a redelivered message is parked.
const RENEWALS_AWAITED: u32 = 2;

/// What an offer turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// It says nothing that PostgreSQL does not know better.
    Settled,
    /// It is current and due: the claim met another transaction, or came a moment too early.
    Contended,
    /// Its job is running. If the message is a redelivery, its worker may be dead.
    Running { lease: Lease, lease_expires_at: SystemTime },
}

fn judge(offer: &Offer, look: Option<&Look>) -> Verdict {
    let Some(look) = look.filter(|look| look.seq == offer.seq) else { return Verdict::Settled };
    match (look.status, look.lease) {
        (Status::Queued, _) if look.due => Verdict::Contended,
        (Status::InProgress, Some((token, lease_expires_at))) => {
            Verdict::Running { lease: Lease { job: offer.job, token }, lease_expires_at }
        }
        // Not due: the relay sends it again when it is. Else it has ended.
        _ => Verdict::Settled,
    }
}

impl Intake {
    /// Finds out about each offer and does what it asks for.
    pub(super) async fn look_after(self, missed: Vec<Offer>) {
        let jobs: Vec<JobId> = missed.iter().map(|offer| offer.job).collect();
        let looks = self.look(&jobs).await;
        for offer in missed {
            let verdict = judge(&offer, looks.get(&offer.job));
            match verdict {
                Verdict::Settled => self.settle(offer).await,
                Verdict::Contended => {
                    self.tasks.spawn(self.clone().try_again(offer));
                }
                Verdict::Running { lease, lease_expires_at } => {
                    if offer.delivery.as_ref().is_some_and(|delivery| delivery.redelivered) {
                        self.tasks.spawn(self.clone().park(offer, lease, lease_expires_at));
                    } else {
                        self.settle(offer).await;
                    }
                }
            }
        }
    }

    /// Jobs as they are; empty when PostgreSQL cannot say. Then the messages are dropped: their outbox rows stay.
    async fn look(&self, jobs: &[JobId]) -> HashMap<JobId, Look> {
        self.context.store.look(jobs).await.unwrap_or_else(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, jobs = jobs.len(), "jobs could not be looked at");
            HashMap::new()
        })
    }

    async fn settle(&self, offer: Offer) {
        metrics::counter!("quire_messages_dropped_total", "lane" => self.lane.as_str()).increment(1);
        if let Some(delivery) = offer.delivery {
            delivery.ack().await;
        }
    }

    /// Claims again a job whose row another transaction held.
    async fn try_again(self, mut offer: Offer) {
        for _ in 0..CONTENDED_TRIES {
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(CONTENDED_PAUSE.mul_f64(rand::random_range(0.5..1.5))) => {}
            }
            offer = match self.claim_one(offer).await {
                Some(offer) => offer,
                None => return,
            };
        }
        self.settle(offer).await;
    }

    /// Watches the lease of a running job whose message came again. A worker that lives renews it; a lease that two
    /// renewals have passed by belongs to a dead one, and waiting for it to run out would only cost time.
    async fn park(self, offer: Offer, lease: Lease, lease_expires_at: SystemTime) {
        metrics::counter!("quire_redeliveries_parked_total", "lane" => self.lane.as_str()).increment(1);
        let settings = &self.context.config.execute;
        tokio::select! {
            () = self.stop.cancelled() => return,
            () = tokio::time::sleep(settings.heartbeat * RENEWALS_AWAITED) => {}
        }
        let rescued = self.context.store.rescue_unrenewed(lease, lease_expires_at, settings.max_crashes).await;
        match rescued {
            Ok(Some(rescued)) => {
                tracing::warn!(job.id = %lease.job, status = %rescued.status, "took {} from a lost worker", lease.job);
                metrics::counter!("quire_rescues_total", "by" => "redelivery").increment(1);
                if rescued.status == Status::Queued {
                    let offer = Offer { seq: rescued.seq, ..offer };
                    if let Some(offer) = self.claim_one(offer).await {
                        self.settle(offer).await;
                    }
                } else {
                    self.settle(offer).await;
                }
            }
            // Renewed, ended, or taken by the rescuer: in each case somebody else looks after it.
            Ok(None) => self.settle(offer).await,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "a parked job was not rescued");
                self.settle(offer).await;
            }
        }
    }

    /// Claims one offer and starts it, or gives it back.
    async fn claim_one(&self, offer: Offer) -> Option<Offer> {
        let offers = [offer];
        let within = self.claim_rows(&offers).await;
        let [offer] = offers;
        let Some(mut within) = within else { return Some(offer) };
        match within.claimed.pop() {
            Some(claimed) => self.start(claimed, offer),
            None if within.deferred.is_empty() => return Some(offer),
            None => self.defer(offer).await,
        }
        None
    }
}
