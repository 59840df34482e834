//! What goes over the wire: the contract's words and nothing else. Times are whole seconds since 1970.

pub(crate) mod attempt;
pub(crate) mod error;
pub(crate) mod health;
pub(crate) mod job;
pub(crate) mod words;
