//! What another reading of the file has changed.

use secrecy::{ExposeSecret as _, SecretString};

use crate::domain::{Endpoint, Executor, Proxy, Registry, Upstream};

/// Paths by what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many there are now, the built-in ones among them.
    pub endpoints: usize,
    /// There are more of these now.
    pub added: Vec<String>,
    /// These are gone.
    pub removed: Vec<String>,
    /// These are executed in another way, by other limits or from other requests.
    pub changed: Vec<String>,
}

impl Changes {
    /// From one registry to another.
    #[must_use]
    pub fn between(before: &Registry, after: &Registry) -> Self {
        let mut changes = Self { endpoints: after.iter().count(), ..Self::default() };
        for endpoint in after.iter() {
            match exactly(before, &endpoint.path) {
                None => changes.added.push(endpoint.path.to_string()),
                Some(known) if !is_same(known, endpoint) => changes.changed.push(endpoint.path.to_string()),
                Some(_) => {}
            }
        }
        let gone = before.iter().filter(|known| exactly(after, &known.path).is_none());
        changes.removed = gone.map(|known| known.path.to_string()).collect();
        changes
    }
}

/// Not by its short name.
fn exactly<'a>(registry: &'a Registry, path: &str) -> Option<&'a Endpoint> {
    registry.find(path).ok().map(AsRef::as_ref).filter(|found| *found.path == *path)
}

fn is_same(one: &Endpoint, other: &Endpoint) -> bool {
    // Every field by name, so that a new one is not forgotten.
    let Endpoint { path, lane, timeout, retry, concurrency, dispatch_delay, request_schema, executor } = one;
    let executed = match (executor, &other.executor) {
        (None, None) | (Some(Executor::Documents), Some(Executor::Documents)) => true,
        (Some(Executor::Http(one)), Some(Executor::Http(other))) => is_same_upstream(one, other),
        _ => false,
    };
    executed
        && (path, lane, timeout, retry) == (&other.path, &other.lane, &other.timeout, &other.retry)
        && (concurrency, dispatch_delay, request_schema)
            == (&other.concurrency, &other.dispatch_delay, &other.request_schema)
}

fn is_same_upstream(one: &Upstream, other: &Upstream) -> bool {
    let Upstream {
        url,
        headers,
        connect_timeout,
        request_max_bytes,
        response_max_bytes,
        retry_statuses,
        retry_after_max,
        redirects,
        proxy,
        certificates,
    } = one;
    is_same_proxy(proxy, &other.proxy)
        && headers.len() == other.headers.len()
        && headers.iter().zip(&other.headers).all(|(one, other)| one.0 == other.0 && is_same_secret(&one.1, &other.1))
        && (url, connect_timeout, certificates) == (&other.url, &other.connect_timeout, &other.certificates)
        && (request_max_bytes, response_max_bytes) == (&other.request_max_bytes, &other.response_max_bytes)
        && (retry_statuses, retry_after_max, redirects)
            == (&other.retry_statuses, &other.retry_after_max, &other.redirects)
}

fn is_same_proxy(one: &Proxy, other: &Proxy) -> bool {
    match (one, other) {
        (Proxy::None, Proxy::None) | (Proxy::Environment, Proxy::Environment) => true,
        (Proxy::Url(one), Proxy::Url(other)) => is_same_secret(one, other),
        _ => false,
    }
}

fn is_same_secret(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}
