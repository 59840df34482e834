//! What a handler leaves of a request's body. An answer that comes before its request has been read, a 401 above all, is
//! otherwise followed by the end of the connection: a client that still sends loses the answer, and one that has read it
//! loses the next request, which it sends on a connection that it takes for open.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use http::HeaderValue;
use http::header::CONNECTION;
use http_body_util::BodyExt as _;
use hyper::body::{Body as HttpBody, Frame, SizeHint};

/// What is still read, at most, and for how long. After that the connection ends, and the answer says so.
const DISCARD_MAX_BYTES: usize = 8 * 1024 * 1024;
const DISCARD_TIMEOUT: Duration = Duration::from_secs(2);

/// The middleware.
pub(crate) async fn discard_unread(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let mut rest = Shared(Arc::new(Mutex::new(body)));
    let mut response = next.run(Request::from_parts(parts, Body::new(rest.clone()))).await;
    if !discard(&mut rest).await {
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Whether nothing is left.
async fn discard(rest: &mut Shared) -> bool {
    let mut left = DISCARD_MAX_BYTES;
    let discarding = async {
        while !rest.is_end_stream() {
            match rest.frame().await {
                None => break,
                Some(Err(_)) => return false,
                Some(Ok(frame)) => left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len)),
            }
            if left == 0 {
                return false;
            }
        }
        true
    };
    tokio::time::timeout(DISCARD_TIMEOUT, discarding).await.unwrap_or(false)
}

/// A body that can be gone on with after the handler has dropped it.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use futures_util::stream;
    use http::StatusCode;
    use tower::ServiceExt as _;

    use super::*;

    async fn answered(body: Body) -> Response {
        let refuse = || async { StatusCode::UNAUTHORIZED };
        let router = Router::new().route("/refuse", post(refuse)).layer(from_fn(discard_unread));
        router.oneshot(Request::post("/refuse").body(body).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn the_rest_of_a_refused_body_is_read() {
        let parts = [Bytes::from_static(b"a"), Bytes::from_static(b"b")].map(Ok::<_, std::io::Error>);
        let response = answered(Body::from_stream(stream::iter(parts))).await;
        assert_eq!((response.status(), response.headers().get(CONNECTION)), (StatusCode::UNAUTHORIZED, None));
    }

    #[tokio::test]
    async fn a_body_without_end_ends_the_connection() {
        let endless = stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(&[0; 65_536])));
        let silent = stream::pending::<std::io::Result<Bytes>>();
        for body in [Body::from_stream(endless), Body::from_stream(silent)] {
            let response = answered(body).await;
            assert_eq!(response.headers().get(CONNECTION).unwrap(), "close");
        }
    }
}
