//! What a handler learns about its request, for the one line that is logged of it.

use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use http::request::Parts;
use shared::domain::{JobId, OrganizationId};
use tracing::Span;

/// Notes on one request. Each can be taken once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notes {
    taken: Arc<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    organization: OnceLock<OrganizationId>,
    job: OnceLock<JobId>,
    body_bytes: OnceLock<usize>,
}

impl<S: Sync> FromRequestParts<S> for Notes {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}

impl Notes {
    /// The notes of the request with this head.
    pub(crate) fn of(parts: &Parts) -> Self {
        parts.extensions.get::<Self>().cloned().unwrap_or_default()
    }

    /// Who makes it.
    pub(crate) fn organization(&self, organization: OrganizationId) {
        Span::current().record("organization.id", tracing::field::display(organization));
        let _once = self.taken.organization.set(organization);
    }

    /// Which job it is about.
    pub(crate) fn job(&self, job: JobId) {
        Span::current().record("job.id", tracing::field::display(job));
        let _once = self.taken.job.set(job);
    }

    /// How large its body was.
    pub(crate) fn body_bytes(&self, bytes: usize) {
        let _once = self.taken.body_bytes.set(bytes);
    }

    pub(super) fn logged_organization(&self) -> Option<String> {
        self.taken.organization.get().map(ToString::to_string)
    }

    pub(super) fn logged_job(&self) -> Option<String> {
        self.taken.job.get().map(ToString::to_string)
    }

    pub(super) fn logged_body_bytes(&self) -> Option<usize> {
        self.taken.body_bytes.get().copied()
    }
}
