//! Telling how each attempt of a job went.

use shared::domain::JobId;
use shared::store::jobs::{Attempt, AttemptsPage};

use super::Jobs;
use crate::service::budget::Reserved;
use crate::service::keys::Actor;
use crate::service::{ServiceError, retry};

/// The page of attempts that is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AttemptsWanted {
    /// Those after this one.
    pub(crate) after: i32,
    /// So many, at most.
    pub(crate) limit: u16,
}

/// A page of attempts, with the part of the budget of bodies that it takes.
#[derive(Debug)]
pub(crate) struct FoundAttempts {
    pub(crate) page: AttemptsPage,
    pub(crate) reserved: Reserved,
}

impl Jobs {
    /// A page of the attempts of a job of the actor's organization.
    pub(crate) async fn attempts(
        &self,
        actor: Actor,
        id: JobId,
        wanted: AttemptsWanted,
    ) -> Result<FoundAttempts, ServiceError> {
        let AttemptsWanted { after, limit } = wanted;
        let store = &self.parts.store;
        let page = retry::read(|| store.attempts(actor.organization, id, after, limit)).await?;
        let page = page.ok_or(ServiceError::JobNotFound)?;
        let budget = &self.parts.budget;
        // What failures say has a cap: no page is so large that it could never be sent.
        let reserved = budget.reserve(page.attempts.iter().map(size).sum::<u64>().min(budget.max_bytes()))?;
        Ok(FoundAttempts { page, reserved })
    }
}

/// Bytes of the texts of an attempt that may be long.
fn size(attempt: &Attempt) -> u64 {
    [&attempt.message, &attempt.details].into_iter().flatten().map(|text| text.len() as u64).sum()
}
