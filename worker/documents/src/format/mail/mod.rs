//! Mail: a message as a page, its attachments as the pages after it.

mod eml;
mod letter;
mod mhtml;
pub(crate) mod msg;

pub(super) use eml::read as eml;
pub(super) use mhtml::read as mhtml;
pub(super) use msg::read as msg;
