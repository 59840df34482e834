//! How large the head of a request may be. The connection has a bound of its own, beyond which it cannot answer in our
//! words; this one is below it.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::config::HeadLimits;
use crate::error::ApiError;

/// What the connection adds in its own count: the method, spaces, line ends. And some headers more, so that one that
/// exceeds our limit by little still hears by how much.
const SLACK_BYTES: usize = 16 * 1024;

impl HeadLimits {
    /// The head that a connection takes in, at most.
    pub(crate) const fn connection_bytes(&self) -> usize {
        self.uri_bytes + self.headers_bytes + SLACK_BYTES
    }

    fn check<B>(&self, request: &http::Request<B>) -> Result<(), ApiError> {
        let uri = request.uri();
        let size = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
        if size > self.uri_bytes {
            return Err(ApiError::UriTooLong { size, cap: self.uri_bytes });
        }
        let size = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if size > self.headers_bytes {
            return Err(ApiError::HeadersTooLarge { size, cap: self.headers_bytes });
        }
        Ok(())
    }
}

/// The middleware.
pub(crate) async fn limit_heads(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.heads.check(&request) {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_may_be_as_large_as_its_limits() {
        let limits = HeadLimits { uri_bytes: 8, headers_bytes: 10 };
        let request =
            |uri: &str, value: &str| http::Request::builder().uri(uri).header("name", value).body(()).unwrap();
        assert!(limits.check(&request("/23?5678", "567890")).is_ok());
        let refused = limits.check(&request("/23?56789", "")).unwrap_err();
        assert!(matches!(refused, ApiError::UriTooLong { size: 9, cap: 8 }), "{refused:?}");
        let refused = limits.check(&request("/", "5678901")).unwrap_err();
        assert!(matches!(refused, ApiError::HeadersTooLarge { size: 11, cap: 10 }), "{refused:?}");
    }
}
