//! The way from a child to a language model: a child asks nobody, it has its parent ask.

use documents::{ModelAnswer, ModelRequest};
use thiserror::Error;

/// Why a model has not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum ModelError {
    /// There is no model server to ask.
    #[error("no model server is configured")]
    NotConfigured,
}

/// The model servers of this worker. There is no way to configure one yet, and no built-in endpoint asks.
#[derive(Debug, Default)]
pub(super) struct Models;

impl Models {
    /// Has a model answer.
    #[expect(clippy::unused_async, reason = "asking a server is waiting for it")]
    pub(super) async fn ask(&self, _request: ModelRequest) -> Result<ModelAnswer, ModelError> {
        Err(ModelError::NotConfigured)
    }
}
