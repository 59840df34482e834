//! Why a service function could not do what it was asked, in terms that HTTP can be told in and nothing of HTTP itself.

use std::sync::Arc;

use shared::blob::BlobError;
use shared::domain::{JobId, Status};
use shared::store::StoreError;

use super::accept::AcceptError;
use super::budget::BudgetSpent;
use super::validation::{Malformed, Refusal, Violation};

/// A failure of a service function.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServiceError {
    /// The body is not JSON.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The input breaks rules; all of them are named.
    #[error("the request breaks {} of the rules", .0.len())]
    Invalid(Vec<Violation>),
    /// The endpoint is one of the contract's, but nothing executes it.
    #[error("nothing executes {0} here")]
    EndpointNotAvailable(Arc<str>),
    /// The organization has no such job.
    #[error("the organization has no such job")]
    JobNotFound,
    /// The text of this parameter is no date.
    #[error("{0} must be a date, as YYYY-MM-DD")]
    InvalidDate(&'static str),
    /// The organization has no job of the id that this parameter gives.
    #[error("{0} must be the id of a job of the organization")]
    InvalidCursor(&'static str),
    /// A page would take longer to fill than one may.
    #[error(
        "too few of the jobs match: {scan_max} of them are looked at for one page, at most; narrow the list by from_date, \
         or by a filter that has an index"
    )]
    FilterTooBroad {
        /// Jobs that are looked at.
        scan_max: u32,
    },
    /// The job has ended.
    #[error("a job that is {0} cannot be cancelled")]
    NotCancellable(Status),
    /// Only what failed, was cancelled or expired can be retried.
    #[error("a job that is {0} cannot be retried")]
    NotRetryable(Status),
    /// The request was deleted with the job's data.
    #[error("the job's request is no longer stored: it cannot be retried")]
    RequestPurged,
    /// Somebody else moved the job while this request waited for it.
    #[error("the job became {0} in the meantime: read it again and decide")]
    Overtaken(Status),
    /// The idempotency key stands for another request.
    #[error("the idempotency key stands for another request")]
    KeyReused(JobId),
    /// The name for the extraction is that of another job's.
    #[error("the extraction_id is that of another job's extraction")]
    ExtractionNamed(JobId),
    /// More is under way than this process takes on; nothing was stored.
    #[error("{0}")]
    Overloaded(&'static str),
    /// The database did not say whether it stored this job.
    #[error("the database did not say whether it stored the job")]
    OutcomeUnknown(JobId),
    /// The database does not answer; nothing was stored.
    #[error("the database does not answer")]
    DatabaseUnavailable(#[source] Option<StoreError>),
    /// The object store does not take the request; nothing was stored.
    #[error("the object store does not take the request")]
    ObjectStoreUnavailable(#[source] BlobError),
    /// A bug, or a schema that does not fit.
    #[error("the request could not be processed")]
    Internal(#[source] Option<StoreError>),
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        if error.is_transient() { Self::DatabaseUnavailable(Some(error)) } else { Self::Internal(Some(error)) }
    }
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Malformed(malformed) => Self::Malformed(malformed),
            Refusal::Invalid(violations) => Self::Invalid(violations),
            Refusal::EndpointNotAvailable(path) => Self::EndpointNotAvailable(path),
        }
    }
}

impl From<BudgetSpent> for ServiceError {
    fn from(_: BudgetSpent) -> Self {
        Self::Overloaded("too many bytes of bodies are in flight")
    }
}

impl ServiceError {
    /// The failure of an accept of this job.
    pub(crate) const fn of_accept(error: AcceptError, job: JobId) -> Self {
        match error {
            AcceptError::Full => Self::Overloaded("too many jobs wait to be stored"),
            AcceptError::Unavailable => Self::DatabaseUnavailable(None),
            AcceptError::OutcomeUnknown => Self::OutcomeUnknown(job),
            AcceptError::Failed => Self::Internal(None),
        }
    }
}
