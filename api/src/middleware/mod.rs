//! What happens around every handler.

mod notes;
mod observe;
mod slashes;

pub(crate) use notes::Notes;
pub(crate) use observe::observe;
pub(crate) use slashes::collapse_slashes;
