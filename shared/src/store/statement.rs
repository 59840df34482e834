//! A named statement, and the list of them all.

/// SQL text with its name. The text begins with `-- name`, so that the server's own views show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// `aggregate.operation`, for example `jobs.claim`.
    pub name: &'static str,
    /// The whole text.
    pub sql: &'static str,
}

impl Statement {
    pub(crate) const fn new(name: &'static str, sql: &'static str) -> Self {
        Self { name, sql }
    }
}

/// Every statement of the store; a test prepares each on the migrated schema.
#[must_use]
pub fn all_statements() -> Vec<Statement> {
    [
        super::api_keys::STATEMENTS,
        super::extractions::STATEMENTS,
        super::idempotency::STATEMENTS,
        super::jobs::STATEMENTS,
        super::jobs::WALKS,
        super::organizations::STATEMENTS,
        super::outbox::STATEMENTS,
        super::partitions::STATEMENTS,
        super::retentions::STATEMENTS,
        super::running::STATEMENTS,
        super::upstreams::STATEMENTS,
        super::workers::STATEMENTS,
    ]
    .concat()
}
