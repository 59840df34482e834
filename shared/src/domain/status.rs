//! The status machine of a job: one `match` says what may follow what.
//!
//! The SQL statements in `store/jobs` make the same moves, each as one compare-and-set; a test compares both with the
//! table in docs/job-lifecycle.md.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Where a job is in its life. The words are the contract's (A.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Its document is being fetched; not yet queued.
    Validating,
    /// Waiting for a worker.
    Queued,
    /// A worker holds its lease.
    InProgress,
    /// Ended with a response.
    Completed,
    /// Ended with an error.
    Failed,
    /// Ended because the client said so.
    Cancelled,
    /// Never started in time, or its data aged out.
    Expired,
}

/// What can happen to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// Its document has been fetched.
    Validated,
    /// A worker took it.
    Claimed,
    /// The attempt ended with a response.
    Completed,
    /// The attempt failed and another one cannot help, or none is left.
    Failed,
    /// The attempt failed in a way that may pass.
    Retried,
    /// The worker gave it back because it is draining.
    Released,
    /// The worker was lost; another attempt is left.
    Lost,
    /// The client cancelled it.
    Cancelled,
    /// `expires_at` has passed.
    Expired,
    /// The client asked for it again.
    UserRetried,
}

/// A move that the machine does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a job that is {status} cannot be {event:?}")]
pub struct IllegalTransition {
    /// Where the job is.
    pub status: Status,
    /// What was asked of it.
    pub event: Event,
}

/// A text that names no status.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a status is one of validating, queued, in_progress, completed, failed, cancelled, expired")]
pub struct UnknownStatus;

/// The status that follows `status` when `event` happens.
///
/// # Errors
/// [`IllegalTransition`] when the event cannot happen to such a job.
pub const fn apply(status: Status, event: Event) -> Result<Status, IllegalTransition> {
    use Status as S;
    let next = match (status, event) {
        (S::Validating, Event::Validated) => S::Queued,
        (S::Validating, Event::Failed) => S::Failed,
        (S::Queued, Event::Claimed) => S::InProgress,
        (S::InProgress, Event::Completed) => S::Completed,
        (S::InProgress, Event::Failed) => S::Failed,
        (S::InProgress, Event::Retried | Event::Released | Event::Lost) => S::Queued,
        (S::Validating | S::Queued | S::InProgress, Event::Cancelled) => S::Cancelled,
        (S::Validating | S::Queued | S::Completed | S::Failed | S::Cancelled, Event::Expired) => S::Expired,
        (S::Failed | S::Cancelled | S::Expired, Event::UserRetried) => S::Queued,
        _ => return Err(IllegalTransition { status, event }),
    };
    Ok(next)
}

impl Status {
    /// Every status, in the order of a job's life.
    pub const ALL: [Self; 7] = [
        Self::Validating,
        Self::Queued,
        Self::InProgress,
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
        Self::Expired,
    ];

    /// The word on the wire, in SQL and in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Validating => "validating",
            Self::Queued => "queued",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// Nothing but a client's retry, or the passing of time, leads out of it.
    #[must_use]
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Cancelled | Self::Expired)
    }
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 10] = [
        Self::Validated,
        Self::Claimed,
        Self::Completed,
        Self::Failed,
        Self::Retried,
        Self::Released,
        Self::Lost,
        Self::Cancelled,
        Self::Expired,
        Self::UserRetried,
    ];
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_time_and_the_client_leaves_a_terminal_status() {
        for status in Status::ALL.into_iter().filter(|status| status.is_terminal()) {
            for event in Event::ALL {
                let moved = apply(status, event);
                let may = matches!(event, Event::Expired | Event::UserRetried);
                assert!(may || moved.is_err(), "{status} moved by {event:?}");
            }
        }
    }

    #[test]
    fn only_a_queued_job_can_be_claimed() {
        for status in Status::ALL {
            assert_eq!(apply(status, Event::Claimed).is_ok(), status == Status::Queued);
        }
    }

    #[test]
    fn every_status_is_read_back_from_its_word() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        assert_eq!("done".parse::<Status>(), Err(UnknownStatus));
    }
}
