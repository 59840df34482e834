//! The endpoints in force, where the description names endpoints.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shared::domain::{Endpoint, Executor, Registry};

use crate::service::validation::contract_type;

/// Names them.
pub(super) fn name(document: &mut Value, registry: &Registry) {
    let schemas = &mut document["components"]["schemas"];
    let executed = || registry.iter().filter(|endpoint| endpoint.executor.is_some());
    schemas["EndpointPath"]["enum"] = registry.paths().into();
    schemas["ExecutedEndpointPath"]["enum"] = executed().map(|endpoint| &*endpoint.path).collect();
    name_responses(schemas, registry);
    let types: BTreeMap<&str, &str> = executed().filter_map(|endpoint| described(endpoint)).collect();
    let is_all = executed().all(|endpoint| described(endpoint).is_some());
    let names: BTreeSet<&str> = types.values().copied().collect();
    // One type for all is what the document says already.
    if !is_all || names.len() > 1 {
        let told = types.iter().map(|(path, name)| format!(" That of `{path}` is a `{name}`.")).collect::<String>();
        schemas["CreateJobRequest"]["properties"]["request"] =
            json!({ "type": "object", "description": format!("The request for the target endpoint.{told}") });
    } else if let Some(name) = names.first() {
        let reference = format!("#/components/schemas/{name}");
        schemas["CreateJobRequest"]["properties"]["request"]["$ref"] = reference.into();
    }
}

/// What the document engine answers, of each of its endpoints.
const RESPONSES: [(&str, &str); 6] = [
    ("/v1/documents/classify", "ClassifyResponse"),
    ("/v1/documents/extract", "ParsedChatCompletion"),
    ("/v1/documents/parse", "ParseResponse"),
    ("/v1/documents/split", "SplitResponse"),
    ("/v1/documents/split/generate_config", "GenerateSplitConfigResponse"),
    ("/v1/schemas/generate", "GenerateSchemaResponse"),
];

/// Names the type of each response that is the engine's own.
fn name_responses(schemas: &mut Value, registry: &Registry) {
    let is_own = |path: &str| registry.find(path).is_ok_and(|at| matches!(at.executor, Some(Executor::Documents)));
    let own = RESPONSES.iter().filter(|(path, _)| is_own(path));
    let told = own.map(|(path, name)| format!(" That of `{path}` is a `{name}`.")).collect::<String>();
    let body = &mut schemas["ResponseView"]["properties"]["body"];
    body["description"] = format!("As the target endpoint's schema says.{told}").into();
}

/// Its path and the type of its requests, if they are those of the contract, which the description shows.
fn described(endpoint: &Endpoint) -> Option<(&str, &'static str)> {
    let name = contract_type(&endpoint.path).filter(|_| endpoint.request_schema.is_none())?;
    Some((&endpoint.path, name))
}
