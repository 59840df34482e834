//! Where the stores are: `make test` exports it.

use std::ffi::OsString;
use std::path::PathBuf;

use url::Url;

/// A variable that must be set.
fn required(name: &str) -> String {
    optional(name).unwrap_or_else(|| {
        panic!("{name} is not set: run `make test`, or read .local/stores.env into the environment (make up writes it)")
    })
}

fn optional(name: &str) -> Option<String> {
    std::env::var_os(name).and_then(|value: OsString| value.into_string().ok()).filter(|value| !value.is_empty())
}

fn url(name: &str) -> Url {
    // The value may hold a password: it is not repeated.
    Url::parse(&required(name)).unwrap_or_else(|_| panic!("{name} is not a URL"))
}

/// The database server; its own database is used to make others.
pub(crate) fn database_url() -> Url {
    url("QUIRE_DATABASE_URL")
}

/// The broker.
pub(crate) fn amqp_url() -> Url {
    url("QUIRE_AMQP_URL")
}

/// The broker's management API.
pub(crate) fn management_url() -> Url {
    url("QUIRE_AMQP_MANAGEMENT_URL")
}

/// The S3 of the tests, with its key, its secret and its bucket.
pub(crate) fn s3_url() -> Url {
    url("QUIRE_TEST_S3_URL")
}

/// The folder of the SDKs and of the Python that runs them.
pub(crate) fn sdk_folder() -> PathBuf {
    PathBuf::from(required("QUIRE_TEST_SDK"))
}

/// The script that stops and starts the stores; `None` when they are not ours to stop.
pub(crate) fn stores_control() -> Option<PathBuf> {
    optional("QUIRE_STORES_CONTROL").map(PathBuf::from)
}

/// A number that a person may set for one run, for example `RACE_SEED`.
///
/// # Panics
/// When the variable is set to something else.
#[must_use]
pub fn number(name: &str) -> Option<u64> {
    optional(name).map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is not a whole number")))
}

/// The `target` folder that this program was built in, and the folder of the programs beside it.
pub(crate) fn target_folders() -> (PathBuf, PathBuf) {
    let this = std::env::current_exe().expect("this program has a path");
    let folder = this.parent().expect("a program is in a folder");
    // Test binaries are in target/debug/deps, others in target/debug.
    let programs = if folder.ends_with("deps") { folder.parent().unwrap_or(folder) } else { folder };
    let target = programs.parent().expect("a profile's folder is in the target folder");
    (target.to_owned(), programs.to_owned())
}

/// The directory of the recognition models: `QUIRE_MODELS_DIR`, else where `make models` puts them.
#[must_use]
pub fn models_dir() -> String {
    optional("QUIRE_MODELS_DIR").unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../.models").to_owned())
}
