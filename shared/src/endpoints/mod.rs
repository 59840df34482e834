//! The operator's endpoints: a file in TOML becomes a registry, or a list of everything that is wrong with it.

mod changes;
mod endpoint;
mod limits;
mod mistakes;
mod read;
mod references;
mod reload;
mod schema;
mod section;
#[cfg(test)]
mod tests;
mod upstream;

pub use changes::Changes;
pub use mistakes::{Mistake, Mistakes};
pub use read::{Surroundings, read};
pub use reload::reload;
