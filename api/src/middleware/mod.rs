//! What happens around every handler.

mod heads;
mod notes;
mod observe;
mod slashes;
mod unread;

pub(crate) use heads::limit_heads;
pub(crate) use notes::Notes;
pub(crate) use observe::observe;
pub(crate) use slashes::tidy_slashes;
pub(crate) use unread::discard_unread;
