//! Object stores of a test's own: a directory of this machine, or a prefix in the S3 that `make test` starts.

use std::path::PathBuf;

use shared::blob::Blob;
use shared::config::Env;
use shared::setup;

use crate::{environment, leftovers};

/// Where a test keeps its objects. Nothing of another test is in it, and its objects go with it.
#[derive(Debug)]
pub struct Objects {
    /// What it is, for a test's messages.
    pub name: &'static str,
    variables: Vec<(String, String)>,
    directory: Option<PathBuf>,
}

impl Objects {
    /// A directory.
    #[must_use]
    pub fn local() -> Self {
        let directory = std::env::temp_dir().join(leftovers::fresh_name());
        let url = format!("file://{}", directory.display());
        Self { name: "directory", variables: vec![pair("QUIRE_BLOB_URL", &url)], directory: Some(directory) }
    }

    /// A prefix in S3. Its objects go when the S3 is stopped for good: it is the tests' alone.
    ///
    /// # Panics
    /// When the environment names no S3.
    #[must_use]
    pub fn s3() -> Self {
        let url = environment::s3_url();
        let host = url.host_str().expect("QUIRE_TEST_S3_URL names a host");
        let port = url.port().expect("QUIRE_TEST_S3_URL names a port");
        let bucket = url.path().trim_matches('/');
        let variables = vec![
            pair("QUIRE_BLOB_URL", &format!("s3://{bucket}/{}", leftovers::fresh_name())),
            pair("AWS_ENDPOINT_URL", &format!("http://{host}:{port}")),
            pair("AWS_ALLOW_HTTP", "true"),
            pair("AWS_REGION", "us-east-1"),
            pair("AWS_ACCESS_KEY_ID", url.username()),
            pair("AWS_SECRET_ACCESS_KEY", url.password().unwrap_or_default()),
        ];
        Self { name: "S3", variables, directory: None }
    }

    /// One of each, for what must be the same on both.
    #[must_use]
    pub fn each() -> [Self; 2] {
        [Self::local(), Self::s3()]
    }

    /// The variables that lead a process to it.
    #[must_use]
    pub fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// It as our processes see it.
    #[must_use]
    pub fn blob(&self) -> Blob {
        self.blob_with(&[])
    }

    /// It as a process with these variables beside its own sees it.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn blob_with(&self, extra: &[(&str, &str)]) -> Blob {
        let extra = extra.iter().map(|(name, value)| pair(name, value));
        let env = Env::from_pairs(self.variables.iter().cloned().chain(extra)).expect("the variables are known");
        setup::blob(&env).expect("the object store can be opened")
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        if let Some(directory) = &self.directory {
            std::fs::remove_dir_all(directory).ok();
        }
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
