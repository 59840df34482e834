//! The job that a path names.

use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use shared::domain::JobId;

use crate::app::App;
use crate::error::ApiError;
use crate::middleware::Notes;

/// Letters of an id that an answer repeats: a path may be of any length.
const MAX_SHOWN: usize = 64;

/// `{job_id}`. A text that is no id is the id of no job. Take it after the actor: who may not ask is not told.
#[derive(Debug)]
pub(crate) struct JobPath(pub(crate) JobId);

impl FromRequestParts<App> for JobPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let text = match Path::<String>::from_request_parts(parts, app).await {
            Ok(Path(text)) => text,
            Err(_) => return Err(ApiError::JobNotFound("an id that is not text".to_owned())),
        };
        let job = text.parse().map_err(|_| ApiError::JobNotFound(text.chars().take(MAX_SHOWN).collect()))?;
        Notes::of(parts).job(job);
        Ok(Self(job))
    }
}
