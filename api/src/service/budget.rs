//! One budget for the bytes of all bodies in flight, so that many large ones together cannot take the memory of the
//! process.

use std::sync::Arc;

use metrics::gauge;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of one permit: a semaphore counts in 32 bits, a budget may be up to 1 TiB.
const UNIT: u64 = 1024;

/// More bytes than are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many bytes of bodies are in flight")]
pub(crate) struct BudgetSpent;

/// The bytes that bodies may take together.
#[derive(Debug, Clone)]
pub(crate) struct ByteBudget {
    units: Arc<Semaphore>,
    max_bytes: u64,
}

/// Bytes taken from the budget, until it is dropped.
#[derive(Debug)]
pub(crate) struct Reserved {
    permit: OwnedSemaphorePermit,
    units: Arc<Semaphore>,
}

impl ByteBudget {
    /// A budget of so many bytes, rounded down to whole KiB.
    pub(crate) fn new(max_bytes: u64) -> Self {
        let units = usize::try_from(max_bytes / UNIT).unwrap_or(Semaphore::MAX_PERMITS);
        Self { units: Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS))), max_bytes }
    }

    /// What one body could take if it were the only one.
    pub(crate) const fn max_bytes(&self) -> u64 {
        self.max_bytes
    }

    /// Takes bytes from the budget, without waiting.
    pub(crate) fn reserve(&self, bytes: u64) -> Result<Reserved, BudgetSpent> {
        let permit = take(&self.units, units_of(bytes))?;
        Ok(Reserved { permit, units: Arc::clone(&self.units) })
    }
}

impl Reserved {
    /// Takes more, so that it is `bytes` in all; does nothing when it is that much already.
    pub(crate) fn grow_to(&mut self, bytes: u64) -> Result<(), BudgetSpent> {
        let missing = units_of(bytes).saturating_sub(u32::try_from(self.permit.num_permits()).unwrap_or(u32::MAX));
        if missing > 0 {
            self.permit.merge(take(&self.units, missing)?);
        }
        Ok(())
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        gauge!("quire_bodies_in_flight_bytes").decrement(bytes_of(self.permit.num_permits()));
    }
}

fn take(units: &Arc<Semaphore>, count: u32) -> Result<OwnedSemaphorePermit, BudgetSpent> {
    let permit = Arc::clone(units).try_acquire_many_owned(count).map_err(|_| BudgetSpent)?;
    gauge!("quire_bodies_in_flight_bytes").increment(bytes_of(permit.num_permits()));
    Ok(permit)
}

/// Units that hold so many bytes; more than there can be when the count does not fit.
fn units_of(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "a gauge is a float; budgets are far below 2^52")]
fn bytes_of(units: usize) -> f64 {
    units as f64 * UNIT as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_is_shared_and_given_back() {
        let budget = ByteBudget::new(10 * UNIT);
        let first = budget.reserve(6 * UNIT).unwrap();
        assert_eq!(budget.reserve(5 * UNIT).unwrap_err(), BudgetSpent);
        let second = budget.reserve(4 * UNIT).unwrap();
        assert_eq!(budget.units.available_permits(), 0);
        drop((first, second));
        assert_eq!(budget.units.available_permits(), 10);
    }

    #[test]
    fn a_body_of_unknown_length_takes_what_has_arrived() {
        let budget = ByteBudget::new(4 * UNIT);
        let mut body = budget.reserve(0).unwrap();
        body.grow_to(1).unwrap();
        body.grow_to(UNIT).unwrap();
        assert_eq!(budget.units.available_permits(), 3);
        body.grow_to(4 * UNIT).unwrap();
        assert_eq!(body.grow_to(4 * UNIT + 1), Err(BudgetSpent));
        drop(body);
        assert_eq!(budget.units.available_permits(), 4);
    }
}
