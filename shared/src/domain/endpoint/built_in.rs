//! The contract's own endpoints.

use super::{Endpoint, Executor, TIMEOUT_BUT_LONG};

/// What the document engine executes: endpoints of the contract, and `generate_config`, which the contract has beside its
/// jobs (B.3).
const OF_ENGINE: [&str; 6] = [
    "/v1/documents/extract",
    "/v1/documents/parse",
    "/v1/documents/split",
    "/v1/documents/split/generate_config",
    "/v1/documents/classify",
    "/v1/schemas/generate",
];
/// The other endpoints of the contract (A.3, F1), which nothing executes yet.
const OTHERS: [&str; 9] = [
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

/// The endpoints that need no configuration.
#[must_use]
pub fn built_in() -> Vec<Endpoint> {
    // A scan of two hundred pages takes twenty minutes of a slow core. Leases are renewed all the while, and no document
    // without many pages is given as much: the engine's own limits grow with them.
    let of_engine = |path| Endpoint { timeout: TIMEOUT_BUT_LONG, ..Endpoint::new(path, Some(Executor::Documents)) };
    OF_ENGINE.into_iter().map(of_engine).chain(OTHERS.into_iter().map(|path| Endpoint::new(path, None))).collect()
}

/// Whether the contract knows this path. The documents of its requests are where the contract has them, and their passwords
/// are kept encrypted.
#[must_use]
pub fn is_built_in(path: &str) -> bool {
    OF_ENGINE.contains(&path) || OTHERS.contains(&path)
}
