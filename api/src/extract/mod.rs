//! What handlers take from a request, each with our own refusal.

mod actor;
mod attempts;
mod body;
mod headers;
mod job_path;
mod list;
mod query;

pub(crate) use attempts::AttemptsQuery;
pub(crate) use body::{BodyLimits, IgnoredBody};
pub(crate) use headers::{KeyHeader, Traceparent};
pub(crate) use job_path::JobPath;
pub(crate) use list::{ListParameters, ListQuery};
pub(crate) use query::IncludeQuery;
