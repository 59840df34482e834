//! What an attempt has made, kept until its end is recorded.

use bytes::Bytes;
use serde_json::Value;
use shared::blob::{Blob, BlobError};
use shared::payload::{self, Owner};
use shared::store::jobs::{Body, Claimed, KeptExtraction, Outcome};

use crate::executor::{Extraction, Response};

/// Keeps a response and what was extracted, each where its size sends it.
pub(super) async fn keep(blob: &Blob, claimed: &Claimed, response: Response) -> Result<Outcome, BlobError> {
    let Response { status_code, body, extraction, usage, warnings } = response;
    let (job, attempt) = (claimed.lease.job, claimed.attempt);
    let body = keep_text(blob, Owner::Result(job, attempt), body).await?;
    let extraction = match extraction {
        Some(extraction) => match keep_extraction(blob, Owner::Extraction(job, attempt), extraction).await {
            Ok(kept) => Some(kept),
            Err(error) => {
                payload::remove(blob, body.objects()).await;
                return Err(error);
            }
        },
        None => None,
    };
    let warnings = (!warnings.is_empty()).then(|| serde_json::to_value(warnings).ok()).flatten();
    Ok(Outcome::Completed { status_code, body, warnings, usage, extraction })
}

async fn keep_extraction(blob: &Blob, owner: Owner, extraction: Extraction) -> Result<KeptExtraction, BlobError> {
    let text = serde_json::to_vec(&extraction).map_err(|error| BlobError::Damaged(error.into()))?;
    let body = payload::keep(blob, owner, &payload::whole(text.into())).await?;
    let Extraction { id, metadata, .. } = extraction;
    let metadata = (!metadata.is_empty())
        .then(|| Value::Object(metadata.into_iter().map(|(name, value)| (name, value.into())).collect()));
    Ok(KeptExtraction { id, metadata, body })
}

/// Keeps a text, what is to be taken out of it apart.
async fn keep_text(blob: &Blob, owner: Owner, text: Bytes) -> Result<Body, BlobError> {
    let rules = blob.artifact_rules();
    let lifted = tokio::task::spawn_blocking(move || payload::lift(text, rules))
        .await
        .map_err(|ended| BlobError::Damaged(std::io::Error::other(ended)))?;
    payload::keep(blob, owner, &lifted).await
}
