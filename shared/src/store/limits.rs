//! The concurrency limits of a registry, as statements take them.

use crate::domain::Registry;

/// How many jobs of each limited endpoint may run at the same time, in the whole fleet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    pub(super) paths: Vec<String>,
    pub(super) totals: Vec<Option<i64>>,
    pub(super) per_organization: Vec<Option<i64>>,
}

impl Limits {
    /// Those of a registry; endpoints without limits are left out.
    #[must_use]
    pub fn of(registry: &Registry) -> Self {
        let mut limits = Self::default();
        for endpoint in registry.iter().filter(|endpoint| endpoint.concurrency.is_limited()) {
            limits.paths.push(endpoint.path.to_string());
            limits.totals.push(endpoint.concurrency.total.map(i64::from));
            limits.per_organization.push(endpoint.concurrency.per_organization.map(i64::from));
        }
        limits
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}
