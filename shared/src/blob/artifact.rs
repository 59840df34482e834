//! Files that were taken out of a text: streamed in, as they are, and read back only if they are what was written.

use bytes::Bytes;
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStoreExt as _, PutPayload};
use sha2::{Digest as _, Sha256};

use super::{Blob, BlobError};

/// Bytes of one part of an upload. Stores ask for parts of one size of 5 MiB or more; base64 asks for whole groups of
/// three bytes.
pub const ARTIFACT_PART_BYTES: usize = 6 * 1024 * 1024;

/// What is taken out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArtifactRules {
    /// Letters of base64 from which on a file is taken out.
    pub min_bytes: u64,
    /// Files of one text that are taken out, at most; more stay in it.
    pub max_count: usize,
}

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptArtifact {
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Parts on their way, measured as they pass.
struct Source<I> {
    parts: I,
    hash: Sha256,
    bytes: u64,
}

impl<I: Iterator<Item = Bytes> + Send + 'static> Source<I> {
    /// The next part. Making and hashing some megabytes takes a while: not on the async threads.
    async fn next(mut self) -> Result<(Self, Option<Bytes>), BlobError> {
        tokio::task::spawn_blocking(move || {
            let part = self.parts.next();
            if let Some(part) = &part {
                self.hash.update(part);
                self.bytes += part.len() as u64;
            }
            (self, part)
        })
        .await
        .map_err(|ended| BlobError::Damaged(std::io::Error::other(ended)))
    }

    fn kept(self) -> KeptArtifact {
        KeptArtifact { bytes: self.bytes, sha256: hex(&self.hash.finalize()) }
    }
}

impl Blob {
    /// What is taken out of a text.
    #[must_use]
    pub const fn artifact_rules(&self) -> ArtifactRules {
        self.artifacts
    }

    /// Writes a file that comes in parts of [`ARTIFACT_PART_BYTES`], the last one shorter. While a part is sent the next is
    /// made: no more than two are in memory.
    ///
    /// # Errors
    /// [`BlobError`]; then nothing of the file is left, as far as the store can be reached.
    pub async fn keep_artifact(
        &self,
        path: &str,
        parts: impl Iterator<Item = Bytes> + Send + 'static,
    ) -> Result<KeptArtifact, BlobError> {
        let path = self.path(path);
        let source = Source { parts, hash: Sha256::new(), bytes: 0 };
        let (source, first) = source.next().await?;
        let (source, second) = source.next().await?;
        let Some(second) = second else {
            self.store.put(&path, first.unwrap_or_default().into()).await.map_err(BlobError::Store)?;
            return Ok(source.kept());
        };
        self.upload(&path, [first.unwrap_or_default(), second], source).await
    }

    async fn upload<I>(&self, path: &Path, first: [Bytes; 2], source: Source<I>) -> Result<KeptArtifact, BlobError>
    where
        I: Iterator<Item = Bytes> + Send + 'static,
    {
        let mut upload = self.store.put_multipart(path).await.map_err(BlobError::Store)?;
        let sent = send(&mut *upload, first, source).await;
        if sent.is_err()
            && let Err(error) = upload.abort().await
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "an upload could not be taken back");
        }
        sent
    }

    /// Reads a file back, whole and as it was written.
    ///
    /// # Errors
    /// [`BlobError`]: [`BlobError::Damaged`] when it is not what was written.
    pub async fn read_artifact(&self, path: &str, kept: &KeptArtifact) -> Result<Bytes, BlobError> {
        if kept.bytes > self.payload_max_bytes {
            return Err(BlobError::TooLarge { size: kept.bytes, cap: self.payload_max_bytes });
        }
        let found = self.store.get(&self.path(path)).await.map_err(missing_or_failed)?;
        let size = found.meta.size;
        if size != kept.bytes {
            let words = format!("the object has {size} bytes and not the {} that were written", kept.bytes);
            return Err(BlobError::Damaged(std::io::Error::other(words)));
        }
        let bytes = found.bytes().await.map_err(BlobError::Store)?;
        let (bytes, digest) = tokio::task::spawn_blocking(move || {
            let digest = hex(&Sha256::digest(&bytes));
            (bytes, digest)
        })
        .await
        .map_err(|ended| BlobError::Damaged(std::io::Error::other(ended)))?;
        if digest == kept.sha256 {
            Ok(bytes)
        } else {
            Err(BlobError::Damaged(std::io::Error::other("the object's digest is not that of what was written")))
        }
    }
}

async fn send<I>(
    upload: &mut dyn MultipartUpload,
    [mut ready, mut next]: [Bytes; 2],
    mut source: Source<I>,
) -> Result<KeptArtifact, BlobError>
where
    I: Iterator<Item = Bytes> + Send + 'static,
{
    upload.put_part(PutPayload::from(ready)).await.map_err(BlobError::Store)?;
    loop {
        ready = next;
        let sending = upload.put_part(PutPayload::from(ready));
        let sending = async { sending.await.map_err(BlobError::Store) };
        let ((), (rest, part)) = tokio::try_join!(sending, source.next())?;
        source = rest;
        match part {
            Some(part) => next = part,
            None => break,
        }
    }
    upload.complete().await.map_err(BlobError::Store)?;
    Ok(source.kept())
}

pub(super) fn missing_or_failed(error: object_store::Error) -> BlobError {
    match error {
        object_store::Error::NotFound { .. } => BlobError::Missing,
        other => BlobError::Store(other),
    }
}

fn hex(digest: &[u8]) -> String {
    use std::fmt::Write as _;
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _text_takes_text = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::tests::{Folder, blob};

    fn noise(bytes: usize) -> Vec<Bytes> {
        let all: Bytes = (0..bytes.div_ceil(8)).flat_map(|_| rand::random::<u64>().to_le_bytes()).collect();
        all.slice(..bytes).chunks(ARTIFACT_PART_BYTES).map(Bytes::copy_from_slice).collect()
    }

    #[tokio::test]
    async fn files_of_any_number_of_parts_are_read_back() {
        let folder = Folder::new();
        let blob = blob(&folder);
        let part = ARTIFACT_PART_BYTES;
        for bytes in [1, 1000, part - 1, part, part + 1, 2 * part, 3 * part + 17] {
            let parts = noise(bytes);
            let whole = parts.concat();
            let kept = blob.keep_artifact("jobs/a/file", parts.into_iter()).await.unwrap();
            assert_eq!(kept.bytes, bytes as u64);
            assert_eq!(blob.read_artifact("jobs/a/file", &kept).await.unwrap(), whole);
            assert_eq!(std::fs::read(folder.path().join("jobs/a/file")).unwrap(), whole);
        }
    }

    #[tokio::test]
    async fn a_file_that_is_not_what_was_written_is_not_read() {
        let folder = Folder::new();
        let blob = blob(&folder);
        let kept = blob.keep_artifact("f", noise(1000).into_iter()).await.unwrap();
        let file = folder.path().join("f");
        let good = std::fs::read(&file).unwrap();

        std::fs::write(&file, &good[..999]).unwrap();
        assert!(matches!(blob.read_artifact("f", &kept).await, Err(BlobError::Damaged(_))), "shorter");
        let mut altered = good.clone();
        altered[500] ^= 1;
        std::fs::write(&file, &altered).unwrap();
        assert!(matches!(blob.read_artifact("f", &kept).await, Err(BlobError::Damaged(_))), "altered");
        std::fs::remove_file(&file).unwrap();
        assert!(matches!(blob.read_artifact("f", &kept).await, Err(BlobError::Missing)), "gone");
        std::fs::write(&file, &good).unwrap();
        assert_eq!(blob.read_artifact("f", &kept).await.unwrap(), good);
    }
}
