//! A create: endpoint, request, metadata and time.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use shared::blob::ArtifactRules;
use shared::domain::{Endpoint, Executor, Registry, is_built_in};
use shared::payload::{self, Lifted, Secrets};
use shared::store::jobs::Record;

use super::top_level::TopLevel;
use super::{NUL, Refusal, Schedule, Violation, metadata, passwords, request, run_at};
use crate::service::catalog::Catalog;

/// Characters of a value that lists filter on, at most. A longer one is not indexed: an entry of an index is limited to a
/// third of a page, and beyond that the insert of the whole group would fail.
pub(crate) const MAX_INDEXED_CHARS: usize = 256;

/// A create that can be accepted.
#[derive(Debug)]
pub(crate) struct ValidCreate {
    pub(crate) endpoint: Arc<Endpoint>,
    /// The request as the client wrote it, a part of the body and not a copy, and what is to be taken out of it.
    pub(crate) request: Lifted,
    pub(crate) metadata: Option<Map<String, Value>>,
    pub(crate) record: Record,
    /// The name that the client has chosen for what is extracted.
    pub(crate) extraction_id: Option<String>,
    pub(crate) run_at: Option<SystemTime>,
    /// The bound that `run_at` is beyond. Nothing new can be made of such a create; it may repeat one that was in time.
    pub(crate) untimely: Option<Violation>,
}

/// Checks a whole create that is within the limits of JSON. Takes time in proportion to the body: large ones do not
/// belong on an async thread.
pub(crate) fn check_create(
    body: &Bytes,
    catalog: &Catalog,
    artifacts: ArtifactRules,
    schedule: Schedule,
    secrets: &Secrets,
) -> Result<ValidCreate, Refusal> {
    let top = TopLevel::parse(body)?;
    let mut violations = Vec::new();
    let endpoint = keep(check_endpoint(top.endpoint, catalog.registry()), &mut violations);
    let request = keep(check_shape(top.request), &mut violations)
        .map(|raw| payload::lift(body.slice_ref(raw.get().as_bytes()), artifacts));
    let metadata = keep(check_metadata(top.metadata), &mut violations);
    let run_at = keep(check_run_at(top.run_at), &mut violations);
    let untimely = run_at.flatten().and_then(|at| run_at::beyond(at, schedule));

    let mut record = record_of(metadata.as_ref().and_then(Option::as_ref));
    let mut extraction_id = None;
    if let (Some(endpoint), Some(request)) = (&endpoint, &request) {
        match &endpoint.executor {
            Some(executor) => match value_of("$.request", request.slim()) {
                Ok(value) => {
                    index_request(&value, &mut record);
                    extraction_id = chosen_name(&endpoint.path, executor, &value);
                    violations.extend(request::check(endpoint, executor, catalog, value, request));
                }
                Err(violation) => violations.push(violation),
            },
            None if violations.is_empty() => return Err(Refusal::EndpointNotAvailable(Arc::clone(&endpoint.path))),
            None => {}
        }
    }
    let request = match request {
        Some(request) if endpoint.as_ref().is_some_and(|endpoint| is_built_in(&endpoint.path)) => {
            keep(passwords::note(request, secrets), &mut violations)
        }
        request => request,
    };
    match (endpoint, request, metadata, run_at) {
        (Some(endpoint), Some(request), Some(metadata), Some(run_at)) if violations.is_empty() => {
            Ok(ValidCreate { endpoint, request, metadata, record, extraction_id, run_at, untimely })
        }
        _ => {
            violations.extend(untimely);
            Err(Refusal::Invalid(violations))
        }
    }
}

/// The value, or its violations noted. One that two checks have found is told once.
fn keep<T>(checked: Result<T, Vec<Violation>>, violations: &mut Vec<Violation>) -> Option<T> {
    let note = |found: Vec<Violation>| {
        for violation in found {
            let is_told = violations.iter().any(|told| told.path == violation.path && told.rule == violation.rule);
            violations.extend((!is_told).then_some(violation));
        }
    };
    checked.map_err(note).ok()
}

fn check_endpoint(raw: Option<&RawValue>, registry: &Registry) -> Result<Arc<Endpoint>, Vec<Violation>> {
    const PATH: &str = "$.endpoint";
    let raw = raw.ok_or_else(|| vec![Violation::new(PATH, "required", "is required")])?;
    let path: String = serde_json::from_str(raw.get())
        .map_err(|_| vec![Violation::new(PATH, "type", "must be the path of an endpoint, as a string")])?;
    registry
        .find(&path)
        .cloned()
        .map_err(|_| vec![Violation::new(PATH, "enum", format!("must be one of {}", registry.paths().join(", ")))])
}

fn check_shape(raw: Option<&RawValue>) -> Result<&RawValue, Vec<Violation>> {
    const PATH: &str = "$.request";
    let raw = raw.ok_or_else(|| vec![Violation::new(PATH, "required", "is required")])?;
    if raw.get().starts_with('{') { Ok(raw) } else { Err(vec![Violation::new(PATH, "type", "must be an object")]) }
}

fn check_metadata(raw: Option<&RawValue>) -> Result<Option<Map<String, Value>>, Vec<Violation>> {
    raw.map_or(Ok(None), |raw| {
        metadata::check(value_of("$.metadata", raw.get().as_bytes()).map_err(|violation| vec![violation])?)
    })
}

fn check_run_at(raw: Option<&RawValue>) -> Result<Option<SystemTime>, Vec<Violation>> {
    let parse = |raw: &RawValue| value_of("$.run_at", raw.get().as_bytes()).and_then(|value| run_at::parse(&value));
    raw.map_or(Ok(None), parse).map_err(|violation| vec![violation])
}

/// The value of a part whose syntax has been skipped over: it may still hold half a surrogate pair, or a number that no
/// float can hold.
fn value_of(path: &str, raw: &[u8]) -> Result<Value, Violation> {
    serde_json::from_slice(raw).map_err(|error| Violation::new(path, "json", format!("cannot be read: {error}")))
}

/// What lists filter on, as far as it is in the metadata. Workflow nodes have had several names (contract A.6).
fn record_of(metadata: Option<&Map<String, Value>>) -> Record {
    let noted = |names: &[&str]| names.iter().find_map(|name| indexable(metadata?.get(*name)));
    Record {
        workflow_id: noted(&["workflow_id"]),
        workflow_node_id: noted(&["workflow_node_id", "node_id", "workflow_block_id", "block_id"]),
        ..Record::default()
    }
}

/// What lists filter on, as far as it is in the request.
fn index_request(request: &Value, record: &mut Record) {
    let several = request.get("documents").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let documents = request.get("document").into_iter().chain(several);
    let names = documents.filter_map(|document| document.get("filename")?.as_str());
    // What an endpoint's own rules let pass is not to fail the insert of a whole group.
    record.file_names = names.filter(|name| !name.contains(NUL)).map(ToOwned::to_owned).collect();
    record.project_id = indexable(request.get("project_id"));
    record.model = indexable(request.get("model"));
}

/// The name that an extraction of the engine's is to have, if the client has chosen one.
fn chosen_name(path: &str, executor: &Executor, request: &Value) -> Option<String> {
    let extracts = is_built_in(path) && matches!(executor, Executor::Documents);
    request.get("extraction_id").filter(|_| extracts)?.as_str().map(ToOwned::to_owned)
}

fn indexable(value: Option<&Value>) -> Option<String> {
    let text = value?.as_str()?;
    let fits = text.chars().count() <= MAX_INDEXED_CHARS && !text.contains(NUL);
    fits.then(|| text.to_owned())
}
