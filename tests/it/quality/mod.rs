//! A few documents whose text is known, read by `quire-worker run`: `tests/quality/frozen`. What the engine reads of many is
//! measured by `make quality`; these find what is broken.

mod answer;
mod business;
mod distance;
mod requests;

use serde_json::{Value, json};
use tests::report;

use answer::Answer;
use distance::{found, share_of_edits};
use requests::{Requests, document, frozen};

#[tokio::test]
async fn every_frozen_document_is_read_within_its_bounds() {
    let (folder, listing) = frozen("frozen");
    let documents = listing.as_array().unwrap();
    let request = |entry: &Value| {
        let name = entry["file"].as_str().unwrap();
        (name.to_owned(), json!({"document": document(&folder, name), "table_parsing_format": "html"}))
    };
    let requests: Vec<_> = documents.iter().map(request).collect();

    let answers = Requests::write("/v1/documents/parse", &requests).answers().await;

    let damage: Vec<String> =
        documents.iter().zip(&answers).flat_map(|(document, answer)| damage_of(document, answer)).collect();
    assert!(damage.is_empty(), "what images need is fetched by `make models`\n{}", damage.join("\n"));
}

/// A line for every bound of the document that its answer does not keep.
fn damage_of(document: &Value, answer: &Value) -> Vec<String> {
    let name = document["file"].as_str().unwrap();
    let Some(answer) = Answer::of(answer) else { return vec![format!("{name}: no answer: {answer}")] };
    let bounds = document["bounds"].as_object().unwrap();
    bounds
        .iter()
        .filter_map(|(figure, bound)| broken(document, &answer, figure, bound).map(|what| format!("{name}: {what}")))
        .collect()
}

#[expect(clippy::unwrap_in_result, reason = "the listing is ours: what it lacks stops the test")]
fn broken(document: &Value, answer: &Answer, figure: &str, bound: &Value) -> Option<String> {
    let read = if document["numbers_are_text"] == true { answer.text() } else { answer.text_without_numbers() };
    let read: Vec<&str> = read.split_whitespace().collect();
    let wanted: Vec<&str> = document["text"].as_str().unwrap().split_whitespace().collect();
    let (value, is_share_of_edits) = match figure {
        "words" => (found(&wanted, &read).min(found(&read, &wanted)), false),
        "found" => (found(&wanted, &read), false),
        "order" => (share_of_edits(&wanted, &read), true),
        "characters" => (share_of_edits(&characters(&wanted), &characters(&read)), true),
        "items" => (found(&texts(&document["items"]), &answer.items()), false),
        "rows" => (found(&rows(&document["rows"]), &answer.rows()), false),
        "vendor" => {
            let vendor = document["vendor"].as_str().unwrap();
            return (!read.join(" ").contains(vendor)).then(|| "the vendor in its header was not found".to_owned());
        }
        other => panic!("no figure has the name {other}"),
    };
    let bound = bound.as_f64().unwrap();
    report(format_args!("{} {figure} {value:.4}, bound {bound}", document["file"]));
    let holds = if is_share_of_edits { value <= bound } else { value >= bound };
    (!holds).then(|| format!("{figure} is {value:.4} and its bound {bound}"))
}

fn characters(words: &[&str]) -> Vec<char> {
    words.join(" ").chars().collect()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn rows(list: &Value) -> Vec<Vec<String>> {
    list.as_array().unwrap().iter().map(texts).collect()
}
