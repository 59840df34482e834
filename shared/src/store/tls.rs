//! TLS to PostgreSQL by rustls and the system's roots. The URL's `sslmode` says whether it is used.

use tokio_postgres_rustls::MakeRustlsConnect;

use crate::tls;

/// A connector that trusts the certificates that the system trusts.
pub(super) fn connector() -> MakeRustlsConnect {
    let config = tls::client_config(None).unwrap_or_else(|_| unreachable!("nothing was given that could be wrong"));
    MakeRustlsConnect::new(config)
}
