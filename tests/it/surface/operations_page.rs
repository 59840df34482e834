//! The table of metrics of docs/operations.md is the code's own, and the code has no metric that is not in it.

use std::collections::BTreeSet;

use shared::telemetry::{METRICS, Metric};

use super::tidy::sources;

const HEAD: &str = "| metric | kind | labels | what it says |";
/// Where metrics are described, and where the recorder itself is tested.
const APART: [&str; 2] = ["shared/src/telemetry/catalog.rs", "shared/src/telemetry/metrics.rs"];

fn row(metric: &Metric) -> String {
    let variables: Vec<String> = metric.about.split(' ').map(quoted).collect();
    format!("| `{}` | {} | {} | {} |", metric.name, metric.kind.as_str(), metric.labels, variables.join(" "))
}

/// A word, in the quotes of code when it is a variable.
fn quoted(word: &str) -> String {
    let name = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    if name.starts_with("QUIRE_") { word.replace(name, &format!("`{name}`")) } else { word.to_owned() }
}

#[test]
fn the_metrics_of_the_page_are_the_codes_own() {
    let page = std::fs::read_to_string(super::tidy::root().join("docs/operations.md")).unwrap();
    let written: Vec<&str> =
        page.lines().skip_while(|line| *line != HEAD).skip(2).take_while(|line| line.starts_with('|')).collect();
    let coded: Vec<String> = METRICS.iter().map(row).collect();
    assert!(
        written == coded,
        "the table {HEAD} of docs/operations.md is not the code's; it should be\n{}",
        coded.join("\n")
    );
}

#[test]
fn every_metric_of_the_code_is_described_and_no_other() {
    let code = sources(&["rs"]).into_iter().filter(|source| {
        let ours = ["api/src/", "shared/src/", "worker/src/"].iter().any(|folder| source.path.starts_with(folder));
        ours && !APART.contains(&source.path.as_str())
    });
    let told: BTreeSet<String> = code
        .flat_map(|source| source.text.split('"').map(str::to_owned).collect::<Vec<_>>())
        .filter(|text| text.starts_with("quire_") && text.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect();
    let described: BTreeSet<String> = METRICS.iter().map(|metric| metric.name.to_owned()).collect();
    let undescribed: Vec<_> = told.difference(&described).collect();
    assert!(undescribed.is_empty(), "describe in shared/src/telemetry/catalog.rs: {undescribed:?}");
    let untold: Vec<_> = described.difference(&told).collect();
    assert!(untold.is_empty(), "nothing tells {untold:?}");
}
