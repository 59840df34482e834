//! How far an attempt is.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// What an attempt is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Reading pages.
    Reading,
    /// Recognizing the characters of scanned pages.
    Recognizing,
}

/// A text that names no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a stage is one of reading, recognizing")]
pub struct UnknownStage;

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 2] = [Self::Reading, Self::Recognizing];

    /// The word on the wire and in SQL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Recognizing => "recognizing",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Stage {
    type Err = UnknownStage;

    fn from_str(text: &str) -> Result<Self, UnknownStage> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == text).ok_or(UnknownStage)
    }
}

/// How far an attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// What it is busy with.
    pub stage: Stage,
    /// Pages that are finished.
    pub done: u32,
    /// Pages in all.
    pub total: u32,
}
