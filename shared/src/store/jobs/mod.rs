//! The job: its life from accept to a terminal status, one compare-and-set a move.

mod accept;
mod artifact;
mod attempts;
mod body;
mod cancel;
mod claim;
mod claim_limited;
mod expire;
mod finish;
mod get;
mod list;
mod lock;
mod look;
mod missing;
mod release;
mod rescue;
mod stopped;
mod user_retry;

pub use accept::{AcceptOutcome, AcceptRules, Accepted, Idempotency, NewJob, Record};
pub use artifact::Artifact;
pub use attempts::{Attempt, AttemptsPage};
pub use body::{Body, Place};
pub use cancel::{CancelOutcome, Cancelled, Holder};
pub use claim::{Claim, Claimed};
pub use claim_limited::ClaimedWithin;
pub use finish::{Again, Ended, FinishRules, Finished, KeptExtraction, Outcome};
pub use get::{Include, Job, JobError, JobResult};
pub use list::{Cursor, Filter, List, Listed, Page, Source};
pub use look::Look;
pub use rescue::Rescued;
pub use stopped::Stopped;
pub use user_retry::{Requeued, RetryOutcome, RetryRules};

use super::Statement;

pub(super) const STATEMENTS: &[Statement] = &[
    accept::ACCEPT,
    attempts::LIST,
    cancel::CANCEL,
    claim::CLAIM,
    claim_limited::CLAIM_LOCK,
    claim_limited::CLAIM_LIMITED,
    expire::EXPIRE,
    finish::FINISH,
    get::GET,
    list::CURSOR,
    lock::LOCK,
    look::LOOK,
    look::STATUS,
    missing::MISSING,
    release::RELEASE,
    rescue::RESCUE,
    stopped::STOPPED,
    user_retry::USER_RETRY,
];

/// The statements of the lists: one for each way of walking and each direction.
pub(super) use list::WALKS;
