//! What the api does, without HTTP: a function takes an actor and an input and answers with a value or a
//! [`ServiceError`]. Nothing here knows the web framework.

pub(crate) mod accept;
pub(crate) mod budget;
pub(crate) mod catalog;
pub(crate) mod dispatch;
mod error;
pub(crate) mod health;
pub(crate) mod jobs;
mod key_use;
pub(crate) mod keys;
pub(crate) mod partitions;
mod retry;
pub(crate) mod validation;

pub(crate) use error::ServiceError;
