//! Whether the store can be used at all: asked once, when a process starts.

use std::time::Duration;

use bytes::Bytes;
use object_store::ObjectStoreExt as _;

use super::{Blob, BlobError};

/// How the names of the probe's objects begin; each start makes one of its own and takes it back. They lie in no directory:
/// one that becomes empty is removed, under the hands of a process that starts at the same time.
const PROBE: &str = "probe-";
const CONTENT: &[u8] = b"can be read back";
/// A store that does not answer in this time is away, and a start does not wait for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a store says at the start of a process.
#[derive(Debug)]
pub enum Usable {
    /// An object was written, read back and deleted.
    Yes,
    /// It did not answer, or not well. That may pass: small bodies need no store, and the process can start without it.
    Away(BlobError),
}

impl Blob {
    /// Writes, reads and deletes an object.
    ///
    /// # Errors
    /// [`BlobError`], when the store refuses: a bucket that is not there, credentials that do not hold, a directory that
    /// cannot be written to. Nothing but another configuration helps.
    pub async fn check(&self) -> Result<Usable, BlobError> {
        let probed = tokio::time::timeout(PATIENCE, self.probe()).await;
        match probed.unwrap_or(Err(BlobError::Silent(PATIENCE))) {
            Ok(()) => Ok(Usable::Yes),
            Err(error) if self.refused(&error) => Err(error),
            Err(error) => Ok(Usable::Away(error)),
        }
    }

    async fn probe(&self) -> Result<(), BlobError> {
        let path = self.path(&format!("{PROBE}{:016x}", rand::random::<u64>()));
        self.store.put(&path, Bytes::from_static(CONTENT).into()).await.map_err(BlobError::Store)?;
        let found = self.store.get(&path).await.map_err(BlobError::Store)?;
        let content = found.bytes().await.map_err(BlobError::Store)?;
        self.store.delete(&path).await.map_err(BlobError::Store)?;
        if content == CONTENT { Ok(()) } else { Err(BlobError::Damaged(std::io::Error::other("another content"))) }
    }

    fn refused(&self, error: &BlobError) -> bool {
        use object_store::Error as E;
        match error {
            BlobError::Silent(_) => false,
            BlobError::Store(E::Generic { .. } | E::JoinError { .. }) => self.local,
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blob::CloudConfig;
    use crate::blob::tests::opened;

    #[tokio::test]
    async fn a_directory_is_checked_and_left_empty() {
        let directory = std::env::temp_dir().join(format!("quire-check-{}", rand::random::<u64>()));
        let blob = opened(format!("file://{}", directory.display()), CloudConfig::default());
        assert!(matches!(blob.check().await, Ok(Usable::Yes)));
        assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 0, "the probe is left");
        std::fs::remove_dir_all(&directory).ok();
        // A file where the directory should be.
        std::fs::write(&directory, "").unwrap();
        assert!(blob.check().await.is_err());
        std::fs::remove_file(&directory).unwrap();
    }

    #[tokio::test]
    async fn a_store_that_is_not_there_does_not_stop_a_start() {
        // Nobody listens: the port is free again as soon as its number is known.
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let variables = [("AWS_ENDPOINT_URL", format!("http://{free}")), ("AWS_ALLOW_HTTP", "true".to_owned())];
        let variables = variables
            .into_iter()
            .chain([("AWS_ACCESS_KEY_ID", "id".to_owned()), ("AWS_SECRET_ACCESS_KEY", "key".to_owned())])
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        let blob = opened("s3://bucket".to_owned(), CloudConfig { variables, retries: 0, ..CloudConfig::default() });
        assert!(matches!(blob.check().await, Ok(Usable::Away(BlobError::Store(_)))));
    }
}
