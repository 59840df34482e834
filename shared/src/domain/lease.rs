//! The lease: a time-limited exclusive right to run one attempt of one job.

use super::JobId;

/// A random value that every write of the holder must match. It fences a worker that lost its lease; the attempt number
/// would not, because two claims can be given the same number when a database forgets its last commits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LeaseToken(i64);

impl LeaseToken {
    /// A fresh token.
    #[must_use]
    pub fn generate() -> Self {
        Self(rand::random())
    }

    /// The form in which PostgreSQL holds it.
    #[must_use]
    pub const fn value(self) -> i64 {
        self.0
    }

    /// A token read back from PostgreSQL.
    #[must_use]
    pub const fn from_value(value: i64) -> Self {
        Self(value)
    }
}

impl std::fmt::Debug for LeaseToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Which job, and by which right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lease {
    /// The job that is held.
    pub job: JobId,
    /// The token that its writes must match.
    pub token: LeaseToken,
}
