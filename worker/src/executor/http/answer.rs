//! An answer as a response, or as a failure.

use std::time::{Duration, SystemTime};

use reqwest::header::CONTENT_TYPE;
use serde_json::json;
use shared::domain::{Failure, FailureClass, FailureCode, Upstream};

use super::progress::Progress;
use super::{content, retry_after, send};
use crate::executor::Response;

/// Bytes of an error's body that are kept, as JSON.
const EXCERPT_MAX_BYTES: usize = 48 * 1024;
/// Bytes of a media type and its parameters; a longer one says nothing.
const CONTENT_TYPE_MAX_BYTES: usize = 200;

/// What reads the answer to one request.
pub(super) struct Reader<'a> {
    pub(super) upstream: &'a Upstream,
    pub(super) progress: &'a Progress,
    /// A stored result, at most.
    pub(super) payload_max_bytes: u64,
    /// Database time.
    pub(super) now: SystemTime,
}

impl Reader<'_> {
    pub(super) async fn read(&self, answer: reqwest::Response) -> Result<Response, Failure> {
        if answer.status().is_success() { self.completed(answer).await } else { Err(self.refused(answer).await) }
    }

    async fn completed(&self, answer: reqwest::Response) -> Result<Response, Failure> {
        let status_code = answer.status().as_u16();
        let content_type = content_type(&answer);
        let body = self.collect(answer).await?;
        let max_bytes = self.payload_max_bytes;
        // A large body is looked at for a while: not on the threads that renew leases.
        let body = tokio::task::spawn_blocking(move || content::response(body, content_type.as_deref(), max_bytes))
            .await
            .map_err(|_| Failure::new(FailureCode::Internal, "reading the answer failed"))?
            .map_err(|too_long| self.too_large(&format!("takes {} bytes as JSON", too_long.bytes), max_bytes))?;
        Ok(Response::of_upstream(status_code, body))
    }

    /// The whole body. What is too large is refused as soon as that is known; the connection goes with the answer.
    async fn collect(&self, mut answer: reqwest::Response) -> Result<Vec<u8>, Failure> {
        let max_bytes = self.upstream.response_max_bytes.min(self.payload_max_bytes);
        let said = answer.content_length();
        if let Some(said) = said.filter(|said| *said > max_bytes) {
            return Err(self.too_large(&format!("has {said} bytes"), max_bytes));
        }
        let mut body = Vec::new();
        while let Some(part) = self.part(&mut answer).await? {
            if (body.len() + part.len()) as u64 > max_bytes {
                return Err(self.too_large("does not end there", max_bytes));
            }
            if body.is_empty() {
                // Not before there is something: a length is a promise that costs nothing.
                body.reserve_exact(said.and_then(|said| usize::try_from(said).ok()).unwrap_or(part.len()));
            }
            body.extend_from_slice(&part);
        }
        Ok(body)
    }

    async fn part(&self, answer: &mut reqwest::Response) -> Result<Option<bytes::Bytes>, Failure> {
        let part =
            answer.chunk().await.map_err(|error| send::failure(&error.without_url(), self.upstream, self.progress))?;
        self.progress.received(part.as_ref().map_or(0, bytes::Bytes::len) as u64);
        Ok(part)
    }

    fn too_large(&self, how: &str, max_bytes: u64) -> Failure {
        let origin = self.upstream.origin();
        let message = format!("the answer of {origin} may have {max_bytes} bytes, and {how}");
        let details = json!({ "upstream": origin, "status_code": self.progress.status(), "max_bytes": max_bytes });
        Failure::new(FailureCode::UpstreamResponseTooLarge, message).with_details(details)
    }

    /// Any other answer than success.
    async fn refused(&self, mut answer: reqwest::Response) -> Failure {
        let status = answer.status().as_u16();
        let content_type = content_type(&answer);
        let asked = retry_after::of(answer.headers(), self.now);
        let (body, is_whole) = self.beginning(&mut answer).await;
        let (body, is_cut) = content::excerpt(&body, is_whole, EXCERPT_MAX_BYTES);

        let origin = self.upstream.origin();
        let mut details =
            json!({ "upstream": origin, "status_code": status, "content_type": content_type, "body": body });
        if is_cut {
            details["truncated"] = true.into();
        }
        if let Some(asked) = asked {
            details["retry_after_ms"] = u64::try_from(asked.as_millis()).unwrap_or(u64::MAX).into();
        }
        let code = self.code(status, asked);
        let failure = |message| Failure::new(code, message).with_details(details);
        let Some(asked) = asked else { return failure(format!("{origin} answered {status}")) };
        let said = format!("{origin} answered {status} and asks to wait {} s", asked.as_secs());
        if asked <= self.upstream.retry_after_max {
            // Of no use, unless the endpoint tries this failure again.
            return failure(said).with_retry_after(asked);
        }
        let most = self.upstream.retry_after_max.as_secs();
        failure(format!("{said}, longer than the {most} s that are waited")).of_class(FailureClass::Permanent)
    }

    fn code(&self, status: u16, asked: Option<Duration>) -> FailureCode {
        match (self.upstream.retry_statuses.contains(status), status, asked) {
            (false, ..) => FailureCode::UpstreamRejected,
            (true, 429, _) | (true, 503, Some(_)) => FailureCode::UpstreamOverloaded,
            (true, ..) => FailureCode::UpstreamError,
        }
    }

    /// As much of a body as is kept, and whether that is all. The status says what happened: a connection that breaks
    /// behind it changes nothing.
    async fn beginning(&self, answer: &mut reqwest::Response) -> (Vec<u8>, bool) {
        let mut body = Vec::new();
        while body.len() <= EXCERPT_MAX_BYTES {
            match self.part(answer).await {
                Ok(Some(part)) => body.extend_from_slice(&part),
                Ok(None) => return (body, true),
                Err(_) => return (body, false),
            }
        }
        (body, false)
    }
}

fn content_type(answer: &reqwest::Response) -> Option<String> {
    let text = answer.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    Some(text).filter(|text| text.len() <= CONTENT_TYPE_MAX_BYTES).map(str::to_owned)
}
