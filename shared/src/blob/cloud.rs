//! The object store that a URL names, with credentials from the variables that the cloud's own tools read.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ClientOptions, ObjectStore, ObjectStoreScheme, RetryConfig};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::BlobError;

/// What the names of the variables begin with that hold credentials, regions and endpoints of S3, GCS and Azure.
const PREFIXES: [&str; 3] = ["AWS_", "GOOGLE_", "AZURE_"];

/// How a store in the cloud is reached. A local directory needs none of it.
#[derive(Debug, Clone)]
pub struct CloudConfig {
    /// Credentials, region and endpoint: those that [`CloudConfig::wants`].
    pub variables: Vec<(String, SecretString)>,
    /// Time to connect.
    pub connect_timeout: Duration,
    /// Time for one request, its body included.
    pub request_timeout: Duration,
    /// How often a request that failed is tried again, at most.
    pub retries: usize,
    /// After this time a request that failed is not tried again.
    pub retry_timeout: Duration,
}

impl CloudConfig {
    /// Whether a variable of this name is for a cloud.
    #[must_use]
    pub fn wants(name: &str) -> bool {
        PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    }

    fn client(&self) -> ClientOptions {
        ClientOptions::new().with_connect_timeout(self.connect_timeout).with_timeout(self.request_timeout)
    }

    fn retry(&self) -> RetryConfig {
        RetryConfig { max_retries: self.retries, retry_timeout: self.retry_timeout, ..RetryConfig::default() }
    }

    /// Gives a builder the variables that it knows. Others of the same prefix are for the cloud's other tools.
    fn configure<B, K: FromStr>(&self, builder: B, prefix: &str, set: impl Fn(B, K, String) -> B) -> B {
        let ours = self.variables.iter().filter(|(name, _)| name.starts_with(prefix));
        ours.fold(builder, |builder, (name, value)| match name.to_ascii_lowercase().parse() {
            Ok(key) => set(builder, key, value.expose_secret().to_owned()),
            Err(_) => builder,
        })
    }
}

impl Default for CloudConfig {
    fn default() -> Self {
        Self {
            variables: Vec::new(),
            connect_timeout: Duration::from_secs(3),
            request_timeout: Duration::from_secs(30),
            retries: 3,
            retry_timeout: Duration::from_secs(10),
        }
    }
}

/// The store that the URL names and the path in it under which our objects are.
pub(super) fn open(url: &Url, cloud: &CloudConfig) -> Result<(Arc<dyn ObjectStore>, Path), BlobError> {
    let (scheme, root) =
        ObjectStoreScheme::parse(url).map_err(|unknown| BlobError::Url(object_store::Error::from(unknown)))?;
    let store: Arc<dyn ObjectStore> = match scheme {
        ObjectStoreScheme::Local => return Ok((Arc::new(local(url)?), Path::default())),
        ObjectStoreScheme::AmazonS3 => Arc::new(s3(url, cloud).map_err(BlobError::Url)?),
        ObjectStoreScheme::GoogleCloudStorage => Arc::new(gcs(url, cloud).map_err(BlobError::Url)?),
        ObjectStoreScheme::MicrosoftAzure => Arc::new(azure(url, cloud).map_err(BlobError::Url)?),
        // Memory forgets, and plain HTTP cannot do all that we need of a store.
        other => {
            let source = format!("{other:?} is no place for jobs").into();
            return Err(BlobError::Url(object_store::Error::NotSupported { source }));
        }
    };
    Ok((store, root))
}

/// A directory as object store. Synchronised: a row that names an object outlives a power cut, and so must the object.
/// Folders that become empty go with their last object.
fn local(url: &Url) -> Result<LocalFileSystem, BlobError> {
    let no_path = |()| BlobError::Directory(std::io::Error::other("the URL names no directory of this machine"));
    let directory = url.to_file_path().map_err(no_path)?;
    std::fs::create_dir_all(&directory).map_err(BlobError::Directory)?;
    let store = LocalFileSystem::new_with_prefix(&directory).map_err(BlobError::Url)?;
    Ok(store.with_fsync(true).with_automatic_cleanup(true))
}

fn s3(url: &Url, cloud: &CloudConfig) -> object_store::Result<object_store::aws::AmazonS3> {
    install_tls();
    let builder =
        AmazonS3Builder::new().with_client_options(cloud.client()).with_retry(cloud.retry()).with_url(url.as_str());
    cloud.configure(builder, "AWS_", AmazonS3Builder::with_config).build()
}

fn gcs(url: &Url, cloud: &CloudConfig) -> object_store::Result<object_store::gcp::GoogleCloudStorage> {
    install_tls();
    let builder = GoogleCloudStorageBuilder::new()
        .with_client_options(cloud.client())
        .with_retry(cloud.retry())
        .with_url(url.as_str());
    cloud.configure(builder, "GOOGLE_", GoogleCloudStorageBuilder::with_config).build()
}

fn azure(url: &Url, cloud: &CloudConfig) -> object_store::Result<object_store::azure::MicrosoftAzure> {
    install_tls();
    let builder = MicrosoftAzureBuilder::new()
        .with_client_options(cloud.client())
        .with_retry(cloud.retry())
        .with_url(url.as_str());
    cloud.configure(builder, "AZURE_", MicrosoftAzureBuilder::with_config).build()
}

/// The store's HTTP client takes the process's provider of cryptography, and panics without one.
fn install_tls() {
    let _already_installed = rustls::crypto::ring::default_provider().install_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud(variables: &[(&str, &str)]) -> CloudConfig {
        let variables =
            variables.iter().map(|(name, value)| ((*name).to_owned(), SecretString::from(*value))).collect();
        CloudConfig { variables, ..CloudConfig::default() }
    }

    fn opened(url: &str, cloud: &CloudConfig) -> Result<(Arc<dyn ObjectStore>, Path), BlobError> {
        open(&url.parse()?, cloud)
    }

    #[test]
    fn every_cloud_opens_by_its_url_and_its_own_variables() {
        let aws =
            cloud(&[("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "hidden"), ("AWS_REGION", "eu-west-1")]);
        let azure = cloud(&[("AZURE_STORAGE_ACCOUNT_NAME", "account"), ("AZURE_STORAGE_ACCOUNT_KEY", "aGlkZGVu")]);
        for (url, cloud, name) in [
            ("s3://bucket/a/b", &aws, "AmazonS3(bucket)"),
            ("gs://bucket/a/b", &CloudConfig::default(), "GoogleCloudStorage(bucket)"),
            ("az://container/a/b", &azure, "MicrosoftAzure { account: account, container: container }"),
        ] {
            let (store, root) = opened(url, cloud).unwrap();
            assert_eq!((store.to_string().as_str(), root.as_ref()), (name, "a/b"));
        }
    }

    #[test]
    fn a_store_that_forgets_is_refused() {
        for url in ["memory:///", "http://127.0.0.1/objects", "ftp://host/objects"] {
            assert!(matches!(opened(url, &CloudConfig::default()), Err(BlobError::Url(_))), "{url}");
        }
    }

    #[test]
    fn credentials_are_in_no_debug_text() {
        let config = cloud(&[("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "hidden")]);
        assert!(!format!("{config:?}").contains("hidden"));
        let text = format!("{:?}", crate::blob::tests::opened("s3://bucket".to_owned(), config));
        assert!(!text.contains("hidden") && text.contains("AmazonS3(bucket)"), "{text}");
    }

    #[test]
    fn variables_of_other_programs_are_not_read() {
        assert!(CloudConfig::wants("AWS_ENDPOINT_URL") && CloudConfig::wants("GOOGLE_SERVICE_ACCOUNT"));
        assert!(
            !CloudConfig::wants("ENDPOINT") && !CloudConfig::wants("TOKEN") && !CloudConfig::wants("QUIRE_BLOB_URL")
        );
    }
}
