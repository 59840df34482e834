//! What holds for every route, added to the description of each: so no route can leave it out.

use serde_json::{Map, Value, json};
use shared::contract::ErrorCode;

use super::examples;
use crate::view::words::NO_NUL;

/// Errors that any request may meet.
const OF_ANY: [ErrorCode; 3] = [ErrorCode::UriTooLong, ErrorCode::HeadersTooLarge, ErrorCode::InternalError];
/// Errors of a route that needs a key.
const OF_KEYS: [ErrorCode; 3] = [ErrorCode::Unauthorized, ErrorCode::Forbidden, ErrorCode::DatabaseUnavailable];
/// Errors of a route that takes a body.
const OF_BODIES: [ErrorCode; 4] =
    [ErrorCode::BodyIncomplete, ErrorCode::RequestTimeout, ErrorCode::BodyTooLarge, ErrorCode::Overloaded];

const ENVELOPE: &str = "#/components/schemas/ErrorEnvelope";
/// A data URL that is read. For people and generators; the check itself says more precisely what is wrong.
const DATA_URL: &str = "^data:[^,;\\u0000]*(;[^,;\\u0000]*)*;base64,\
    ([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

/// Completes a document.
pub(super) fn complete(document: &mut Value) {
    limit_request(document);
    examples::of_schemas(document);
    let links = links(document);
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, operations) in paths {
        for (_, operation) in operations.as_object_mut().into_iter().flatten() {
            let needs_key = operation["security"] != json!([{}]);
            let takes_body = operation.get("requestBody").is_some();
            parameters(operation, needs_key);
            let keyed = OF_KEYS.iter().filter(|_| needs_key);
            let bodied = OF_BODIES.iter().filter(|_| takes_body);
            for code in OF_ANY.iter().chain(keyed).chain(bodied) {
                may_fail_with(*code, operation);
            }
            responses(operation);
            if operation["operationId"] == "create_job" {
                for status in ["200", "202"] {
                    operation["responses"][status]["links"] = links.clone();
                }
            }
            examples::of_operation(path, operation);
        }
    }
}

/// Where a new job leads: every operation on one job.
fn links(document: &Value) -> Value {
    let operations = document["paths"].as_object().into_iter().flatten().filter(|(path, _)| path.contains("{job_id}"));
    let names = operations.flat_map(|(_, methods)| methods.as_object().into_iter().flatten());
    let link = |(_, operation): (&String, &Value)| {
        let name = operation["operationId"].as_str()?.to_owned();
        let link = json!({ "operationId": name, "parameters": { "job_id": "$response.body#/id" } });
        Some((name, link))
    };
    Value::Object(names.filter_map(link).collect())
}

/// What create checks beyond the schema that the worker's types have.
fn limit_request(document: &mut Value) {
    let schemas = &mut document["components"]["schemas"];
    schemas["MimeData"]["properties"]["url"]["pattern"] = DATA_URL.into();
    schemas["MimeData"]["properties"]["filename"]["pattern"] = NO_NUL.into();
    for (_, schema) in schemas.as_object_mut().into_iter().flatten() {
        for name in ["model", "project_id", "extraction_id"] {
            if let Some(member) = schema.pointer_mut(&format!("/properties/{name}")) {
                member["pattern"] = NO_NUL.into();
            }
        }
    }
}

fn parameters(operation: &mut Value, needs_key: bool) {
    if operation["parameters"].is_null() {
        operation["parameters"] = json!([]);
    }
    let Some(parameters) = operation["parameters"].as_array_mut() else { return };
    parameters.retain(|parameter| parameter["name"] != "access_token");
    for parameter in &mut *parameters {
        // Of those in the query, a cursor must be an id; a filter by one that is none only finds nothing.
        let names_job = match parameter["name"].as_str() {
            Some("job_id") => parameter["in"] == "path",
            // Attempts have numbers.
            Some("after" | "before") => parameter["schema"]["format"] != "int32",
            _ => false,
        };
        if names_job {
            parameter["schema"] = json!({ "$ref": "#/components/schemas/JobIdText" });
        }
        if parameter["name"] == "endpoint" {
            parameter["schema"] = json!({ "$ref": "#/components/schemas/EndpointPath" });
        }
        if parameter["name"] == "idempotency-key" {
            parameter["schema"] =
                json!({ "type": "string", "pattern": "^[!-~]{1,255}$", "examples": ["invoice-4711"] });
        }
    }
    if needs_key {
        parameters.push(json!({
            "name": "access_token",
            "in": "query",
            "description": "An API key, where the header `Api-Key` cannot be set. The header counts, if both are there.",
            "schema": { "type": "string" },
        }));
    }
}

/// Notes the code among those of its status, if it is not there yet.
fn may_fail_with(code: ErrorCode, operation: &mut Value) {
    let response = &mut operation["responses"][code.status().to_string()];
    let told = response["description"].as_str().unwrap_or_default().to_owned();
    let is_ours = response.is_null() || is_envelope(response);
    if !is_ours || told.contains(&format!("`{code}`")) {
        return;
    }
    let more = format!("`{code}`");
    response["description"] = if told.is_empty() { more.into() } else { format!("{told}. {more}").into() };
    response["content"]["application/json"]["schema"] = json!({ "$ref": ENVELOPE });
}

pub(super) fn is_envelope(response: &Value) -> bool {
    response["content"]["application/json"]["schema"]["$ref"] == ENVELOPE
}

/// The codes that the description of an answer names.
pub(super) fn codes_of(response: &Value) -> impl Iterator<Item = ErrorCode> + use<'_> {
    let told = response["description"].as_str().unwrap_or_default();
    ErrorCode::ALL.iter().copied().filter(move |code| told.contains(&format!("`{code}`")))
}

fn responses(operation: &mut Value) {
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        let is_error = is_envelope(response);
        if response["description"].as_str().is_none_or(str::is_empty) {
            response["description"] = "As asked".into();
        }
        let headers = &mut response["headers"];
        if headers.is_null() {
            *headers = Map::new().into();
        }
        headers["x-request-id"] = json!({
            "description": "The id of this exchange; the log has it too",
            "required": true,
            "schema": { "type": "string", "pattern": "^req_[-0-9A-Z_a-z]{21}$" },
        });
        if is_error && status == "503" {
            headers["retry-after"] = json!({
                "description": "Seconds to wait before the request is sent again",
                "required": true,
                "schema": { "type": "integer", "minimum": 0 },
            });
        }
        if is_error {
            let told = codes_of(response).map(|code| (code.as_str().to_owned(), examples::error(code))).collect();
            response["content"]["application/json"]["examples"] = Value::Object(told);
        }
    }
}
