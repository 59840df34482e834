//! A job's request as executors see it.

use std::error::Error;

use bytes::Bytes;
use shared::blob::{Blob, BlobError};
use shared::domain::{Failure, FailureCode};
use shared::payload::{self, RestoreError, Restored};
use shared::store::jobs::{Artifact, Body};

/// A request: its text, and the files that were taken out of it, which are read when they are asked for.
pub(crate) struct Request {
    /// JSON. A `data:` URL whose file was taken out ends behind its comma.
    pub(super) text: Bytes,
    files: Vec<Artifact>,
    blob: Blob,
}

impl Request {
    /// Reads a request's text.
    pub(crate) async fn read(blob: &Blob, body: Body) -> Result<Self, Failure> {
        let (text, files) = payload::read_text(blob, body).await.map_err(|error| unavailable(&error))?;
        Ok(Self { text, files, blob: blob.clone() })
    }

    /// The bytes of the file that was taken out of the string that these names lead to, if one was.
    pub(super) async fn file(&self, names: &[&str]) -> Result<Option<Bytes>, Failure> {
        let place = payload::place_of(&self.text, names);
        let Some(file) = self.files.iter().find(|file| Some(file.at) == place) else { return Ok(None) };
        payload::read_artifact(&self.blob, file).await.map(Some).map_err(|error| unavailable(&error))
    }

    /// Length of the whole request, files included.
    pub(super) fn bytes(&self) -> u64 {
        payload::whole_length(&self.text, &self.files)
    }

    /// The request as the client wrote it, byte for byte.
    pub(super) async fn whole(self) -> Result<Restored, Failure> {
        let restored = payload::restore(&self.blob, self.text, self.files).await;
        restored.map_err(|RestoreError { source, .. }| unavailable(&source))
    }
}

fn unavailable(error: &BlobError) -> Failure {
    tracing::error!(error = error as &dyn Error, "a request cannot be read");
    Failure::new(FailureCode::PayloadUnavailable, "the stored request cannot be read").because(error)
}
