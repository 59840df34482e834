//! Bodies at rest: compressed, in the row when small, in the object store when not.

mod artifact;
mod check;
mod cloud;
mod prefix;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};

pub use artifact::{ARTIFACT_PART_BYTES, ArtifactRules, KeptArtifact};
pub use check::Usable;
pub use cloud::CloudConfig;

use artifact::missing_or_failed;

/// Where bodies are kept and how large they may be.
#[derive(Debug, Clone)]
pub struct BlobConfig {
    /// The object store; `None` is the directory `.local/objects` below the working directory.
    pub url: Option<String>,
    /// Compressed bodies up to this size stay in the row.
    pub inline_max_bytes: u64,
    /// Bodies before compression, at most.
    pub payload_max_bytes: u64,
    /// How a store in the cloud is reached.
    pub cloud: CloudConfig,
    /// What is taken out of a body and kept beside it.
    pub artifacts: ArtifactRules,
}

/// Why a body cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// The URL names no store that this build can use.
    #[error("not the URL of an object store that this build can use")]
    Url(#[source] object_store::Error),
    /// The text is no URL.
    #[error("not a URL")]
    NotUrl(#[from] url::ParseError),
    /// The local directory cannot be made.
    #[error("the local object directory cannot be used")]
    Directory(#[source] std::io::Error),
    /// The object store failed.
    #[error("the object store failed")]
    Store(#[source] object_store::Error),
    /// The object store does not answer.
    #[error("the object store has not answered for {0:?}")]
    Silent(Duration),
    /// The object is not there.
    #[error("the object is not there")]
    Missing,
    /// The body is larger than the cap.
    #[error("a body of {size} bytes exceeds the {cap} that are kept (QUIRE_PAYLOAD_MAX_BYTES)")]
    TooLarge {
        /// Its size before compression.
        size: u64,
        /// The cap.
        cap: u64,
    },
    /// The stored bytes are not what was written.
    #[error("the stored bytes cannot be read back")]
    Damaged(#[source] std::io::Error),
}

/// A body as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// These compressed bytes belong in the row.
    InRow(Vec<u8>),
    /// The compressed bytes are in the object store under this path.
    InObject(String),
}

/// The object store and the rule of what goes there.
#[derive(Clone)]
pub struct Blob {
    store: Arc<dyn ObjectStore>,
    root: Path,
    /// Whether the store is a directory of this machine.
    local: bool,
    inline_max_bytes: u64,
    payload_max_bytes: u64,
    artifacts: ArtifactRules,
}

/// Level 1: requests are mostly base64 of files that are compressed already; more effort buys nothing.
const ZSTD_LEVEL: i32 = 1;
/// From this size on compression leaves the async threads.
const BLOCKING_FROM_BYTES: usize = 64 * 1024;

impl Blob {
    /// Opens the store.
    ///
    /// # Errors
    /// [`BlobError`], when the URL cannot be used or the local directory cannot be made.
    pub fn open(config: &BlobConfig) -> Result<Self, BlobError> {
        let url = match &config.url {
            Some(url) => url.parse()?,
            None => local_directory()?,
        };
        let (store, root) = cloud::open(&url, &config.cloud)?;
        Ok(Self {
            store,
            root,
            local: url.scheme() == "file",
            inline_max_bytes: config.inline_max_bytes,
            payload_max_bytes: config.payload_max_bytes,
            artifacts: config.artifacts,
        })
    }

    /// Whether a body of this size before compression, all that belongs to it included, may be kept.
    ///
    /// # Errors
    /// [`BlobError::TooLarge`].
    pub const fn check_size(&self, size: u64) -> Result<(), BlobError> {
        if size > self.payload_max_bytes {
            return Err(BlobError::TooLarge { size, cap: self.payload_max_bytes });
        }
        Ok(())
    }

    /// Compresses a body and keeps it: small ones for the row, others under `path` in the object store.
    ///
    /// # Errors
    /// [`BlobError`].
    pub async fn keep(&self, path: &str, body: Bytes) -> Result<Kept, BlobError> {
        let size = body.len() as u64;
        self.check_size(size)?;
        let compress = move || compress(&body);
        let compressed = if size as usize >= BLOCKING_FROM_BYTES {
            tokio::task::spawn_blocking(compress)
                .await
                .map_err(|ended| BlobError::Damaged(std::io::Error::other(ended)))?
        } else {
            compress()
        }
        .map_err(BlobError::Damaged)?;
        if compressed.len() as u64 <= self.inline_max_bytes {
            return Ok(Kept::InRow(compressed));
        }
        self.store.put(&self.path(path), compressed.into()).await.map_err(BlobError::Store)?;
        Ok(Kept::InObject(path.to_owned()))
    }

    /// Reads back a body whose compressed bytes are in the row.
    ///
    /// # Errors
    /// [`BlobError::Damaged`].
    pub async fn read_row(&self, compressed: Vec<u8>, size: i64) -> Result<Bytes, BlobError> {
        self.decompress(compressed.into(), size).await
    }

    /// Reads back a body from the object store.
    ///
    /// # Errors
    /// [`BlobError`].
    pub async fn read_object(&self, path: &str, size: i64) -> Result<Bytes, BlobError> {
        let found = self.store.get(&self.path(path)).await.map_err(missing_or_failed)?;
        let compressed = found.bytes().await.map_err(BlobError::Store)?;
        self.decompress(compressed, size).await
    }

    /// Removes an object that nothing names; one that is not there is fine.
    ///
    /// # Errors
    /// [`BlobError::Store`].
    pub async fn remove(&self, path: &str) -> Result<(), BlobError> {
        match self.store.delete(&self.path(path)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(BlobError::Store(error)),
        }
    }

    fn path(&self, path: &str) -> Path {
        Path::from_iter(self.root.parts().chain(Path::from(path).parts()))
    }

    async fn decompress(&self, compressed: Bytes, size: i64) -> Result<Bytes, BlobError> {
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        self.check_size(size)?;
        let decompress = move || zstd::bulk::decompress(&compressed, size as usize);
        let body = if size as usize >= BLOCKING_FROM_BYTES {
            tokio::task::spawn_blocking(decompress)
                .await
                .map_err(|ended| BlobError::Damaged(std::io::Error::other(ended)))?
        } else {
            decompress()
        }
        .map_err(BlobError::Damaged)?;
        if body.len() as u64 != size {
            let words = format!("{} bytes were written and {} are there", size, body.len());
            return Err(BlobError::Damaged(std::io::Error::other(words)));
        }
        Ok(body.into())
    }
}

/// The stores print their settings, credentials among them: what is shown of them is their name.
impl std::fmt::Debug for Blob {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let store = format_args!("{}", self.store);
        formatter.debug_struct("Blob").field("store", &store).field("root", &self.root).finish_non_exhaustive()
    }
}

/// The URL of the directory that is used when none is given.
fn local_directory() -> Result<url::Url, BlobError> {
    let directory = std::path::absolute(".local/objects").map_err(BlobError::Directory)?;
    let unnameable = |()| BlobError::Directory(std::io::Error::other("its path is no URL"));
    url::Url::from_directory_path(directory).map_err(unnameable)
}

/// With a checksum: what was altered where it is kept cannot be read back as something else.
fn compress(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::new(ZSTD_LEVEL)?;
    compressor.include_checksum(true)?;
    compressor.compress(body)
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use super::*;

    /// A folder of a test's own.
    pub(crate) struct Folder(std::path::PathBuf);

    impl Folder {
        pub(crate) fn new() -> Self {
            Self(std::env::temp_dir().join(format!("quire-blob-{}", rand::random::<u64>())))
        }

        pub(crate) fn path(&self) -> &Path {
            &self.0
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            std::fs::remove_dir_all(&self.0).ok();
        }
    }

    /// The store of this URL, with limits that tests can reach.
    pub(crate) fn opened(url: String, cloud: CloudConfig) -> Blob {
        let config = BlobConfig {
            url: Some(url),
            inline_max_bytes: 1024,
            payload_max_bytes: 32 << 20,
            cloud,
            artifacts: ArtifactRules { min_bytes: 64, max_count: 8 },
        };
        Blob::open(&config).unwrap()
    }

    pub(crate) fn blob(folder: &Folder) -> Blob {
        opened(format!("file://{}", folder.path().display()), CloudConfig::default())
    }

    #[tokio::test]
    async fn small_bodies_stay_in_the_row_and_large_ones_do_not() {
        let folder = Folder::new();
        let blob = blob(&folder);
        let small = Bytes::from(vec![7; 100_000]);
        let Kept::InRow(row) = blob.keep("a/request", small.clone()).await.unwrap() else { panic!("compresses well") };
        assert_eq!(blob.read_row(row, 100_000).await.unwrap(), small);

        let noise: Bytes = (0..100_000).map(|_| rand::random::<u8>()).collect();
        let kept = blob.keep("a/request", noise.clone()).await.unwrap();
        assert_eq!(kept, Kept::InObject("a/request".to_owned()));
        assert_eq!(blob.read_object("a/request", 100_000).await.unwrap(), noise);

        blob.remove("a/request").await.unwrap();
        assert!(matches!(blob.read_object("a/request", 100_000).await, Err(BlobError::Missing)));
    }

    #[tokio::test]
    async fn a_body_that_was_altered_is_not_read() {
        let folder = Folder::new();
        let blob = blob(&folder);
        let Kept::InRow(good) = blob.keep("a", Bytes::from_static(b"incompressible?")).await.unwrap() else { panic!() };
        for at in 0..good.len() {
            let mut altered = good.clone();
            altered[at] ^= 1;
            let read = blob.read_row(altered, 15).await;
            assert!(matches!(&read, Err(BlobError::Damaged(_))) || read.unwrap() == "incompressible?", "byte {at}");
        }
    }

    #[tokio::test]
    async fn a_body_beyond_the_cap_is_refused_by_name_and_size() {
        let folder = Folder::new();
        let error = blob(&folder).keep("a", Bytes::from(vec![0; (32 << 20) + 1])).await.unwrap_err().to_string();
        assert!(error.contains("33554433") && error.contains("33554432"), "{error}");
    }
}
