//! Renderings of the document model.

pub(crate) mod markdown;
mod sink;
mod table;

pub(crate) use sink::TextSink;
pub(crate) use table::render as table;
