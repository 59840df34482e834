//! The engine's outputs as the contract's responses.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use documents::{
    Answer, Classified, Extracted, GeneratedSchema, GeneratedSplit, Kind, Output, Partition, ReadOptions, Section,
    Split, Warning,
};
use serde_json::{Value, json};
use shared::contract::{
    ClassifyRequest, ExtractRequest, GenerateSchemaRequest, GenerateSplitConfigRequest, SplitRequest,
};
use shared::domain::{ExtractionId, JobId};

use super::reasoning::content;
use super::{About, Generation, Work};
use crate::executor::Response;

fn about(job: Option<Generation>) -> About {
    let began = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let documents = vec![("file_0000000000000000".to_owned(), "a.txt".to_owned())];
    About { documents, answer_id: "letters".to_owned(), job, began, ended: began + Duration::from_millis(1500) }
}

fn request<W: Work>(members: &Value) -> W {
    let document = json!({ "filename": "a.txt", "url": "data:text/plain;base64,aGk=" });
    let mut request = json!({ "document": document.clone(), "documents": [document] });
    request.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    serde_json::from_value(request).unwrap()
}

fn answered<W: Work>(request: W, output: Output, about: &About) -> (Response, Value) {
    let response = request.response(output, about).unwrap().unwrap();
    let body = serde_json::from_slice(&response.body).unwrap();
    (response, body)
}

fn extracted() -> Extracted {
    let answer = |total: Value| Answer {
        value: json!({ "number": "A-1", "total": total }),
        reasoning: BTreeMap::from([("/total".to_owned(), "Total due 12.50".to_owned())]),
        key_mapping: None,
    };
    let vote = Answer {
        key_mapping: Some(BTreeMap::from([("total".to_owned(), None)])),
        reasoning: BTreeMap::new(),
        ..answer(Value::Null)
    };
    Extracted {
        media_type: "text/plain".to_owned(),
        page_count: 2,
        word_count: 40,
        answers: vec![answer(json!(12.5)), vote],
        likelihoods: json!({ "number": 0.99, "total": 0.5 }),
        sources: json!({ "number": { "kind": "text", "content": "A-1", "page": 1 }, "total": null }),
        consensus_details: json!({ "total": { "votes": [12.5, null] } }),
        warnings: vec![Warning {
            code: "schema_unsatisfied".to_owned(),
            message: "one value is missing".to_owned(),
            details: json!({ "paths": ["/total"] }),
        }],
    }
}

#[test]
fn an_extraction_is_a_chat_completion_and_a_record() {
    let job = Generation { job: JobId::generate(1), generation: 0 };
    let asked: ExtractRequest =
        request(&json!({ "json_schema": {}, "n_consensus": 2, "metadata": { "batch": "7" }, "model": "retab-large" }));
    let (response, body) = answered(asked, Output::Extract(extracted()), &about(Some(job)));
    let id = ExtractionId::of(job.job, 0).to_string();
    assert_eq!(
        (&body["id"], &body["object"], &body["extraction_id"]),
        (&json!("chatcmpl-letters"), &json!("chat.completion"), &json!(id))
    );
    assert_eq!((&body["created"], &body["request_at"]), (&json!(1_700_000_001), &json!("2023-11-14T22:13:20.000Z")));
    assert_eq!(body["last_token_at"], "2023-11-14T22:13:21.500Z");
    let [first, second] = body["choices"].as_array().unwrap().as_slice() else { panic!("{body}") };
    assert_eq!(first["message"]["content"], r#"{"number":"A-1","reasoning___total":"Total due 12.50","total":12.5}"#);
    assert_eq!(first["message"]["parsed"], json!({ "number": "A-1", "total": 12.5 }));
    assert_eq!(
        (&first["index"], &first["finish_reason"], &first["key_mapping"]),
        (&json!(0), &json!("stop"), &Value::Null)
    );
    assert_eq!((&second["index"], &second["key_mapping"]), (&json!(1), &json!({ "total": null })));
    assert_eq!(body["likelihoods"]["total"], 0.5);
    // Two answers to two pages of the large model.
    assert_eq!((&body["usage"]["page_count"], &body["usage"]["credits"]), (&json!(2), &json!(12.0)));
    let tokens = |name| body["usage"][name].as_u64().unwrap();
    // `number`, `A`, `1`, and so on: of both answers.
    assert_eq!((tokens("prompt_tokens"), tokens("completion_tokens") > 8), (40, true));
    assert_eq!(tokens("total_tokens"), tokens("prompt_tokens") + tokens("completion_tokens"));
    assert_eq!(response.usage.as_ref(), Some(&body["usage"]));
    assert_eq!(response.warnings, extracted().warnings);
    let extraction = response.extraction.unwrap();
    assert_eq!((extraction.id, extraction.metadata["batch"].as_str()), (id, "7"));
    assert_eq!(extraction.predictions, json!({ "number": "A-1", "total": 12.5 }));
    assert_eq!(extraction.consensus_details, extracted().consensus_details);
}

#[test]
fn an_extraction_bears_the_name_that_its_client_chose_and_none_without_a_job() {
    let job = Generation { job: JobId::generate(1), generation: 3 };
    let chosen: ExtractRequest = request(&json!({ "json_schema": {}, "extraction_id": "extr_mine" }));
    let (response, body) = answered(chosen, Output::Extract(extracted()), &about(Some(job)));
    assert_eq!((response.extraction.unwrap().id.as_str(), &body["extraction_id"]), ("extr_mine", &json!("extr_mine")));
    let (response, body) =
        answered(request::<ExtractRequest>(&json!({ "json_schema": {} })), Output::Extract(extracted()), &about(None));
    assert!(response.extraction.is_none() && body["extraction_id"].is_null());
}

#[test]
fn evidence_stands_before_its_field_at_every_depth() {
    let value = json!({ "a/b": [{ "x": 1 }, { "x": null }], "c": { "d": true } });
    let evidence = |pointers: &[&str]| pointers.iter().map(|at| ((*at).to_owned(), format!("of {at}"))).collect();
    let told = content(&value, &evidence(&["", "/a~1b", "/a~1b/0", "/a~1b/1/x", "/c/d", "/gone"])).unwrap();
    assert_eq!(
        told,
        concat!(
            r#"{"reasoning___root":"of ","reasoning___a/b":"of /a~1b","#,
            r#""a/b":[{"reasoning___item":"of /a~1b/0","x":1},{"reasoning___x":"of /a~1b/1/x","x":null}],"#,
            r#""c":{"reasoning___d":"of /c/d","d":true}}"#
        )
    );
    assert_eq!(content(&value, &BTreeMap::new()).unwrap(), value.to_string());
}

#[test]
fn values_that_nest_too_far_are_refused() {
    let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
    let error = content(&deep, &BTreeMap::new()).unwrap_err().to_string();
    assert!(error.contains("128"), "{error}");
}

#[test]
fn a_classification_is_told_in_the_words_of_every_time() {
    let answer = |category: &str| documents::Classification {
        category: category.to_owned(),
        reasoning: "it says so".to_owned(),
    };
    let classified = Classified {
        media_type: "text/plain".to_owned(),
        page_count: 4,
        answer: answer("invoice"),
        votes: vec![answer("invoice"), answer("letter"), answer("invoice")],
        likelihood: 2.0 / 3.0,
    };
    let asked: ClassifyRequest = request(&json!({ "categories": [{ "name": "invoice" }, { "name": "letter" }] }));
    let (response, body) = answered(asked, Output::Classify(classified), &about(None));
    let expected = json!({ "reasoning": "it says so", "classification": "invoice", "category": "invoice" });
    assert_eq!((&body["result"], &body["classification"]["category"]), (&expected, &json!("invoice")));
    assert_eq!((&body["likelihood"], body["votes"].as_array().unwrap().len()), (&json!(0.6667), 3));
    let choices = body["consensus"]["choices"].as_array().unwrap();
    let told: Vec<&str> = choices.iter().map(|choice| choice["classification"]["category"].as_str().unwrap()).collect();
    assert_eq!(told, ["invoice", "invoice", "letter", "invoice"]);
    assert_eq!(body["usage"], json!({ "page_count": 4, "credits": 1.0 }));
    assert!(response.extraction.is_none());
}

#[test]
fn a_split_is_told_with_its_votes_and_without() {
    let section = |votes: Vec<Vec<u32>>| Section {
        name: "invoice".to_owned(),
        pages: vec![1, 3],
        likelihood: (!votes.is_empty()).then_some(0.5),
        votes,
        partitions: vec![Partition {
            key: "A-1".to_owned(),
            pages: vec![1],
            first_page_y_start: 0.1,
            last_page_y_end: 1.0,
        }],
    };
    let split = |votes: Vec<Vec<Section>>, pages| Split {
        media_type: "application/pdf".to_owned(),
        page_count: 3,
        sections: vec![section(pages), Section { name: "letter".to_owned(), ..Section::default() }],
        votes,
        likelihoods: BTreeMap::from([("splits.invoice".to_owned(), 0.5)]),
    };
    let asked = || request::<SplitRequest>(&json!({ "subdocuments": [{ "name": "invoice" }], "n_consensus": 2 }));
    let (_, body) = answered(asked(), Output::Split(split(Vec::new(), Vec::new())), &about(None));
    let partition = json!({ "key": "A-1", "pages": [1], "first_page_y_start": 0.1, "last_page_y_end": 1.0 });
    assert_eq!(
        body["splits"],
        json!([
            { "name": "invoice", "pages": [1, 3], "likelihood": null, "votes": [], "partitions": [partition] },
            { "name": "letter", "pages": [], "likelihood": null, "votes": [], "partitions": [] },
        ])
    );
    assert_eq!((&body["consensus"], &body["usage"]["credits"]), (&Value::Null, &json!(6.0)));
    let voted = split(vec![vec![section(Vec::new())], Vec::new()], vec![vec![1, 3], Vec::new()]);
    let (_, body) = answered(asked(), Output::Split(voted), &about(None));
    assert_eq!(body["splits"][0]["votes"], json!([{ "pages": [1, 3] }, { "pages": [] }]));
    assert_eq!(body["consensus"]["likelihoods"], json!({ "splits.invoice": 0.5 }));
    let choices = body["consensus"]["choices"].as_array().unwrap();
    assert_eq!(choices.len(), 3);
    assert_eq!(choices[1]["splits"], json!([{ "name": "invoice", "pages": [1, 3], "partitions": [partition] }]));
}

#[test]
fn generated_schemas_and_splits_come_in_their_envelopes() {
    let generated = GeneratedSchema { page_count: 2, json_schema: json!({ "type": "object" }) };
    let (_, body) =
        answered(request::<GenerateSchemaRequest>(&json!({})), Output::GenerateSchema(generated), &about(None));
    assert_eq!((&body["object"], &body["strict"]), (&json!("schema"), &json!(true)));
    assert_eq!((&body["json_schema"], &body["usage"]["page_count"]), (&json!({ "type": "object" }), &json!(2)));
    assert_eq!(body["created_at"], "2023-11-14T22:13:21.500Z");
    let kind = Kind { name: "invoice".to_owned(), description: "An invoice".to_owned(), partition_key: None };
    let generated = GeneratedSplit { page_count: 2, kinds: vec![kind] };
    let (_, body) =
        answered(request::<GenerateSplitConfigRequest>(&json!({})), Output::GenerateSplit(generated), &about(None));
    let expected = json!([{ "name": "invoice", "description": "An invoice", "partition_key": null }]);
    assert_eq!(body["subdocuments"], expected);
}

#[test]
fn an_answer_to_something_else_is_no_response() {
    let generated = || Output::GenerateSplit(GeneratedSplit { page_count: 1, kinds: Vec::new() });
    assert!(request::<SplitRequest>(&json!({ "subdocuments": [] })).response(generated(), &about(None)).is_none());
    let operation = request::<GenerateSchemaRequest>(&json!({ "instructions": "all" }))
        .operation(vec![ReadOptions::default(), ReadOptions::default()]);
    let told = serde_json::to_value(operation).unwrap();
    assert_eq!((&told["operation"], told["read"].as_array().unwrap().len()), (&json!("generate_schema"), 2));
}
