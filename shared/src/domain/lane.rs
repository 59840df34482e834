//! Lanes: the queues by which kinds of work are kept apart, so that slow work cannot starve quick work.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A lane of work; one queue of the broker each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lane {
    /// Somebody waits for the answer.
    Interactive,
    /// The usual lane of jobs.
    Batch,
    /// Work that may exceed the broker's acknowledgement limit of 30 minutes.
    Long,
}

/// A text that names no lane.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a lane is one of interactive, batch, long")]
pub struct UnknownLane;

impl Lane {
    /// Every lane.
    pub const ALL: [Self; 3] = [Self::Interactive, Self::Batch, Self::Long];

    /// The name in SQL, in the broker and in logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interactive => "interactive",
            Self::Batch => "batch",
            Self::Long => "long",
        }
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Lane {
    type Err = UnknownLane;

    fn from_str(text: &str) -> Result<Self, UnknownLane> {
        Self::ALL.into_iter().find(|lane| lane.as_str() == text).ok_or(UnknownLane)
    }
}
