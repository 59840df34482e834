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

/// Every key of an endpoint, by its whole name: `retry.attempts`.
pub fn keys() -> impl Iterator<Item = String> {
    let tables = [("retry", endpoint::RETRY_KEYS), ("upstream", upstream::KEYS)];
    let plain = endpoint::KEYS.iter().filter(move |key| tables.iter().all(|(table, _)| table != *key));
    let within = tables.into_iter().flat_map(|(table, keys)| keys.iter().map(move |key| format!("{table}.{key}")));
    plain.map(|key| (*key).to_owned()).chain(within)
}
