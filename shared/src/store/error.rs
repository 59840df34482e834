//! What can go wrong with the database, in terms a caller can act on.

use std::error::Error as _;

use tokio_postgres::error::SqlState;
use tokio_postgres::types::WrongType;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection could be had in time. Nothing was sent.
    #[error("the database cannot be reached")]
    Unreachable(#[source] deadpool_postgres::PoolError),
    /// The connection ended, or time ran out, after the statement was sent: it may have been committed.
    #[error("the outcome of {statement} is unknown")]
    Ambiguous {
        /// The statement's name.
        statement: &'static str,
        /// What ended the wait; `None` when it was the time-out.
        #[source]
        source: Option<tokio_postgres::Error>,
    },
    /// The database is shutting down, starting or full: nothing was done, and later may go well.
    #[error("the database refused {statement} for now")]
    Busy {
        /// The statement's name.
        statement: &'static str,
        /// The database's own words.
        #[source]
        source: tokio_postgres::Error,
    },
    /// A deadlock or a serialization failure: rolled back, worth another try at once.
    #[error("{statement} was rolled back in a conflict")]
    Conflict {
        /// The statement's name.
        statement: &'static str,
        /// The database's own words.
        #[source]
        source: tokio_postgres::Error,
    },
    /// A value that the database cannot take: the same call fails the same way.
    #[error("{statement} was given a value that the database refuses")]
    Data {
        /// The statement's name.
        statement: &'static str,
        /// The database's own words.
        #[source]
        source: tokio_postgres::Error,
    },
    /// Anything else: a bug or a schema that does not fit.
    #[error("{statement} failed")]
    Other {
        /// The statement's name.
        statement: &'static str,
        /// The database's own words.
        #[source]
        source: tokio_postgres::Error,
    },
    /// A stored value that this program does not understand.
    #[error("{what} holds a value that this version does not know")]
    Unknown {
        /// The column.
        what: &'static str,
    },
}

impl StoreError {
    /// Sorts an error of the driver.
    pub(crate) fn from_postgres(statement: &'static str, source: tokio_postgres::Error) -> Self {
        if source.source().is_some_and(|cause| cause.is::<WrongType>()) {
            // Nothing was sent: the program and the statement do not fit.
            return Self::Other { statement, source };
        }
        let Some(state) = source.code() else {
            // Without an SQLSTATE the server never answered: the statement may have been done.
            return Self::Ambiguous { statement, source: Some(source) };
        };
        let class = &state.code()[..2];
        match state {
            s if *s == SqlState::T_R_DEADLOCK_DETECTED || *s == SqlState::T_R_SERIALIZATION_FAILURE => {
                Self::Conflict { statement, source }
            }
            // A server that is told to stop may say so between its commit and its answer.
            s if *s == SqlState::ADMIN_SHUTDOWN || *s == SqlState::CRASH_SHUTDOWN => {
                Self::Ambiguous { statement, source: Some(source) }
            }
            s if *s == SqlState::CANNOT_CONNECT_NOW
                || *s == SqlState::LOCK_NOT_AVAILABLE
                || *s == SqlState::QUERY_CANCELED
                || *s == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT
                || class == "53"
                || class == "08" =>
            {
                Self::Busy { statement, source }
            }
            _ if class == "22" || class == "23" => Self::Data { statement, source },
            _ => Self::Other { statement, source },
        }
    }

    /// The same call may succeed a little later.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Ambiguous { .. } | Self::Busy { .. } | Self::Conflict { .. })
    }

    /// The call may have been done although it failed.
    #[must_use]
    pub const fn is_ambiguous(&self) -> bool {
        matches!(self, Self::Ambiguous { .. })
    }

    /// The values are at fault, not the moment.
    #[must_use]
    pub const fn is_data(&self) -> bool {
        matches!(self, Self::Data { .. })
    }
}
