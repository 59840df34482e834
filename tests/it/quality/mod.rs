//! A few documents whose text is known, read by `quire-worker run`: `tests/quality/frozen`. What the engine reads of many is
//! measured by `make quality`; these find what is broken.

mod answer;
mod distance;

use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tests::{models_dir, report, run_program};

use answer::Answer;
use distance::{found, share_of_edits};

/// Three pages of them are recognized, by an engine of a debug build and beside other tests.
const BOUND: Duration = Duration::from_secs(300);

#[tokio::test]
async fn every_frozen_document_is_read_within_its_bounds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let frozen = root.join("tests/quality/frozen");
    let listing = std::fs::read_to_string(frozen.join("documents.json")).unwrap();
    let documents: Vec<Value> = serde_json::from_str(&listing).unwrap();
    let requests = Requests::write(&frozen, &documents);
    let models = models_dir();
    let variables = [("QUIRE_MODELS_DIR", models.as_str())];

    let output = run_program("quire-worker", &variables, &requests.arguments(), BOUND).await;

    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), documents.len(), "{}", String::from_utf8_lossy(&output.stderr));
    let damage: Vec<String> =
        documents.iter().zip(&answers).flat_map(|(document, answer)| damage_of(document, answer)).collect();
    assert!(damage.is_empty(), "what images need is fetched by `make models`\n{}", damage.join("\n"));
}

/// Requests as files in a folder of their own.
struct Requests {
    folder: PathBuf,
    files: Vec<String>,
}

impl Requests {
    fn write(frozen: &Path, documents: &[Value]) -> Self {
        let folder = std::env::temp_dir().join(format!("quire-frozen-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let write = |document: &Value| {
            let name = document["file"].as_str().unwrap();
            let bytes = std::fs::read(frozen.join(name)).unwrap();
            let url = format!("data:application/octet-stream;base64,{}", STANDARD.encode(bytes));
            let request = json!({"document": {"filename": name, "url": url}, "table_parsing_format": "html"});
            let file = folder.join(format!("{name}.json"));
            std::fs::write(&file, request.to_string()).unwrap();
            file.display().to_string()
        };
        let files = documents.iter().map(write).collect();
        Self { folder, files }
    }

    fn arguments(&self) -> Vec<&str> {
        let requests = self.files.iter().flat_map(|file| ["--request", file.as_str()]);
        ["run", "/v1/documents/parse"].into_iter().chain(requests).collect()
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
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
