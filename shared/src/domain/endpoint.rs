//! The registry of target endpoints: what a job may ask for and how it is executed.

use std::time::Duration;

use super::Lane;

/// What executes an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Executor {
    /// The built-in document engine.
    Documents,
}

/// One target endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// The target API path, for example `/v1/documents/parse`.
    pub path: &'static str,
    /// The lane its jobs wait in.
    pub lane: Lane,
    /// Wall-clock bound of one attempt. Below the broker's 30 minute acknowledgement limit on every lane but `long`.
    pub timeout: Duration,
    /// Attempts that failures may use up; crashes of workers and drains are not counted.
    pub max_attempts: u16,
    /// Nothing executes it yet when `None`.
    pub executor: Option<Executor>,
}

/// A path that is no endpoint of the contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no endpoint has this path")]
pub struct UnknownEndpoint;

const fn entry(path: &'static str, executor: Option<Executor>) -> Endpoint {
    Endpoint { path, lane: Lane::Batch, timeout: Duration::from_secs(600), max_attempts: 5, executor }
}

/// The contract's 14 endpoints (A.3, F1), whether executed yet or not.
pub const BUILT_IN: &[Endpoint] = &[
    entry("/v1/documents/extract", None),
    entry("/v1/documents/parse", Some(Executor::Documents)),
    entry("/v1/documents/split", None),
    entry("/v1/documents/classify", None),
    entry("/v1/schemas/generate", None),
    entry("/v1/edit/agent/fill", None),
    entry("/v1/edit/templates/fill", None),
    entry("/v1/edit/templates/generate", None),
    entry("/v1/projects/extract", None),
    entry("/v1/evals/extract/process", None),
    entry("/v1/evals/split/process", None),
    entry("/v1/evals/classify/process", None),
    entry("/v1/evals/extract/extract", None),
    entry("/v1/evals/extract/split", None),
];

impl Endpoint {
    /// The endpoint of a path. The un-prefixed names of later SDK docstrings (`/documents/parse`) are understood too
    /// (contract A.3).
    ///
    /// # Errors
    /// [`UnknownEndpoint`] when the contract has no such path.
    pub fn find(path: &str) -> Result<&'static Self, UnknownEndpoint> {
        BUILT_IN
            .iter()
            .find(|endpoint| endpoint.path == path || endpoint.path.strip_prefix("/v1") == Some(path))
            .ok_or(UnknownEndpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_with_and_without_the_version() {
        assert_eq!(Endpoint::find("/v1/documents/parse").map(|e| e.path), Ok("/v1/documents/parse"));
        assert_eq!(Endpoint::find("/documents/parse").map(|e| e.path), Ok("/v1/documents/parse"));
        assert_eq!(Endpoint::find("/v1"), Err(UnknownEndpoint));
        assert_eq!(Endpoint::find(""), Err(UnknownEndpoint));
    }

    #[test]
    fn no_lane_but_long_outlives_the_brokers_acknowledgement_limit() {
        for endpoint in BUILT_IN.iter().filter(|endpoint| endpoint.lane != Lane::Long) {
            assert!(endpoint.timeout <= Duration::from_secs(25 * 60), "{}", endpoint.path);
        }
    }
}
