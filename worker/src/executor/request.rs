//! A job's request as executors see it.

use std::collections::HashMap;
use std::error::Error;

use bytes::Bytes;
use secrecy::SecretString;
use shared::blob::{Blob, BlobError};
use shared::contract::{Password, is_document_member};
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

    /// The documents that were taken out of the text, by the JSON pointers of their members.
    pub(super) async fn documents(&self) -> Result<HashMap<String, Bytes>, Failure> {
        let mut documents = HashMap::new();
        for file in self.files.iter().filter(|file| is_document_member(&file.pointer, "url")) {
            let names: Vec<&str> = file.pointer.split('/').skip(1).collect();
            // Of a name that is there twice the last counts.
            if payload::place_of(&self.text, &names) != Some(file.at) {
                continue;
            }
            let bytes = payload::read_artifact(&self.blob, file).await.map_err(|error| unavailable(&error))?;
            documents.insert(file.pointer.trim_end_matches("/url").to_owned(), bytes);
        }
        Ok(documents)
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
