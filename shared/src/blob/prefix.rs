//! Objects by prefix: all that belongs to one owner removed at once, and all there is walked through.

use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use object_store::path::Path;

use super::{Blob, BlobError};

impl Blob {
    /// Removes every object under a prefix and answers how many there were. Objects that appear meanwhile may stay.
    ///
    /// # Errors
    /// [`BlobError::Store`]; may be repeated at will.
    pub async fn remove_prefix(&self, prefix: &str) -> Result<usize, BlobError> {
        let found = self.store.list(Some(&self.path(prefix))).map_ok(|object| object.location).boxed();
        let mut removals = self.store.delete_stream(found);
        let mut removed = 0;
        while let Some(removal) = removals.next().await {
            match removal {
                Ok(_) => removed += 1,
                // Somebody else was faster.
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(BlobError::Store(error)),
            }
        }
        Ok(removed)
    }

    /// The paths of all objects under a prefix, in no order that could be relied on, read as they are asked for. A walk
    /// may be left and taken up again much later; it ends with its first error.
    #[must_use]
    pub fn walk(&self, prefix: &str) -> BoxStream<'static, Result<String, BlobError>> {
        let root = self.root.clone();
        self.store
            .list(Some(&self.path(prefix)))
            .map(move |object| object.map(|object| below(&root, &object.location)).map_err(BlobError::Store))
            .boxed()
    }
}

/// The path as the rest of the program names it: without the root.
fn below(root: &Path, location: &Path) -> String {
    location.prefix_match(root).map_or_else(|| location.to_string(), |parts| Path::from_iter(parts).to_string())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::blob::tests::{Folder, blob};

    /// Random, so that it does not fit in a row.
    async fn keep(blob: &Blob, path: &str) {
        let noise: Bytes = (0..2_000).map(|_| rand::random::<u8>()).collect();
        blob.keep(path, noise).await.unwrap();
    }

    async fn all(blob: &Blob) -> Vec<String> {
        let mut paths: Vec<String> = blob.walk("jobs").try_collect().await.unwrap();
        paths.sort();
        paths
    }

    #[tokio::test]
    async fn a_prefix_goes_with_all_that_is_under_it_and_its_neighbour_stays() {
        let folder = Folder::new();
        let blob = blob(&folder);
        assert_eq!(all(&blob).await, Vec::<String>::new(), "nothing was ever kept");
        assert_eq!(blob.remove_prefix("jobs/a").await.unwrap(), 0);
        for path in ["jobs/a/request", "jobs/a/files/0", "jobs/a/files/1", "jobs/ab/request"] {
            keep(&blob, path).await;
        }
        assert_eq!(all(&blob).await, ["jobs/a/files/0", "jobs/a/files/1", "jobs/a/request", "jobs/ab/request"]);
        assert_eq!(blob.remove_prefix("jobs/a").await.unwrap(), 3);
        assert_eq!(blob.remove_prefix("jobs/a").await.unwrap(), 0);
        assert_eq!(all(&blob).await, ["jobs/ab/request"]);
        assert!(!folder.path().join("jobs/a").exists(), "the empty folder is left");
    }
}
