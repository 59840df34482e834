//! The description of the API, made from the code's own types.

mod complete;
mod endpoints;
mod examples;

use shared::contract::{
    Category, ChatMessage, ChatRole, Choice, Classification, ClassifyChoice, ClassifyConsensus, ClassifyEvalRequest,
    ClassifyRequest, ClassifyResponse, ClassifyResult, CompletionUsage, DocumentRef, EditConfig, ExtractRequest,
    FillRequest, FillTemplateRequest, GenerateSchemaRequest, GenerateSchemaResponse, GenerateSplitConfigRequest,
    GenerateSplitConfigResponse, GenerateTemplateRequest, MimeData, ParseRequest, ParseResponse, ParsedChatCompletion,
    ParsedMessage, ProjectRequest, SplitChoice, SplitChoicePart, SplitConsensus, SplitPart, SplitPartition,
    SplitRequest, SplitResponse, SplitVote, Subdocument, TableParsingFormat, Usage,
};
use shared::domain::Registry;
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::routes;
use crate::service::validation::Violation;
use crate::view::words::EndpointPath;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Quire",
        description = "A self-hosted Jobs API: post a job, poll it, fetch its result.\n\n\
            Send an API key as the header `Api-Key`. A job is durable as soon as its create is answered. Poll \
            `GET /v1/jobs/{job_id}/status` until `status` is `completed`, `failed`, `cancelled` or `expired`, then \
            retrieve the job with `include_response=true`.\n\n\
            Every error has one shape, `{\"detail\": {\"code\", \"message\", \"details\"}}`, and every answer an \
            `x-request-id`. A 503 may be sent again after `retry-after` seconds; a create with an `Idempotency-Key` makes \
            one job however often it is sent.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        routes::jobs::attempts::list_job_attempts,
        routes::jobs::cancel::cancel_job,
        routes::jobs::create::create_job,
        routes::jobs::list::list_jobs,
        routes::jobs::get::get_job,
        routes::jobs::retry::retry_job,
        routes::jobs::status::get_job_status,
        routes::health::healthz,
        routes::health::readyz,
        routes::metrics::render,
        routes::openapi::document,
    ),
    components(schemas(
        Category, ChatMessage, ChatRole, Choice, Classification, ClassifyChoice, ClassifyConsensus,
        ClassifyEvalRequest, ClassifyRequest, ClassifyResponse, ClassifyResult, CompletionUsage, DocumentRef,
        EditConfig, EndpointPath, ExtractRequest, FillRequest, FillTemplateRequest, GenerateSchemaRequest,
        GenerateSchemaResponse, GenerateSplitConfigRequest, GenerateSplitConfigResponse, GenerateTemplateRequest,
        MimeData, ParseRequest, ParseResponse, ParsedChatCompletion, ParsedMessage, ProjectRequest, SplitChoice,
        SplitChoicePart, SplitConsensus, SplitPart, SplitPartition, SplitRequest, SplitResponse, SplitVote,
        Subdocument, TableParsingFormat, Usage, Violation,
    )),
    tags(
        (name = "jobs", description = "Jobs of the key's organization"),
        (name = "operation", description = "For those who run Quire; open to all, and silent about jobs"),
    ),
    modifiers(&ApiKeyScheme),
    security(("Api-Key" = []), ("access_token" = [])),
)]
struct Api;

/// The two ways of sending a key.
struct ApiKeyScheme;

impl Modify for ApiKeyScheme {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let header = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("Api-Key")));
        let query = SecurityScheme::ApiKey(ApiKey::Query(ApiKeyValue::new("access_token")));
        components.add_security_scheme("Api-Key", header);
        components.add_security_scheme("access_token", query);
    }
}

/// The document as JSON, with these endpoints.
pub(crate) fn document(registry: &Registry) -> String {
    let mut document =
        serde_json::to_value(Api::openapi()).unwrap_or_else(|_| unreachable!("an OpenAPI document has text keys"));
    complete::complete(&mut document);
    endpoints::name(&mut document, registry);
    document.to_string()
}

#[cfg(test)]
mod tests;
