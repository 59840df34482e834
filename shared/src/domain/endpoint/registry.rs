//! Every endpoint that a process knows, and the handle by which they are replaced while it runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Endpoint, built_in};
use crate::domain::Current;

/// A path that is no endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no endpoint has this path")]
pub struct UnknownEndpoint;

/// Every endpoint, as of one reading of the operator's file.
#[derive(Debug, Clone)]
pub struct Registry {
    endpoints: BTreeMap<Arc<str>, Arc<Endpoint>>,
}

impl Default for Registry {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Registry {
    /// The built-in endpoints and these, which replace built-in ones of the same path.
    #[must_use]
    pub fn new(of_operator: Vec<Endpoint>) -> Self {
        let all = built_in().into_iter().chain(of_operator);
        Self { endpoints: all.map(|endpoint| (Arc::clone(&endpoint.path), Arc::new(endpoint))).collect() }
    }

    /// The endpoint of a path. The un-prefixed names of later SDK docstrings (`/documents/parse`) are understood too
    /// (contract A.3).
    ///
    /// # Errors
    /// [`UnknownEndpoint`].
    pub fn find(&self, path: &str) -> Result<&Arc<Endpoint>, UnknownEndpoint> {
        self.endpoints.get(path).or_else(|| self.endpoints.get(format!("/v1{path}").as_str())).ok_or(UnknownEndpoint)
    }

    /// What metrics call this path. A path that is no endpoint's any more has no name of its own, or there would be no end
    /// of names.
    #[must_use]
    pub fn label(&self, path: &str) -> Arc<str> {
        self.find(path).map_or_else(|_| "other".into(), |endpoint| Arc::clone(&endpoint.path))
    }

    /// Every endpoint, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Endpoint>> {
        self.endpoints.values()
    }

    /// The paths, as an error lists them.
    #[must_use]
    pub fn paths(&self) -> Vec<&str> {
        self.endpoints.keys().map(AsRef::as_ref).collect()
    }
}

/// The registry in force.
pub type Endpoints = Current<Registry>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Executor, Lane, TIMEOUT_BUT_LONG, Upstream};

    #[test]
    fn paths_are_found_with_and_without_the_version() {
        let registry = Registry::default();
        let path = |path| registry.find(path).map(|endpoint| endpoint.path.to_string());
        assert_eq!(path("/v1/documents/parse"), Ok("/v1/documents/parse".to_owned()));
        assert_eq!(path("/documents/parse"), Ok("/v1/documents/parse".to_owned()));
        assert_eq!(path("/v1"), Err(UnknownEndpoint));
        assert_eq!(path(""), Err(UnknownEndpoint));
        assert_eq!(&*registry.label("/documents/parse"), "/v1/documents/parse");
        assert_eq!(&*registry.label("/gone"), "other");
    }

    #[test]
    fn no_built_in_lane_but_long_outlives_the_brokers_acknowledgement_limit() {
        let registry = Registry::default();
        for endpoint in registry.iter().filter(|endpoint| endpoint.lane != Lane::Long) {
            assert!(endpoint.timeout <= TIMEOUT_BUT_LONG, "{}", endpoint.path);
        }
    }

    #[test]
    fn an_operators_endpoint_replaces_a_built_in_one_and_every_handle_sees_it() {
        let endpoints = Endpoints::default();
        let other = endpoints.clone();
        let before = other.current();
        let upstream = Upstream::new("https://parser.internal/?key=secret".parse().unwrap());
        assert_eq!(format!("{upstream:?}"), r#"Upstream { origin: "https://parser.internal", .. }"#);
        let parse = Endpoint::new("/v1/documents/parse", Some(Executor::Http(Arc::new(upstream))));
        endpoints.replace(Registry::new(vec![parse, Endpoint::new("/v1/sum", None)]));
        assert!(before.find("/v1/sum").is_err());
        assert!(other.current().find("/v1/sum").is_ok());
        assert!(other.current().find("/v1/documents/parse").unwrap().upstream().is_some());
        assert_eq!(other.current().iter().count(), 16);
    }
}
