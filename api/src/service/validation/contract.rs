//! The requests of the contract's endpoints: each against the type that the worker reads it with.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jsonschema::Validator;
use serde_json::Value;
use shared::contract::{
    ClassifyEvalRequest, ClassifyRequest, DataUrl, DataUrlError, ExtractRequest, FillRequest, FillTemplateRequest,
    GenerateSchemaRequest, GenerateSplitConfigRequest, GenerateTemplateRequest, ParseRequest, ProjectRequest,
    SplitRequest, TargetRequest, check_media_type, is_document_member,
};
use shared::payload::Lifted;

use super::path::of_pointer;
use super::request::{ROOT, broken_rules, validator_of};
use super::{Violation, json_schema, nul_in};

/// What the requests of an endpoint must be.
pub(super) struct Contract {
    /// The name of the type in the OpenAPI document.
    name: Cow<'static, str>,
    validator: Arc<Validator>,
    /// The JSON pointer of the member that is a JSON Schema.
    json_schema: Option<&'static str>,
    /// What the schema does not tell, of a request that obeys it.
    read: fn(Value) -> Vec<Violation>,
}

static CONTRACTS: LazyLock<BTreeMap<&'static str, Contract>> = LazyLock::new(|| {
    let all = [
        contracts::<ExtractRequest>,
        contracts::<ParseRequest>,
        contracts::<SplitRequest>,
        contracts::<GenerateSplitConfigRequest>,
        contracts::<ClassifyRequest>,
        contracts::<GenerateSchemaRequest>,
        contracts::<FillRequest>,
        contracts::<FillTemplateRequest>,
        contracts::<GenerateTemplateRequest>,
        contracts::<ProjectRequest>,
        contracts::<ClassifyEvalRequest>,
    ];
    all.into_iter().flat_map(|contracts| contracts()).collect()
});

/// Compiles the schemas now: at the start of the process, not in the first request.
pub(crate) fn compile_schemas() {
    LazyLock::force(&CONTRACTS);
}

/// What the contract wants the requests of this path to be, if it knows the path.
pub(super) fn of(path: &str) -> Option<&'static Contract> {
    CONTRACTS.get(path)
}

/// The name of the type of the requests of this path, if the contract knows the path.
pub(crate) fn contract_type(path: &str) -> Option<&'static str> {
    of(path).map(|contract| &*contract.name)
}

fn contracts<T: TargetRequest>() -> Vec<(&'static str, Contract)> {
    let validator = Arc::new(validator_of::<T>());
    let contract = |path: &&'static str| {
        let validator = Arc::clone(&validator);
        (*path, Contract { name: T::name(), validator, json_schema: T::JSON_SCHEMA, read: read::<T> })
    };
    T::ENDPOINTS.iter().map(contract).collect()
}

impl Contract {
    pub(super) fn check(&self, request: Value, lifted: &Lifted) -> Vec<Violation> {
        let mut violations = broken_rules(&self.validator, &request);
        violations.extend(nul_violations(&request));
        let schema = self.json_schema.and_then(|pointer| Some((pointer, request.pointer(pointer)?)));
        if let Some((pointer, schema)) = schema.filter(|(_, schema)| schema.is_object()) {
            violations.extend(json_schema::check(pointer, schema));
        }
        if violations.is_empty() {
            violations = (self.read)(request);
            let documents = lifted.heads().filter(|(pointer, _)| is_document_member(pointer, "url"));
            violations.extend(documents.filter_map(|(pointer, url)| lying(pointer, &DataUrl::parse(url).ok()?)));
        }
        violations
    }
}

/// What lists filter on must be something that PostgreSQL can hold.
fn nul_violations(request: &Value) -> Vec<Violation> {
    let several = request.get("documents").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let several = several.iter().enumerate().map(|(index, document)| (format!("{ROOT}.documents[{index}]"), document));
    let one = request.get("document").map(|document| (format!("{ROOT}.document"), document));
    let documents = one.into_iter().chain(several);
    let texts = documents.flat_map(|(path, document)| {
        ["filename", "url"].map(|name| (format!("{path}.{name}"), document.get(name).and_then(Value::as_str)))
    });
    let texts = texts.chain(
        ["model", "project_id", "extraction_id"]
            .map(|name| (format!("{ROOT}.{name}"), request.get(name).and_then(Value::as_str))),
    );
    texts.filter_map(|(path, text)| nul_in(path, text?)).collect()
}

/// The worker reads the stored request into this type, so what it would refuse is refused here.
fn read<T: TargetRequest>(request: Value) -> Vec<Violation> {
    let request: T = match serde_json::from_value(request) {
        Ok(request) => request,
        Err(error) => return vec![Violation::new(ROOT, "type", format!("cannot be read: {error}"))],
    };
    let broken = request.broken_rule().map(|broken| Violation::new(ROOT, broken.rule, broken.message));
    let urls = request
        .documents()
        .into_iter()
        .filter_map(|(pointer, document)| check_data_url(&format!("{pointer}/url"), &document.url));
    broken.into_iter().chain(urls).collect()
}

/// A document must be one that a worker can decode.
fn check_data_url(pointer: &str, url: &str) -> Option<Violation> {
    let checked = DataUrl::parse(url).and_then(|parsed| parsed.check().map(|()| parsed));
    let error = match checked {
        Ok(parsed) => return lying(pointer, &parsed),
        Err(error) => error,
    };
    let rule = match error {
        DataUrlError::Scheme | DataUrlError::Encoding => "dataUrl",
        DataUrlError::Base64 { .. } => "base64",
    };
    Some(Violation::new(of_pointer(ROOT, pointer), rule, error.to_string()).with_size(url.len()))
}

/// A document must be what its URL says it is, as far as its first bytes tell. Of a URL whose file was taken out they are
/// elsewhere.
fn lying(pointer: &str, url: &DataUrl<'_>) -> Option<Violation> {
    let lie = check_media_type(url.media_type, &url.head()).err()?;
    Some(Violation::new(of_pointer(ROOT, pointer), "mediaType", lie.to_string()))
}
