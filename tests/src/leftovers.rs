//! Names of databases and virtual hosts, and the removal of those that killed runs left behind.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use shared::domain::{Clock, unix_seconds};

const PREFIX: &str = "quire_it_";
/// Longer than any run takes: what is older belongs to nobody.
const OUTLIVED: Duration = Duration::from_secs(2 * 60 * 60);

static RUN: LazyLock<String> = LazyLock::new(|| format!("{PREFIX}{}_{}", now(), std::process::id()));
static COUNT: AtomicU32 = AtomicU32::new(0);

fn now() -> i64 {
    unix_seconds(Clock::machine_now())
}

/// A name that no other test has: prefix, start of the run, process, number.
pub(crate) fn fresh_name() -> String {
    format!("{}_{}", *RUN, COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The name of this run's template database.
pub(crate) fn template_name() -> String {
    format!("{}_template", *RUN)
}

/// Whether this name was given by a run that must be over by now.
pub(crate) fn is_leftover(name: &str) -> bool {
    let began = name.strip_prefix(PREFIX).and_then(|rest| rest.split('_').next()).and_then(|at| at.parse::<i64>().ok());
    began.is_some_and(|began| now() - began > i64::try_from(OUTLIVED.as_secs()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_old_names_of_ours_are_leftovers() {
        assert!(is_leftover("quire_it_1700000000_12_3"));
        assert!(is_leftover("quire_it_1700000000_12_template"));
        assert!(!is_leftover(&fresh_name()));
        assert!(!is_leftover("quire_it_"));
        assert!(!is_leftover("quire"));
        assert!(!is_leftover("1700000000"));
    }
}
