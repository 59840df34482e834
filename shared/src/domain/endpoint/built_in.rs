//! The contract's own endpoints.

use super::{Endpoint, Executor, TIMEOUT_BUT_LONG};

/// The contract's 14 endpoints (A.3, F1), whether executed yet or not.
const PATHS: [&str; 14] = [
    "/v1/documents/extract",
    PARSE,
    "/v1/documents/split",
    "/v1/documents/classify",
    "/v1/schemas/generate",
    "/v1/edit/agent/fill",
    "/v1/edit/templates/fill",
    "/v1/edit/templates/generate",
    "/v1/projects/extract",
    "/v1/evals/extract/process",
    "/v1/evals/split/process",
    "/v1/evals/classify/process",
    "/v1/evals/extract/extract",
    "/v1/evals/extract/split",
];
const PARSE: &str = "/v1/documents/parse";

/// The endpoints that need no configuration.
#[must_use]
pub fn built_in() -> Vec<Endpoint> {
    let endpoint = |path| match path {
        // A scan of two hundred pages takes twenty minutes of a slow core. Leases are renewed all the while, and no
        // document without many pages is given as much: the engine's own limits grow with them.
        PARSE => Endpoint { timeout: TIMEOUT_BUT_LONG, ..Endpoint::new(path, Some(Executor::Documents)) },
        _ => Endpoint::new(path, None),
    };
    PATHS.into_iter().map(endpoint).collect()
}

/// Whether the contract knows this path. The documents of its requests are where the contract has them, and their passwords
/// are kept encrypted.
#[must_use]
pub fn is_built_in(path: &str) -> bool {
    PATHS.contains(&path)
}
