//! The endpoints in force, where the description names endpoints.

use serde_json::{Value, json};
use shared::domain::{Endpoint, Executor, Registry};

/// Names them.
pub(super) fn name(document: &mut Value, registry: &Registry) {
    let schemas = &mut document["components"]["schemas"];
    let executed = || registry.iter().filter(|endpoint| endpoint.executor.is_some());
    schemas["EndpointPath"]["enum"] = registry.paths().into();
    schemas["ExecutedEndpointPath"]["enum"] = executed().map(|endpoint| &*endpoint.path).collect();
    if executed().any(|endpoint| !is_described(endpoint)) {
        schemas["CreateJobRequest"]["properties"]["request"] = json!({
            "type": "object",
            "description": "The request for the target endpoint. That of `/v1/documents/parse` is a `ParseRequest`.",
        });
    }
}

/// Whether its requests are those of the contract, which the description shows.
fn is_described(endpoint: &Endpoint) -> bool {
    matches!(endpoint.executor, Some(Executor::Documents)) && endpoint.request_schema.is_none()
}
