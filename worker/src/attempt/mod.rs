//! One attempt: held by a lease, run, recorded.

mod backoff;
mod cancels;
mod finisher;
mod heartbeat;
mod held;
mod progress;
mod report;
mod result;
mod retries;
mod run;
mod verdict;

pub use backoff::Backoff;
pub(crate) use cancels::cancels;
pub(crate) use finisher::Finisher;
pub(crate) use heartbeat::heartbeat;
pub(crate) use held::{Held, StopReason};
pub(crate) use progress::progress;
pub(crate) use retries::Retries;
pub use retries::RetriesConfig;
pub(crate) use run::{Runner, Taken};
