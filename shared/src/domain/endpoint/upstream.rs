//! A service that executes an endpoint by HTTP.

use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::StatusSet;

/// How requests leave this machine.
#[derive(Debug, Clone, Default)]
pub enum Proxy {
    /// Straight to the service.
    #[default]
    None,
    /// Through this proxy; its URL may hold a password.
    Url(SecretString),
    /// Through what `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say.
    Environment,
}

/// A service that executes an endpoint.
#[derive(Clone)]
pub struct Upstream {
    /// Where requests are posted. Its query may hold a secret.
    pub url: Url,
    /// Headers of every request, beside our own.
    pub headers: Vec<(String, SecretString)>,
    /// Wait for a connection.
    pub connect_timeout: Duration,
    /// A request body, at most.
    pub request_max_bytes: u64,
    /// A response body, at most.
    pub response_max_bytes: u64,
    /// Answers that may be others the next time.
    pub retry_statuses: StatusSet,
    /// The longest `Retry-After` that is waited for; a longer one ends the job.
    pub retry_after_max: Duration,
    /// Redirects that are followed.
    pub redirects: u16,
    /// The way out.
    pub proxy: Proxy,
    /// Certificates of authorities to trust beside the machine's, in PEM.
    pub certificates: Option<Vec<u8>>,
}

impl Upstream {
    /// Wait for a connection, unless the operator says otherwise.
    pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
    /// A request body, unless the operator says otherwise: as much as the api takes.
    pub const REQUEST_MAX_BYTES: u64 = 100 * 1024 * 1024;
    /// A response body, unless the operator says otherwise.
    pub const RESPONSE_MAX_BYTES: u64 = 64 * 1024 * 1024;
    /// The longest `Retry-After`, unless the operator says otherwise.
    pub const RETRY_AFTER_MAX: Duration = Duration::from_secs(3_600);

    /// The service at this URL, with every default.
    #[must_use]
    pub fn new(url: Url) -> Self {
        Self {
            url,
            headers: Vec::new(),
            connect_timeout: Self::CONNECT_TIMEOUT,
            request_max_bytes: Self::REQUEST_MAX_BYTES,
            response_max_bytes: Self::RESPONSE_MAX_BYTES,
            retry_statuses: StatusSet::default(),
            retry_after_max: Self::RETRY_AFTER_MAX,
            redirects: 0,
            proxy: Proxy::None,
            certificates: None,
        }
    }

    /// `https://host:port`: what a failure, a metric and a person may see of the URL.
    #[must_use]
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }
}

/// Without what may be secret.
impl fmt::Debug for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upstream").field("origin", &self.origin()).finish_non_exhaustive()
    }
}
