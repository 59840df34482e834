//! Payloads: keeping and reading a job's request and result, wherever their bytes are.

mod hide;
mod lift;
mod passwords;
mod place;
mod prefix;
mod restore;
mod scan;
mod secrets;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use crate::blob::{Blob, BlobError, Kept, KeptArtifact};
use crate::domain::JobId;
use crate::store::jobs::{Artifact, Body, Place};

pub use lift::{Lifted, lift, whole};
pub use passwords::{PasswordPlace, passwords_in};
pub use place::place_of;
pub use prefix::{ROOT, owner, prefix};
pub use restore::{Pieces, Restored};
pub use secrets::{SecretUnavailable, Secrets, Whose};

use restore::File;

/// Files of one payload that are read at the same time.
const READ_AHEAD: usize = 4;

/// Whose a payload is: by this its objects are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The request of a job.
    Request(JobId),
    /// The result that one attempt of a job made. Named by the attempt, so that a fenced attempt cannot overwrite the
    /// result that counts.
    Result(JobId, i32),
    /// What one attempt of a job has extracted.
    Extraction(JobId, i32),
}

impl Owner {
    fn text_path(self) -> String {
        match self {
            Self::Request(job) => format!("{}/request.json.zst", prefix(job)),
            Self::Result(job, attempt) => format!("{}/result-{attempt}.json.zst", prefix(job)),
            Self::Extraction(job, attempt) => format!("{}/extraction-{attempt}.json.zst", prefix(job)),
        }
    }

    fn file_path(self, index: usize) -> String {
        match self {
            Self::Request(job) => format!("{}/request-{index}.bin", prefix(job)),
            Self::Result(job, attempt) => format!("{}/result-{attempt}-{index}.bin", prefix(job)),
            Self::Extraction(job, attempt) => format!("{}/extraction-{attempt}-{index}.bin", prefix(job)),
        }
    }
}

/// Why a payload cannot be put together again.
#[derive(Debug, thiserror::Error)]
#[error("a payload cannot be restored{}", pointer.as_ref().map(|pointer| format!(" at {pointer:?}")).unwrap_or_default())]
pub struct RestoreError {
    /// The JSON pointer of the file that cannot be read; `None` when it is the text itself.
    pub pointer: Option<String>,
    /// Why.
    #[source]
    pub source: BlobError,
}

/// Keeps a payload; the answer goes into the row.
///
/// # Errors
/// [`BlobError`]; then nothing of it is left, as far as the store can be reached.
pub async fn keep(blob: &Blob, owner: Owner, lifted: &Lifted) -> Result<Body, BlobError> {
    blob.check_size(lifted.whole().len() as u64)?;
    let mut artifacts = Vec::with_capacity(lifted.cuts().len());
    let kept = match keep_files(blob, owner, lifted, &mut artifacts).await {
        Ok(()) => blob.keep(&owner.text_path(), lifted.slim().clone()).await,
        Err(error) => Err(error),
    };
    let size = i64::try_from(lifted.slim().len()).unwrap_or(i64::MAX);
    match kept {
        Ok(Kept::InRow(compressed)) => Ok(Body::in_row(compressed, size).with_artifacts(artifacts)),
        Ok(Kept::InObject(path)) => Ok(Body::in_object(path, size).with_artifacts(artifacts)),
        Err(error) => {
            let written = artifacts.into_iter().map(|file| file.object);
            remove(blob, written.chain([owner.text_path()])).await;
            Err(error)
        }
    }
}

/// Writes the files, one after the other; notes each that may have left something behind.
async fn keep_files(
    blob: &Blob,
    owner: Owner,
    lifted: &Lifted,
    artifacts: &mut Vec<Artifact>,
) -> Result<(), BlobError> {
    for (index, cut) in lifted.cuts().iter().enumerate() {
        let object = owner.file_path(index);
        let KeptArtifact { bytes, sha256 } = blob.keep_artifact(&object, lifted.decoded(cut)).await?;
        artifacts.push(Artifact { at: cut.at as u64, pointer: cut.pointer.clone(), object, bytes, sha256 });
    }
    Ok(())
}

/// Removes objects that no row names.
pub async fn remove(blob: &Blob, objects: impl IntoIterator<Item = String>) {
    for object in objects {
        if let Err(error) = blob.remove(&object).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, object, "an object that nothing names could not be removed");
        }
    }
}

/// Reads a payload back as it was written.
///
/// # Errors
/// [`RestoreError`].
pub async fn read(blob: &Blob, body: Body) -> Result<Restored, RestoreError> {
    let (text, artifacts) = read_text(blob, body).await.map_err(|source| RestoreError { pointer: None, source })?;
    restore(blob, text, artifacts).await
}

/// Reads the files that were taken out of a text, to be put back while it is written.
///
/// # Errors
/// [`RestoreError`].
pub async fn restore(blob: &Blob, text: Bytes, artifacts: Vec<Artifact>) -> Result<Restored, RestoreError> {
    let files: Vec<File> = stream::iter(artifacts)
        .map(|artifact| async move {
            match read_artifact(blob, &artifact).await {
                Ok(bytes) => Ok(File { at: usize::try_from(artifact.at).unwrap_or(usize::MAX), bytes }),
                Err(source) => Err(RestoreError { pointer: Some(artifact.pointer), source }),
            }
        })
        .buffered(READ_AHEAD)
        .try_collect()
        .await?;
    Restored::new(text, files).ok_or_else(|| RestoreError {
        pointer: None,
        source: BlobError::Damaged(std::io::Error::other("the places of the files are not in the text")),
    })
}

/// Length of a payload as it was written, of its text and what was taken out of it.
#[must_use]
pub fn whole_length(text: &[u8], artifacts: &[Artifact]) -> u64 {
    text.len() as u64 + artifacts.iter().map(|file| file.bytes.div_ceil(3) * 4).sum::<u64>()
}

/// Reads the text of a payload; the files that were taken out of it are only named.
///
/// # Errors
/// [`BlobError`].
pub async fn read_text(blob: &Blob, body: Body) -> Result<(Bytes, Vec<Artifact>), BlobError> {
    let size = body.bytes();
    let (place, artifacts) = body.into_parts();
    let text = match place {
        Place::Inline(compressed) => blob.read_row(compressed, size).await?,
        Place::Object(path) => blob.read_object(&path, size).await?,
    };
    Ok((text, artifacts))
}

/// Reads one file that was taken out of a text.
///
/// # Errors
/// [`BlobError`].
pub async fn read_artifact(blob: &Blob, artifact: &Artifact) -> Result<Bytes, BlobError> {
    let kept = KeptArtifact { bytes: artifact.bytes, sha256: artifact.sha256.clone() };
    blob.read_artifact(&artifact.object, &kept).await
}
