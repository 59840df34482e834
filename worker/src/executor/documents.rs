//! The built-in document engine: maps a request to the engine's call and its answer to the contract's response.

use std::sync::Arc;
use std::time::Duration;

use blake2::digest::consts::U8;
use blake2::{Blake2b, Digest as _};
use bytes::Bytes;
use documents::{Limits, Operation, Output, ParseOptions, ReadOptions, TableFormat};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use shared::contract::{
    DataUrl, DocumentRef, MimeData, ParseRequest, ParseResponse, Password, TableParsingFormat, Usage,
};
use shared::domain::{Endpoint, Failure, FailureClass, FailureCode};
use shared::store::jobs::Claimed;
use tokio_util::sync::CancellationToken;

use super::{Keyring, Request, Response};
use crate::engine::{EngineError, EnginePool, Limit, Task, Watch};

/// The part of an endpoint's time-out that its document may have. It ends first: then the document was given all there is,
/// and would take as long again.
const SHARE_OF_TIMEOUT: f64 = 0.95;

/// The executor of the built-in endpoints.
pub(crate) struct Documents {
    pool: Arc<EnginePool>,
    limits: Limits,
}

/// What one attempt asks of the engine, wherever it comes from.
pub(crate) struct Asked<'a> {
    /// The endpoint's path.
    pub(crate) path: &'a str,
    /// The request, as JSON.
    pub(crate) text: Bytes,
    /// The document, if it was taken out of the text.
    pub(crate) file: Option<Bytes>,
    /// What opens a password that was stored; a request that never was has its own in clear.
    pub(crate) keyring: Option<&'a Keyring>,
    /// The engine has died of this request before.
    pub(crate) again: bool,
    /// The most time, however many pages there are.
    pub(crate) most: Duration,
    /// Where progress is shown.
    pub(crate) watch: &'a Watch,
}

/// A decoded document with its content address.
struct Decoded {
    bytes: Bytes,
    id: String,
    media_type: Option<String>,
}

impl Documents {
    pub(crate) const fn new(pool: Arc<EnginePool>, limits: Limits) -> Self {
        Self { pool, limits }
    }

    pub(super) async fn execute(
        &self,
        endpoint: &Endpoint,
        claimed: &Claimed,
        request: Request,
        watch: &Watch,
        stop: &CancellationToken,
    ) -> Result<Response, Failure> {
        let file = request.file(&["document", "url"]).await?;
        let again = claimed.last_failure_code.as_deref() == Some(FailureCode::EngineCrashed.as_str());
        let most = endpoint.timeout.mul_f64(SHARE_OF_TIMEOUT);
        let (path, text, keyring) = (&*endpoint.path, request.text, Some(&request.keyring));
        self.answer(Asked { path, text, file, keyring, again, most, watch }, stop).await
    }

    /// Answers a request.
    pub(crate) async fn answer(&self, asked: Asked<'_>, stop: &CancellationToken) -> Result<Response, Failure> {
        match asked.path {
            "/v1/documents/parse" => self.parse(asked, stop).await,
            path => Err(Failure::new(
                FailureCode::EndpointNotAvailable,
                format!("the document engine of this worker does not execute {path}"),
            )),
        }
    }

    async fn parse(&self, asked: Asked<'_>, stop: &CancellationToken) -> Result<Response, Failure> {
        let Asked { text, file, keyring, again, most, watch, .. } = asked;
        // Base64 and the digest of a large document take a while: not on the threads that renew leases.
        let (request, document) = tokio::task::spawn_blocking(move || {
            // As the api has checked it: by way of a value, in which of a name that is there twice the last counts.
            let request: ParseRequest = serde_json::from_slice::<Value>(&text)
                .and_then(serde_json::from_value)
                .map_err(|error| invalid(&error.to_string()))?;
            let document = decode(&request.document, file)?;
            Ok::<_, Failure>((request, document))
        })
        .await
        .map_err(|error| Failure::new(FailureCode::Internal, "reading the request failed").because(&error))??;
        let password = password(&request.document, keyring)?.map(|password| password.expose_secret().to_owned());
        let options = ParseOptions {
            read: ReadOptions { password, image_resolution_dpi: request.image_resolution_dpi },
            table_parsing_format: table_format(request.table_parsing_format),
        };
        let task = Task {
            operation: Operation::Parse(options),
            filename: request.document.filename.clone(),
            media_type: document.media_type,
            bytes: document.bytes,
            limits: self.limits,
            most,
        };
        let output = self.pool.run(task, watch, stop).await.map_err(|error| failure(error, again))?;
        let Output::Parse(parsed) = output else {
            return Err(Failure::new(FailureCode::Internal, "the engine has answered something else"));
        };
        let text = parsed.text();
        let response = ParseResponse {
            document: DocumentRef {
                id: document.id,
                filename: request.document.filename,
                mime_type: parsed.media_type,
            },
            usage: Usage::of_pages(u32::try_from(parsed.pages.len()).unwrap_or(u32::MAX), &request.model),
            pages: parsed.pages,
            text,
        };
        let body = serde_json::to_vec(&response).map_err(|error| invalid(&error.to_string()))?;
        Ok(Response { status_code: 200, body: body.into() })
    }
}

/// The document's password in clear, if it has one.
fn password(document: &MimeData, keyring: Option<&Keyring>) -> Result<Option<SecretString>, Failure> {
    let clear = |password: &Password| match keyring {
        Some(keyring) => keyring.open(password),
        None => Ok(password.as_written().clone()),
    };
    document.password.as_ref().map(clear).transpose()
}

/// The document: the file as it is stored, or what its URL still holds.
fn decode(document: &MimeData, file: Option<Bytes>) -> Result<Decoded, Failure> {
    let url = DataUrl::parse(&document.url).map_err(|error| invalid(&format!("document.url {error}")))?;
    let bytes = match file {
        Some(bytes) => bytes,
        None => url.decode().map_err(|error| invalid(&format!("document.url {error}")))?.into(),
    };
    let digest: [u8; 8] = Blake2b::<U8>::digest(&bytes).into();
    let id = format!("file_{:016x}", u64::from_be_bytes(digest));
    let media_type = Some(url.media_type.to_ascii_lowercase()).filter(|media_type| !media_type.is_empty());
    Ok(Decoded { bytes, id, media_type })
}

fn invalid(message: &str) -> Failure {
    Failure::new(FailureCode::RequestInvalid, format!("the stored request cannot be executed: {message}"))
}

const fn table_format(format: TableParsingFormat) -> TableFormat {
    match format {
        TableParsingFormat::Markdown => TableFormat::Markdown,
        TableParsingFormat::Yaml => TableFormat::Yaml,
        TableParsingFormat::Html => TableFormat::Html,
        TableParsingFormat::Json => TableFormat::Json,
    }
}

/// What a failure of the engine means for the job. A document that exceeds a limit exceeds it again; a child that died
/// for no known reason gets one more try.
fn failure(error: EngineError, again: bool) -> Failure {
    let died = |what: &str| {
        tracing::warn!(%error, "an engine process died");
        Failure::new(FailureCode::EngineCrashed, what).because(&error)
    };
    match error {
        EngineError::Document { code, message, details } => {
            let failure = Failure::new(code.parse().unwrap_or(FailureCode::DocumentInvalid), message);
            Failure { details, ..failure }
        }
        EngineError::Exceeded { limit } => exceeded(limit),
        EngineError::Killed if again => {
            let message = "the engine was killed twice while it read this document, as it is for want of memory";
            Failure::new(FailureCode::DocumentLimitExceeded, message).with_details(json!({ "limit": "memory" }))
        }
        EngineError::Killed => died("the engine was killed while it read this document"),
        EngineError::Crashed { .. } if again => {
            tracing::warn!(%error, "an engine process died again");
            let message = "the engine died twice while it read this document";
            Failure::new(FailureCode::DocumentInvalid, message).because(&error)
        }
        EngineError::Crashed { .. } => died("the engine died while it read this document"),
        EngineError::NoModel => Failure::new(FailureCode::EndpointNotAvailable, error.to_string()),
        EngineError::Stopped => {
            Failure::new(FailureCode::Internal, "the attempt was stopped").of_class(FailureClass::Transient)
        }
        EngineError::Unavailable(_) => {
            tracing::error!(%error, "an engine process cannot be started");
            Failure::new(FailureCode::EngineUnavailable, "the engine could not be started").because(&error)
        }
    }
}

/// The document needed more than a child may use.
fn exceeded(limit: Limit) -> Failure {
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let (variables, details) = match limit {
        Limit::Time(time) => (
            "QUIRE_ENGINE_TIMEOUT_MS and QUIRE_ENGINE_TIMEOUT_PAGE_MS, within the endpoint's time-out",
            json!({ "limit": "time", "limit_ms": millis(time) }),
        ),
        Limit::Cpu(time) => {
            ("QUIRE_ENGINE_CPU_MS and QUIRE_ENGINE_CPU_PAGE_MS", json!({ "limit": "cpu", "limit_ms": millis(time) }))
        }
        Limit::Memory(bytes) => ("QUIRE_ENGINE_MEMORY_BYTES", json!({ "limit": "memory", "limit_bytes": bytes })),
    };
    let message = format!("the document needs more than the {limit} that it may use ({variables})");
    Failure::new(FailureCode::DocumentLimitExceeded, message).with_details(details)
}
