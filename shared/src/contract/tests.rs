//! Each endpoint's request as a client sends it at the least, and what it then means.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::*;
use crate::domain::built_in;

const URL: &str = "data:text/plain;base64,aGk=";

fn document() -> Value {
    json!({ "filename": "a.txt", "url": URL })
}

fn read<T: TargetRequest>(request: Value) -> T {
    serde_json::from_value(request).unwrap()
}

/// Where a request has its documents.
fn places<T: TargetRequest>(request: &T) -> Vec<String> {
    request
        .documents()
        .into_iter()
        .map(|(place, document)| {
            assert_eq!(document.url, URL);
            place
        })
        .collect()
}

#[test]
fn every_endpoint_of_the_contract_has_a_request() {
    let typed = [
        ExtractRequest::ENDPOINTS,
        ParseRequest::ENDPOINTS,
        SplitRequest::ENDPOINTS,
        GenerateSplitConfigRequest::ENDPOINTS,
        ClassifyRequest::ENDPOINTS,
        GenerateSchemaRequest::ENDPOINTS,
        FillRequest::ENDPOINTS,
        FillTemplateRequest::ENDPOINTS,
        GenerateTemplateRequest::ENDPOINTS,
        ProjectRequest::ENDPOINTS,
        ClassifyEvalRequest::ENDPOINTS,
    ]
    .concat();
    let named: BTreeSet<String> = built_in().into_iter().map(|endpoint| endpoint.path.to_string()).collect();
    assert_eq!(typed.len(), 15);
    assert_eq!(typed.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<_>>(), named);
}

#[test]
fn extract_at_the_least() {
    let request: ExtractRequest = read(json!({ "document": document(), "json_schema": {}, "temperature": 0 }));
    assert_eq!((request.model.as_str(), request.image_resolution_dpi, request.n_consensus), ("retab-small", 192, 1));
    assert!(!request.stream && !request.bust_cache);
    assert!(request.chunking_keys.is_none() && request.metadata.is_none() && request.extraction_id.is_none());
    assert!(request.additional_messages.is_none());
    assert_eq!(places(&request), ["/document"]);
    let parts = json!([{ "role": "user", "content": [{ "type": "text", "text": "a" }] }, { "role": "tool" }]);
    let request: ExtractRequest =
        read(json!({ "document": document(), "json_schema": {}, "additional_messages": parts }));
    let roles: Vec<ChatRole> = request.additional_messages.unwrap().iter().map(|message| message.role).collect();
    assert_eq!(roles, [ChatRole::User, ChatRole::Tool]);
}

#[test]
fn parse_at_the_least() {
    let request: ParseRequest = read(json!({ "document": document(), "other": 1 }));
    assert_eq!((request.model.as_str(), request.image_resolution_dpi), ("retab-small", 192));
    assert_eq!((request.table_parsing_format, request.bust_cache), (TableParsingFormat::Html, false));
    assert_eq!(places(&request), ["/document"]);
}

#[test]
fn split_at_the_least() {
    let request: SplitRequest = read(json!({ "document": document(), "subdocuments": [{ "name": "invoice" }] }));
    assert_eq!((request.model.as_str(), request.n_consensus, request.context.as_deref()), ("retab-small", 1, None));
    let expected = Subdocument { name: "invoice".to_owned(), description: String::new(), partition_key: None };
    assert_eq!(request.subdocuments, [expected]);
    assert_eq!(places(&request), ["/document"]);
}

#[test]
fn classify_at_the_least() {
    let request: ClassifyRequest = read(json!({ "document": document(), "categories": [{ "name": "invoice" }] }));
    assert_eq!((request.model.as_str(), request.n_consensus, request.first_n_pages), ("retab-small", 1, None));
    assert_eq!(request.categories, [Category { name: "invoice".to_owned(), description: String::new() }]);
    assert_eq!(places(&request), ["/document"]);
}

#[test]
fn schemas_generate_at_the_least() {
    let request: GenerateSchemaRequest =
        read(json!({ "documents": [document(), document()], "reasoning_effort": "minimal" }));
    assert_eq!((request.model.as_str(), request.image_resolution_dpi, request.stream), ("retab-small", 192, false));
    assert_eq!(request.instructions, None);
    assert_eq!(places(&request), ["/documents/0", "/documents/1"]);
}

#[test]
fn agent_fill_at_the_least() {
    let request: FillRequest = read(json!({ "instructions": "Ada", "document": document() }));
    assert_eq!((request.model.as_str(), request.config.unwrap_or_default().color.as_str()), ("retab-small", "#000080"));
    let request: FillRequest = read(json!({ "instructions": "Ada", "template_id": "edittplt_1", "config": {} }));
    assert_eq!((places(&request).len(), request.broken_rule()), (0, None));
    assert_eq!(request.config, Some(EditConfig::default()));
}

#[test]
fn agent_fill_takes_a_document_or_a_template() {
    let both: FillRequest = read(json!({ "instructions": "Ada", "document": document(), "template_id": "edittplt_1" }));
    let none: FillRequest = read(json!({ "instructions": "Ada", "document": null, "template_id": null }));
    for request in [both, none] {
        let broken = request.broken_rule().unwrap();
        assert!(broken.message.contains("document") && broken.message.contains("template_id"), "{broken:?}");
    }
}

#[test]
fn templates_at_the_least() {
    let request: FillTemplateRequest = read(json!({ "instructions": "Ada", "template_id": "edittplt_1" }));
    assert_eq!((places(&request).len(), request.model.as_str()), (0, "retab-small"));
    assert_eq!(request.config, None);
    let request: GenerateTemplateRequest = read(json!({ "document": document() }));
    assert_eq!((request.model.as_str(), request.instructions.as_deref()), ("retab-small", None));
    assert_eq!(places(&request), ["/document"]);
}

#[test]
fn projects_and_evals_at_the_least() {
    let request: ProjectRequest = read(json!({ "project_id": "project_1", "document": document() }));
    assert_eq!((request.model, request.image_resolution_dpi, request.n_consensus), (None, None, None));
    let request: ProjectRequest = read(json!({ "project_id": "project_1", "documents": [document()] }));
    assert_eq!((places(&request), request.broken_rule()), (vec!["/documents/0".to_owned()], None));
    let request: ClassifyEvalRequest =
        read(json!({ "project_id": "project_1", "document": document(), "n_consensus": 16.0 }));
    assert_eq!((request.n_consensus, request.broken_rule()), (Some(16), None));
    assert_eq!(places(&request), ["/document"]);
    let neither: ProjectRequest = read(json!({ "project_id": "project_1" }));
    assert_eq!(neither.broken_rule().map(|broken| broken.rule), Some("oneOf"));
}
