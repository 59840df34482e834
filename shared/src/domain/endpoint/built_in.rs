//! The contract's own endpoints.

use super::{Endpoint, Executor};

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
    let executor = |path| (path == PARSE).then_some(Executor::Documents);
    PATHS.into_iter().map(|path| Endpoint::new(path, executor(path))).collect()
}
