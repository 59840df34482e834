//! Receiving a body: counted while it comes, within the cap of one and the budget of all.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use bytes::BytesMut;
use http::header::CONTENT_LENGTH;
use http::request::Parts;
use http_body_util::BodyExt as _;

use crate::app::App;
use crate::error::ApiError;
use crate::middleware::Notes;
use crate::service::ServiceError;
use crate::service::budget::ByteBudget;
use crate::service::jobs::Payload;

/// Bytes of a body that nobody reads, at most. SDKs send `{}` or nothing where a route takes no body.
const IGNORED_MAX_BYTES: u64 = 64 * 1024;

/// How bodies are received.
#[derive(Debug, Clone)]
pub(crate) struct BodyLimits {
    /// Bytes of one body.
    pub(crate) max_bytes: u64,
    /// Time for one body to arrive.
    pub(crate) timeout: Duration,
    /// Bytes of all bodies.
    pub(crate) budget: ByteBudget,
}

impl FromRequest<App> for Payload {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        take(&parts, body, &app.bodies).await
    }
}

/// A body that may be sent and says nothing.
#[derive(Debug)]
pub(crate) struct IgnoredBody;

impl FromRequest<App> for IgnoredBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let limits = BodyLimits { max_bytes: app.bodies.max_bytes.min(IGNORED_MAX_BYTES), ..app.bodies.clone() };
        take(&parts, body, &limits).await.map(|_| Self)
    }
}

/// Receives a body in time.
async fn take(parts: &Parts, mut body: Body, limits: &BodyLimits) -> Result<Payload, ApiError> {
    let declared = parts.headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let received = match tokio::time::timeout(limits.timeout, receive(&mut body, declared, limits)).await {
        Ok(received) => received,
        Err(_) => Err(ApiError::BodyTimeout),
    };
    if let Ok(payload) = &received {
        Notes::of(parts).body_bytes(payload.bytes.len());
    }
    received
}

/// Reads a body. One that names its length is refused before it is read, and has its bytes reserved before they come;
/// any other takes bytes from the budget as they come.
async fn receive(body: &mut Body, declared: Option<u64>, limits: &BodyLimits) -> Result<Payload, ApiError> {
    let cap = limits.max_bytes;
    let declared = declared.unwrap_or(0);
    if declared > cap {
        return Err(ApiError::BodyTooLarge { size: declared, cap });
    }
    let mut reserved = limits.budget.reserve(declared).map_err(ServiceError::from)?;
    // Held once and never moved. Room that nothing has come for is address space, not memory.
    let mut bytes = BytesMut::with_capacity(usize::try_from(declared).unwrap_or(0));
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| ApiError::BodyBroken)?.into_data() else { continue };
        let size = (bytes.len() + data.len()) as u64;
        if size > cap {
            return Err(ApiError::BodyTooLarge { size, cap });
        }
        reserved.grow_to(size).map_err(ServiceError::from)?;
        bytes.extend_from_slice(&data);
    }
    Ok(Payload { bytes: bytes.freeze(), reserved })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::stream;

    use super::*;

    fn limits(max_bytes: u64, budget: u64) -> BodyLimits {
        BodyLimits { max_bytes, timeout: Duration::from_secs(1), budget: ByteBudget::new(budget) }
    }

    /// A body in parts, without a length.
    fn chunked(parts: &[usize]) -> Body {
        let parts: Vec<_> = parts.iter().map(|size| Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; *size]))).collect();
        Body::from_stream(stream::iter(parts))
    }

    #[tokio::test]
    async fn a_body_may_be_as_large_as_the_cap() {
        let limits = limits(4096, 8192);
        let payload = receive(&mut chunked(&[4000, 96]), None, &limits).await.unwrap();
        assert_eq!(payload.bytes.len(), 4096);
    }

    #[tokio::test]
    async fn a_chunked_body_is_refused_as_soon_as_it_is_too_large() {
        let refused = receive(&mut chunked(&[4000, 97, 4000]), None, &limits(4096, 8192)).await.unwrap_err();
        assert!(matches!(refused, ApiError::BodyTooLarge { size: 4097, cap: 4096 }), "{refused:?}");
    }

    #[tokio::test]
    async fn a_declared_length_is_refused_unread() {
        let mut unreadable = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let refused = receive(&mut unreadable, Some(5000), &limits(4096, 8192)).await.unwrap_err();
        assert!(matches!(refused, ApiError::BodyTooLarge { size: 5000, cap: 4096 }), "{refused:?}");
    }

    #[tokio::test]
    async fn bodies_share_a_budget_declared_or_not() {
        let limits = limits(4096, 4096);
        let first = receive(&mut chunked(&[3072]), Some(3072), &limits).await.unwrap();
        for declared in [Some(2048), None] {
            let refused = receive(&mut chunked(&[2048]), declared, &limits).await.unwrap_err();
            assert!(matches!(refused, ApiError::Service(ServiceError::Overloaded(_))), "{refused:?}");
        }
        drop(first);
        assert!(receive(&mut chunked(&[4096]), None, &limits).await.is_ok());
    }
}
