//! Payloads: keeping and reading a job's request and result, wherever their bytes are.

use bytes::Bytes;

use crate::blob::{Blob, BlobError, Kept};
use crate::domain::JobId;
use crate::store::jobs::{Body, Place};

/// What every object of every job is under.
pub const ROOT: &str = "jobs";

/// What every object of a job is under.
#[must_use]
pub fn prefix(job: JobId) -> String {
    format!("{ROOT}/{job}")
}

/// The job under whose prefix an object is; `None` when it is under that of none.
#[must_use]
pub fn owner(path: &str) -> Option<JobId> {
    let (job, _) = path.strip_prefix(ROOT)?.strip_prefix('/')?.split_once('/')?;
    job.parse().ok()
}

/// The object path of a job's request.
#[must_use]
pub fn request_path(job: JobId) -> String {
    format!("{}/request.json.zst", prefix(job))
}

/// The object path of the result that one attempt of a job made. Named by the attempt, so that a fenced attempt cannot
/// overwrite the result that counts.
#[must_use]
pub fn result_path(job: JobId, attempt: i32) -> String {
    format!("{}/result-{attempt}.json.zst", prefix(job))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_of_an_object_is_in_its_path() {
        let job = JobId::generate(1_760_000_000_000);
        assert_eq!(owner(&request_path(job)), Some(job));
        assert_eq!(owner(&result_path(job, 3)), Some(job));
        let foreign = [
            format!("jobs/{job}"),
            format!("work/{job}/x"),
            format!("jobs-of-others/{job}/x"),
            "jobs/notes/x".to_owned(),
            "jobs//x".to_owned(),
            String::new(),
        ];
        for path in &foreign {
            assert_eq!(owner(path), None, "{path}");
        }
    }
}
