//! TLS to services of others: rustls on ring, and the authorities that the machine trusts.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

/// Certificates that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the certificates are not PEM of authorities")]
pub struct CertificatesError;

/// A client that trusts the authorities that the machine trusts, and those of `pem`.
///
/// # Errors
/// [`CertificatesError`], about `pem`. What the machine itself holds and cannot be used is left out.
pub fn client_config(pem: Option<&[u8]>) -> Result<ClientConfig, CertificatesError> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    let (_added, ignored) = roots.add_parsable_certificates(found.certs);
    if ignored > 0 {
        tracing::debug!(ignored, "some of the system's certificates cannot be used");
    }
    for certificate in pem.into_iter().flat_map(CertificateDer::pem_slice_iter) {
        roots.add(certificate.map_err(|_| CertificatesError)?).map_err(|_| CertificatesError)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap_or_else(|_| unreachable!("the provider supports the default versions"))
        .with_root_certificates(roots)
        .with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_that_are_none_are_refused() {
        assert!(client_config(None).is_ok());
        let none = b"-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n";
        assert!(client_config(Some(none)).is_err());
    }
}
