//! A request or a response body as it is stored.

use super::Artifact;
use crate::store::StoreError;

/// A request or a response body as it is stored: a compressed text, in the row or in the object store, and the files that
/// were taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    place: Place,
    bytes: i64,
    artifacts: Vec<Artifact>,
}

/// Where the compressed bytes of a body are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the row.
    Inline(Vec<u8>),
    /// In the object store, under this path.
    Object(String),
}

impl Body {
    /// Compressed bytes that are kept in the row; `bytes` is their length before compression.
    #[must_use]
    pub const fn in_row(compressed: Vec<u8>, bytes: i64) -> Self {
        Self { place: Place::Inline(compressed), bytes, artifacts: Vec::new() }
    }

    /// Compressed bytes that are kept in the object store under this path.
    #[must_use]
    pub const fn in_object(path: String, bytes: i64) -> Self {
        Self { place: Place::Object(path), bytes, artifacts: Vec::new() }
    }

    /// The same with the files that were taken out of the text.
    #[must_use]
    pub fn with_artifacts(self, artifacts: Vec<Artifact>) -> Self {
        Self { artifacts, ..self }
    }

    pub(super) fn stored(
        inline: Option<Vec<u8>>,
        object: Option<String>,
        bytes: i64,
        artifacts: Vec<Artifact>,
    ) -> Result<Self, StoreError> {
        match (inline, object) {
            (Some(inline), None) => Ok(Self::in_row(inline, bytes).with_artifacts(artifacts)),
            (None, Some(object)) => Ok(Self::in_object(object, bytes).with_artifacts(artifacts)),
            _ => Err(StoreError::Unknown { what: "place of a body" }),
        }
    }

    /// The compressed bytes, when they are in the row.
    #[must_use]
    pub fn inline(&self) -> Option<&[u8]> {
        match &self.place {
            Place::Inline(bytes) => Some(bytes),
            Place::Object(_) => None,
        }
    }

    /// The path of the text's object, when it is not in the row.
    #[must_use]
    pub fn object(&self) -> Option<&str> {
        match &self.place {
            Place::Object(path) => Some(path),
            Place::Inline(_) => None,
        }
    }

    /// The files that were taken out of the text.
    #[must_use]
    pub fn artifacts(&self) -> &[Artifact] {
        &self.artifacts
    }

    /// The paths of all its objects.
    #[must_use]
    pub fn objects(&self) -> Vec<String> {
        self.object().into_iter().chain(self.artifacts.iter().map(|file| &*file.object)).map(str::to_owned).collect()
    }

    /// The compressed bytes, or where they are, and the files.
    #[must_use]
    pub fn into_parts(self) -> (Place, Vec<Artifact>) {
        (self.place, self.artifacts)
    }

    /// Length of the text before compression.
    #[must_use]
    pub const fn bytes(&self) -> i64 {
        self.bytes
    }

    /// Bytes of memory that the text and the files take together.
    #[must_use]
    pub fn size(&self) -> u64 {
        let files = self.artifacts.iter().map(|file| file.bytes);
        files.fold(u64::try_from(self.bytes).unwrap_or(u64::MAX), u64::saturating_add)
    }
}
