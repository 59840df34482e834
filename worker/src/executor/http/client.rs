//! Connections to upstreams: one pool for each way out, shared by every endpoint that goes it, across reloads.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, redirect, retry};
use secrecy::{ExposeSecret as _, SecretString};
use shared::domain::{Proxy, Upstream};
use shared::tls;

/// Ways out that are kept at the same time; the one that was not used for longest goes.
const CLIENTS_MAX: usize = 64;

/// What is the same for all connections.
#[derive(Debug, Clone, Copy)]
pub struct ClientConfig {
    /// Connections to one host that wait for the next request, at most.
    pub idle_per_host: usize,
    /// How long they wait.
    pub idle_timeout: Duration,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub(super) enum ClientError {
    /// The authorities.
    #[error(transparent)]
    Certificates(#[from] tls::CertificatesError),
    /// The rest.
    #[error(transparent)]
    Settings(#[from] reqwest::Error),
}

/// What connections of two upstreams must have in common to be shared. Not the host: pools are by host anyway.
struct Way {
    connect_timeout: Duration,
    proxy: Proxy,
    certificates: Option<Vec<u8>>,
}

impl Way {
    fn of(upstream: &Upstream) -> Self {
        Self {
            connect_timeout: upstream.connect_timeout,
            proxy: upstream.proxy.clone(),
            certificates: upstream.certificates.clone(),
        }
    }

    fn is_of(&self, upstream: &Upstream) -> bool {
        let same = |one: &SecretString, other: &SecretString| one.expose_secret() == other.expose_secret();
        let same_proxy = match (&self.proxy, &upstream.proxy) {
            (Proxy::None, Proxy::None) | (Proxy::Environment, Proxy::Environment) => true,
            (Proxy::Url(one), Proxy::Url(other)) => same(one, other),
            _ => false,
        };
        same_proxy && self.connect_timeout == upstream.connect_timeout && self.certificates == upstream.certificates
    }
}

/// Every client of the process.
pub(super) struct Clients {
    config: ClientConfig,
    /// The one that was used last is the last.
    clients: Mutex<Vec<(Way, Client)>>,
}

impl Clients {
    pub(super) const fn new(config: ClientConfig) -> Self {
        Self { config, clients: Mutex::new(Vec::new()) }
    }

    /// The client for this upstream.
    pub(super) fn of(&self, upstream: &Upstream) -> Result<Client, ClientError> {
        // A panic while an entry is moved loses a pool of connections and nothing else.
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let (way, client) = match clients.iter().position(|(way, _)| way.is_of(upstream)) {
            Some(at) => clients.remove(at),
            None => (Way::of(upstream), build(upstream, self.config)?),
        };
        if clients.len() >= CLIENTS_MAX {
            clients.remove(0);
        }
        clients.push((way, client.clone()));
        Ok(client)
    }
}

/// No redirects, cookies, decompression or second tries of its own, and no proxy that only the environment names.
/// HTTP/1.1: an upstream that is slow needs connections, not streams.
fn build(upstream: &Upstream, config: ClientConfig) -> Result<Client, ClientError> {
    let builder = Client::builder()
        .tls_backend_preconfigured(tls::client_config(upstream.certificates.as_deref())?)
        .connect_timeout(upstream.connect_timeout)
        .pool_max_idle_per_host(config.idle_per_host)
        .pool_idle_timeout(config.idle_timeout)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .http1_only();
    let builder = match &upstream.proxy {
        Proxy::None => builder.no_proxy(),
        Proxy::Url(url) => builder.no_proxy().proxy(reqwest::Proxy::all(url.expose_secret())?),
        Proxy::Environment => builder,
    };
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upstream(host: &str) -> Upstream {
        Upstream::new(format!("http://{host}/").parse().unwrap())
    }

    #[test]
    fn a_way_out_is_shared_and_the_number_of_ways_is_bounded() {
        let clients = Clients::new(ClientConfig { idle_per_host: 1, idle_timeout: Duration::from_secs(1) });
        let count = || clients.clients.lock().unwrap().len();
        // As after a reload: the same settings in another value.
        clients.of(&upstream("one")).unwrap();
        clients.of(&upstream("two")).unwrap();
        assert_eq!(count(), 1);
        let by = |url: &str| Upstream { proxy: Proxy::Url(url.into()), ..upstream("one") };
        clients.of(&by("http://proxy:1")).unwrap();
        clients.of(&by("http://proxy:1")).unwrap();
        clients.of(&by("http://proxy:2")).unwrap();
        assert_eq!(count(), 3);
        for millis in 0..CLIENTS_MAX as u64 {
            clients.of(&Upstream { connect_timeout: Duration::from_millis(millis), ..upstream("one") }).unwrap();
        }
        assert_eq!(count(), CLIENTS_MAX);
    }
}
