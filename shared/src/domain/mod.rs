//! The words of the business, without I/O: identifiers, the status machine, leases, failures, endpoints.

mod causes;
mod clock;
mod current;
mod endpoint;
mod extraction;
mod failure;
mod id;
mod lane;
mod lease;
mod progress;
mod scope;
mod status;

pub use clock::{Clock, unix_millis, unix_seconds};
pub use current::Current;
pub use endpoint::{
    Concurrency, DEFAULT_ATTEMPTS, DEFAULT_TIMEOUT, Endpoint, Endpoints, Executor, LONGEST_TIMEOUT, Proxy, Registry,
    RetryPolicy, StatusSet, TIMEOUT_BUT_LONG, UnknownEndpoint, Upstream, built_in, is_built_in,
};
pub use extraction::ExtractionId;
pub use failure::{Failure, FailureClass, FailureCode};
pub use id::{ApiKeyId, IdError, JobId, OrganizationId, RequestId};
pub use lane::{Lane, UnknownLane};
pub use lease::{Lease, LeaseToken};
pub use progress::{Progress, Stage, UnknownStage};
pub use scope::{Scope, Scopes, UnknownScope};
pub use status::{Event, IllegalTransition, Status, UnknownStatus, apply};
