//! The built-in document engine: maps a request to the engine's call and its answer to the contract's response.

use std::sync::Arc;

use blake2::digest::consts::U8;
use blake2::{Blake2b, Digest as _};
use bytes::Bytes;
use documents::{Limits, ParseOptions, ReadOptions, TableFormat};
use serde_json::Value;
use shared::contract::{DataUrl, DocumentRef, MimeData, ParseRequest, ParseResponse, TableParsingFormat, Usage};
use shared::domain::{Endpoint, Failure, FailureClass, FailureCode};
use shared::store::jobs::Claimed;
use tokio_util::sync::CancellationToken;

use super::{Request, Response};
use crate::engine::{self, EngineError, EnginePool};

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
    /// The engine has died of this request before.
    pub(crate) again: bool,
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
        stop: &CancellationToken,
    ) -> Result<Response, Failure> {
        let file = request.file(&["document", "url"]).await?;
        let again = claimed.last_failure_code.as_deref() == Some(FailureCode::EngineCrashed.as_str());
        self.answer(Asked { path: &endpoint.path, text: request.text, file, again }, stop).await
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
        let Asked { text, file, again, .. } = asked;
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
        let parsed = self
            .pool
            .parse(
                engine::ParseRequest {
                    filename: request.document.filename.clone(),
                    media_type: document.media_type,
                    bytes: document.bytes,
                    options: ParseOptions {
                        read: ReadOptions { password: None, image_resolution_dpi: request.image_resolution_dpi },
                        table_parsing_format: table_format(request.table_parsing_format),
                    },
                    limits: self.limits,
                },
                stop,
            )
            .await
            .map_err(|error| failure(error, again))?;
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
    match error {
        EngineError::Document { code, message } => {
            Failure::new(code.parse().unwrap_or(FailureCode::DocumentInvalid), message)
        }
        EngineError::TimedOut { limit } => Failure::new(
            FailureCode::DocumentLimitExceeded,
            format!("the document took longer than the {} ms that one may take (QUIRE_ENGINE_TIMEOUT_MS)", limit.as_millis()),
        )
        .with_details(serde_json::json!({ "limit": "time", "limit_ms": limit.as_millis() as u64 })),
        EngineError::MemoryExceeded { limit_bytes } => Failure::new(
            FailureCode::DocumentLimitExceeded,
            format!("the document needs more than the {limit_bytes} bytes of memory that one may use (QUIRE_ENGINE_MEMORY_BYTES)"),
        )
        .with_details(serde_json::json!({ "limit": "memory", "limit_bytes": limit_bytes })),
        EngineError::Crashed { .. } => {
            tracing::warn!(%error, "an engine process died");
            if again {
                Failure::new(FailureCode::DocumentInvalid, "the engine died twice while it read this document").because(&error)
            } else {
                Failure::new(FailureCode::EngineCrashed, "the engine died while it read this document").because(&error)
            }
        }
        EngineError::Stopped => {
            Failure::new(FailureCode::Internal, "the attempt was stopped").of_class(FailureClass::Transient)
        }
        EngineError::Unavailable(_) => {
            tracing::error!(%error, "an engine process cannot be started");
            Failure::new(FailureCode::EngineUnavailable, "the engine could not be started").because(&error)
        }
    }
}
