//! The description of the API, made from the code's own types.

use shared::contract::{DocumentRef, MimeData, ParseRequest, ParseResponse, TableParsingFormat, Usage};
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi};

use crate::routes;
use crate::service::validation::Violation;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Quire",
        description = "A self-hosted Jobs API: post a job, poll it, fetch its result.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
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
    components(schemas(DocumentRef, MimeData, ParseRequest, ParseResponse, TableParsingFormat, Usage, Violation)),
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

/// The document as JSON.
pub(crate) fn document() -> String {
    Api::openapi().to_json().unwrap_or_else(|_| unreachable!("an OpenAPI document has text keys"))
}
