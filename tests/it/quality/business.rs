//! A few business papers whose values are known: `tests/quality/frozen/business`. What is understood of many is measured by
//! `make quality ARGS=business`.

use std::path::Path;

use serde_json::{Value, json};
use tests::report;

use super::requests::{Requests, document, frozen};

/// Half a cent, in which numbers may differ.
const HALF_A_CENT: f64 = 0.005;

/// How many of how many.
#[derive(Default)]
struct Share {
    of: usize,
    among: usize,
}

impl Share {
    fn count(&mut self, is_so: bool) {
        self.of += usize::from(is_so);
        self.among += 1;
    }

    #[expect(clippy::cast_precision_loss, reason = "fields of a few papers")]
    fn value(&self) -> f64 {
        assert!(self.among > 0, "nothing was counted");
        self.of as f64 / self.among as f64
    }

    fn hold(&self, name: &str, bounds: &Value, is_most: bool) {
        let (value, bound) = (self.value(), bounds[name].as_f64().unwrap());
        report(format_args!("{name} {value:.4} of {}, bound {bound}", self.among));
        assert!(if is_most { value <= bound } else { value >= bound }, "{name} is {value:.4} and its bound {bound}");
    }
}

#[tokio::test]
async fn values_of_frozen_papers_are_found_and_none_are_made_up() {
    let (folder, listing) = frozen("frozen/business");
    let papers = listing["papers"].as_array().unwrap();
    let requests = requests(&folder, papers, |paper| json!({"json_schema": paper["json_schema"]}));

    let answers = Requests::write("/v1/documents/extract", &requests).answers().await;

    let (mut fields, mut absent, mut cells) = (Share::default(), Share::default(), Share::default());
    for (paper, answer) in papers.iter().zip(&answers) {
        let parsed = &answer["choices"][0]["message"]["parsed"];
        for (pointer, wanted) in paper["fields"].as_object().unwrap() {
            let given = parsed.pointer(pointer).unwrap_or(&Value::Null);
            match wanted {
                Value::Null => absent.count(!given.is_null()),
                _ => fields.count(is_same(wanted, given)),
            }
        }
        let items = &paper["items"];
        let Some(name) = items["array"].as_str() else { continue };
        for (index, row) in items["rows"].as_array().unwrap().iter().enumerate() {
            for (column, wanted) in row.as_object().unwrap() {
                cells.count(is_same(wanted, &parsed[name][index][column]));
            }
        }
    }
    let bounds = &listing["bounds"];
    fields.hold("fields", bounds, false);
    absent.hold("absent", bounds, true);
    cells.hold("cells", bounds, false);
}

#[tokio::test]
async fn kinds_of_frozen_papers_are_told_and_bundles_of_them_are_split() {
    let (folder, listing) = frozen("frozen/business");
    let (papers, bundles) = (listing["papers"].as_array().unwrap(), listing["bundles"].as_array().unwrap());
    let classify = requests(&folder, papers, |_| json!({"categories": listing["kinds"]}));
    let split = requests(&folder, bundles, |bundle| json!({"subdocuments": bundle["subdocuments"]}));

    let kinds = Requests::write("/v1/documents/classify", &classify).answers().await;
    let splits = Requests::write("/v1/documents/split", &split).answers().await;

    let (mut right, mut pages) = (Share::default(), Share::default());
    for (paper, answer) in papers.iter().zip(&kinds) {
        right.count(answer["result"]["classification"] == paper["kind"]);
    }
    for (bundle, answer) in bundles.iter().zip(&splits) {
        for (index, kind) in bundle["pages"].as_array().unwrap().iter().enumerate() {
            let holds = |section: &&Value| section["pages"].as_array().unwrap().contains(&json!(index + 1));
            let section = answer["splits"].as_array().unwrap().iter().find(holds);
            pages.count(section.is_some_and(|section| section["name"] == *kind));
        }
    }
    right.hold("kinds", &listing["bounds"], false);
    pages.hold("pages", &listing["bounds"], false);
}

/// A request for every entry, by the name of its file.
fn requests(folder: &Path, entries: &[Value], asked: impl Fn(&Value) -> Value) -> Vec<(String, Value)> {
    let request = |entry: &Value| {
        let name = entry["file"].as_str().unwrap();
        let mut request = asked(entry);
        request["document"] = document(folder, name);
        (name.to_owned(), request)
    };
    entries.iter().map(request).collect()
}

/// Numbers to half a cent, other values by their letters and digits.
fn is_same(wanted: &Value, given: &Value) -> bool {
    match (wanted.as_f64(), given.as_f64()) {
        (Some(wanted), Some(given)) => (wanted - given).abs() <= HALF_A_CENT,
        _ => !given.is_null() && letters(wanted) == letters(given),
    }
}

fn letters(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
