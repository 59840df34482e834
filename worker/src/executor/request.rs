//! A job's request as executors see it.

use std::error::Error;

use bytes::Bytes;
use secrecy::SecretString;
use shared::blob::{Blob, BlobError};
use shared::contract::Password;
use shared::domain::{Failure, FailureCode, is_built_in};
use shared::payload::{self, RestoreError, Restored, SecretUnavailable, Secrets, Whose};
use shared::store::jobs::{Artifact, Body};

/// A request: its text, and the files that were taken out of it, which are read when they are asked for.
pub(crate) struct Request {
    /// JSON. A `data:` URL whose file was taken out ends behind its comma; passwords are sealed.
    pub(super) text: Bytes,
    files: Vec<Artifact>,
    blob: Blob,
    /// What opens its passwords.
    pub(super) keyring: Keyring,
}

/// What opens the passwords of a request's documents.
#[derive(Clone)]
pub(crate) struct Keyring {
    secrets: Secrets,
    whose: Whose,
    /// Whether there may be any: the contract alone has a place for them.
    is_used: bool,
}

impl Keyring {
    pub(crate) fn new(endpoint: &str, secrets: Secrets, whose: Whose) -> Self {
        Self { secrets, whose, is_used: is_built_in(endpoint) }
    }
}

impl Request {
    /// Reads a request's text.
    pub(crate) async fn read(blob: &Blob, body: Body, keyring: Keyring) -> Result<Self, Failure> {
        let (text, files) = payload::read_text(blob, body).await.map_err(|error| unavailable(&error))?;
        Ok(Self { text, files, blob: blob.clone(), keyring })
    }

    /// The bytes of the file that was taken out of the string that these names lead to, if one was.
    pub(super) async fn file(&self, names: &[&str]) -> Result<Option<Bytes>, Failure> {
        let place = payload::place_of(&self.text, names);
        let Some(file) = self.files.iter().find(|file| Some(file.at) == place) else { return Ok(None) };
        payload::read_artifact(&self.blob, file).await.map(Some).map_err(|error| unavailable(&error))
    }

    /// Length of the whole request, files included, and a password as long as it is when sealed.
    pub(super) fn bytes(&self) -> u64 {
        payload::whole_length(&self.text, &self.files)
    }

    /// The request as the client wrote it, byte for byte, but for the spelling of passwords.
    pub(super) async fn whole(self) -> Result<Restored, Failure> {
        let Self { text, files, blob, keyring: Keyring { secrets, whose, is_used } } = self;
        let restored = payload::restore(&blob, text, files).await;
        let restored = restored.map_err(|RestoreError { source, .. }| unavailable(&source))?;
        if !is_used {
            return Ok(restored);
        }
        restored.opening_passwords(&secrets, whose).map_err(|error| sealed(&error))
    }
}

impl Keyring {
    /// A document's password in clear, of what its stored request has.
    pub(super) fn open(&self, password: &Password) -> Result<SecretString, Failure> {
        self.secrets.open(self.whose, password.as_written()).map_err(|error| sealed(&error))
    }
}

fn sealed(error: &SecretUnavailable) -> Failure {
    tracing::error!(error = error as &dyn Error, "a password cannot be decrypted");
    Failure::new(FailureCode::SecretUnavailable, "the password of the stored request cannot be decrypted")
        .because(error)
}

fn unavailable(error: &BlobError) -> Failure {
    tracing::error!(error = error as &dyn Error, "a request cannot be read");
    Failure::new(FailureCode::PayloadUnavailable, "the stored request cannot be read").because(error)
}
