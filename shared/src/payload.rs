//! Payloads: keeping and reading a job's request and result, wherever their bytes are.

use bytes::Bytes;

use crate::blob::{Blob, BlobError, Kept};
use crate::domain::JobId;
use crate::store::jobs::{Body, Place};

/// The object path of a job's request.
#[must_use]
pub fn request_path(job: JobId) -> String {
    format!("jobs/{job}/request.json.zst")
}

/// The object path of the result that one attempt of a job made. Named by the attempt, so that a fenced attempt cannot
/// overwrite the result that counts.
#[must_use]
pub fn result_path(job: JobId, attempt: i32) -> String {
    format!("jobs/{job}/result-{attempt}.json.zst")
}

/// Keeps a payload; the answer goes into the row.
///
/// # Errors
/// [`BlobError`].
pub async fn keep(blob: &Blob, path: &str, payload: Bytes) -> Result<Body, BlobError> {
    let size = i64::try_from(payload.len()).unwrap_or(i64::MAX);
    Ok(match blob.keep(path, payload).await? {
        Kept::InRow(compressed) => Body::in_row(compressed, size),
        Kept::InObject(path) => Body::in_object(path, size),
    })
}

/// Reads a payload back.
///
/// # Errors
/// [`BlobError`].
pub async fn read(blob: &Blob, body: Body) -> Result<Bytes, BlobError> {
    let size = body.bytes();
    match body.into_place() {
        Place::Inline(compressed) => blob.read_row(compressed, size).await,
        Place::Object(path) => blob.read_object(&path, size).await,
    }
}
