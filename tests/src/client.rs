//! A client of the HTTP API, as small as the tests need it.

use std::time::{Duration, Instant};

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use shared::domain::{JobId, Status};

use crate::{eventually, virtual_host};

/// The header that carries a key.
const API_KEY: &str = "api-key";

/// What the API answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub code: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub bytes: Vec<u8>,
    /// The body as JSON, `null` when it is none.
    pub body: Value,
    /// From the first byte sent to the last received.
    pub took: Duration,
}

impl Answer {
    /// The job that the answer is about.
    ///
    /// # Panics
    /// When it is about none.
    #[must_use]
    pub fn id(&self) -> JobId {
        let id = self.body["id"].as_str().and_then(|id| id.parse().ok());
        id.unwrap_or_else(|| panic!("no job id in {} {}", self.code, self.body))
    }

    /// The job, when the answer is 200 or 202.
    #[must_use]
    pub fn accepted(&self) -> Option<JobId> {
        matches!(self.code, 200 | 202).then(|| self.id())
    }

    /// The job's status.
    ///
    /// # Panics
    /// When the answer has none that we know.
    #[must_use]
    pub fn status(&self) -> Status {
        let status = self.body["status"].as_str().and_then(|status| status.parse().ok());
        status.unwrap_or_else(|| panic!("no status in {} {}", self.code, self.body))
    }

    /// `detail.code` of an error.
    #[must_use]
    pub fn error_code(&self) -> &str {
        self.body["detail"]["code"].as_str().unwrap_or_default()
    }

    /// A header's text.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A client of one organization.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    key: Option<String>,
}

impl Client {
    /// A client of the API at this address, with a key or without.
    #[must_use]
    pub fn new(base: &str, key: Option<String>) -> Self {
        Self { http: virtual_host::http(), base: base.to_owned(), key }
    }

    /// The same client with another key or none.
    #[must_use]
    pub fn with_key(&self, key: Option<&str>) -> Self {
        Self { key: key.map(str::to_owned), ..self.clone() }
    }

    /// A request to be completed by the caller.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.key {
            Some(key) => request.header(API_KEY, key),
            None => request,
        }
    }

    /// Sends a request; `Err` when no whole answer came.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn try_send(&self, request: RequestBuilder) -> reqwest::Result<Answer> {
        let began = Instant::now();
        let answer = request.send().await?;
        let (code, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().await?.to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Answer { code, headers, bytes, body, took: began.elapsed() })
    }

    /// Sends a request.
    ///
    /// # Panics
    /// When no whole answer came.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.try_send(request).await.unwrap_or_else(|error| panic!("the API did not answer: {error:?}"))
    }

    /// Creates a job from this body.
    pub async fn create(&self, body: &Value) -> Answer {
        self.send(self.request(Method::POST, "/v1/jobs").json(body)).await
    }

    /// Creates a job from a body's exact text.
    pub async fn create_raw(&self, body: impl Into<reqwest::Body>) -> Answer {
        self.send(self.request(Method::POST, "/v1/jobs").header(CONTENT_TYPE, "application/json").body(body)).await
    }

    /// Creates a job under an idempotency key.
    pub async fn create_once(&self, key: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, "/v1/jobs").header("idempotency-key", key).json(body)).await
    }

    /// Creates a job that must be accepted.
    ///
    /// # Panics
    /// When it is not.
    pub async fn submit(&self, body: &Value) -> JobId {
        let answer = self.create(body).await;
        answer.accepted().unwrap_or_else(|| panic!("not accepted: {} {}", answer.code, answer.body))
    }

    /// The job, with or without its payloads.
    pub async fn retrieve(&self, id: JobId, full: bool) -> Answer {
        let query = if full { "?include_request=true&include_response=true" } else { "" };
        self.get(&format!("/v1/jobs/{id}{query}")).await
    }

    /// The job's status object.
    pub async fn status(&self, id: JobId) -> Answer {
        self.get(&format!("/v1/jobs/{id}/status")).await
    }

    /// Cancels a job, as the Python SDK does: a content type and no body.
    pub async fn cancel(&self, id: JobId) -> Answer {
        self.act(&id.to_string(), "cancel", "").await
    }

    /// Retries a job, as the Python SDK does.
    pub async fn retry(&self, id: JobId) -> Answer {
        self.act(&id.to_string(), "retry", "").await
    }

    /// Sends a verb and a body to whatever the path names.
    pub async fn act(&self, id: &str, verb: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self.request(Method::POST, &format!("/v1/jobs/{id}/{verb}"));
        self.send(request.header(CONTENT_TYPE, "application/json").body(body)).await
    }

    /// Anything.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Waits until the job has this status, and answers it with its payloads.
    ///
    /// # Panics
    /// When it has not within `bound`, or has ended in another status.
    pub async fn wait_until(&self, id: JobId, wanted: Status, bound: Duration) -> Value {
        eventually(&format!("{id} to be {wanted}"), bound, async || {
            let answer = self.status(id).await;
            assert_eq!(answer.code, 200, "{id}: {}", answer.body);
            let status = answer.status();
            assert!(status == wanted || !status.is_terminal(), "{id} is {status}, not {wanted}: {}", answer.body);
            (status == wanted).then_some(())
        })
        .await;
        self.retrieve(id, true).await.body
    }
}

/// The body that creates a job of `/v1/documents/parse` for this document.
#[must_use]
pub fn parse_job(filename: &str, data_url: &str) -> Value {
    json!({
        "endpoint": "/v1/documents/parse",
        "request": { "document": { "filename": filename, "url": data_url } },
    })
}
