//! Examples: one of each body, the same story throughout. A test holds each against its schema.

use serde_json::{Map, Value, json};
use shared::contract::ErrorCode;

const CREATED_AT: i64 = 1_790_000_000;
const RETENTION_SECONDS: i64 = 604_800;

fn job(status: &str) -> Value {
    let has_started = !matches!(status, "queued" | "cancelled");
    let has_ended = matches!(status, "completed" | "cancelled" | "failed");
    json!({
        "id": "job_0PtoP0n-zhx5Kd3cN2kQa",
        "object": "job",
        "status": status,
        "endpoint": "/v1/documents/parse",
        "error": null,
        "warnings": null,
        "created_at": CREATED_AT,
        "started_at": has_started.then_some(CREATED_AT + 1),
        "completed_at": has_ended.then_some(CREATED_AT + 2),
        "expires_at": CREATED_AT + RETENTION_SECONDS,
        "organization_id": "org_0PtoOwlJ1RzSqk1mXqg6V",
        "metadata": { "batch": "2026-09" },
        "progress": (status == "in_progress").then(|| json!({ "stage": "reading", "done": 12, "total": 40 })),
        "cancelled": status == "cancelled",
        "attempt_count": i32::from(has_started),
        "last_attempt_at": has_started.then_some(CREATED_AT + 1),
        "last_failure_code": null,
        "cloud_task_name": null,
        "request_gcs_paths": null,
    })
}

fn with(mut job: Value, more: &[(&str, Value)]) -> Value {
    for (name, value) in more {
        job[*name] = value.clone();
    }
    job
}

fn request() -> Value {
    json!({ "document": { "filename": "note.txt", "url": "data:text/plain;base64,SGVsbG8sIFF1aXJlIQ==" } })
}

fn response() -> Value {
    json!({
        "status_code": 200,
        "body": {
            "document": { "id": "file_8b2f1d3c4e5a6978", "filename": "note.txt", "mime_type": "text/plain" },
            "usage": { "page_count": 1, "credits": 1.0 },
            "pages": ["Hello, Quire!"],
            "text": "Hello, Quire!",
        },
    })
}

fn failed_attempt() -> Value {
    json!({
        "object": "job.attempt",
        "attempt": 1,
        "generation": 0,
        "outcome": "retried",
        "code": "payload_unavailable",
        "message": "the stored request cannot be read",
        "details": null,
        "causes": ["the object store failed", "connection refused"],
        "worker": "worker-0-5f3a9c10",
        "started_at": CREATED_AT + 1,
        "ended_at": CREATED_AT + 2,
        "trace_id": null,
    })
}

fn light(status: &str) -> Value {
    with(job(status), &[("request", Value::Null), ("response", Value::Null)])
}

/// An example of the bodies that have this schema.
fn of_schema(name: &str) -> Option<Value> {
    Some(match name {
        "CreateJobRequest" => json!({
            "endpoint": "/v1/documents/parse",
            "request": request(),
            "metadata": { "batch": "2026-09" },
        }),
        "JobView" => with(job("completed"), &[("request", request()), ("response", response())]),
        "JobStatusView" => job("in_progress"),
        "JobList" => json!({
            "object": "list",
            "data": [light("completed")],
            "first_id": "job_0PtoP0n-zhx5Kd3cN2kQa",
            "last_id": "job_0PtoP0n-zhx5Kd3cN2kQa",
            "has_more": false,
        }),
        "AttemptList" => json!({ "object": "list", "data": [failed_attempt()], "has_more": false }),
        "ErrorEnvelope" => error(ErrorCode::ValidationError)["value"].clone(),
        _ => return None,
    })
}

/// The job as an action leaves it behind.
fn after(path: &str, method: &str) -> Option<Value> {
    let status = match (method, path.rsplit('/').next()?) {
        ("create_job", _) | (_, "retry") => "queued",
        (_, "cancel") => "cancelled",
        _ => return None,
    };
    Some(with(job(status), &[("request", request()), ("response", Value::Null)]))
}

/// Gives schemas that are whole bodies an example.
pub(super) fn of_schemas(document: &mut Value) {
    for (name, schema) in document["components"]["schemas"].as_object_mut().into_iter().flatten() {
        if let Some(example) = of_schema(name) {
            schema["examples"] = json!([example]);
        }
    }
}

/// Gives the good answers of actions an example of their own: the one of the schema shows another status.
pub(super) fn of_operation(path: &str, operation: &mut Value) {
    let name = operation["operationId"].as_str().unwrap_or_default();
    let Some(example) = after(path, name) else { return };
    for status in ["200", "202"] {
        let Some(content) = operation["responses"].get_mut(status).map(|response| &mut response["content"]) else {
            continue;
        };
        let shown = if status == "202" { delayed(&example) } else { example.clone() };
        content["application/json"]["example"] = shown;
    }
}

fn delayed(job: &Value) -> Value {
    let message = "the job is stored and will run, but its dispatch is delayed; poll it instead of creating another";
    let warning = json!({ "code": "dispatch_delayed", "message": message, "details": null });
    with(job.clone(), &[("warnings", json!([warning]))])
}

/// An example of an error, as an `examples` entry.
pub(super) fn error(code: ErrorCode) -> Value {
    let details = match code {
        ErrorCode::Unauthorized => json!({ "error": "Invalid API Key." }),
        ErrorCode::Forbidden => json!({ "scope": "jobs:write" }),
        ErrorCode::BodyTooLarge => json!({ "size_bytes": 104_857_601, "cap_bytes": 104_857_600 }),
        ErrorCode::MalformedJson => json!({ "line": 1, "column": 17 }),
        ErrorCode::ValidationError => json!({
            "errors": [{ "path": "$.request.document.url", "rule": "required", "message": "is required" }],
        }),
        _ => Value::Null,
    };
    let mut entry = Map::new();
    entry.insert("summary".to_owned(), code.about().into());
    let detail = json!({ "code": code, "message": code.about().trim_end_matches('.'), "details": details });
    entry.insert("value".to_owned(), json!({ "detail": detail }));
    entry.into()
}
